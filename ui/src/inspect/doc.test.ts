import { describe, expect, it } from 'vitest';
import { docOf, jsonDoc, lineAt, lineCount, lineText, textDoc, type Doc } from './doc';

const linesOf = (doc: Doc) => doc.depth.map((d, i) => ' '.repeat(d) + lineText(doc, i));

describe('jsonDoc', () => {
  it('lays out objects and lists line by line', () => {
    expect(linesOf(jsonDoc('{"a":[1,{"b":"x, {y}"}],"c":{},"d":[ ]}')!)).toEqual([
      '{',
      ' "a": [',
      '  1,',
      '  {',
      '   "b": "x, {y}"',
      '  }',
      ' ],',
      ' "c": {},',
      ' "d": []',
      '}',
    ]);
  });
  it('keeps every digit of a seed, and NaN as it was written', () => {
    const doc = jsonDoc('{"seed": 18446744073709551615, "cfg": NaN, "x": -Infinity, "e": 1e-7}')!;
    expect(doc.text).toContain('"seed": 18446744073709551615,');
    expect(doc.text).toContain('"cfg": NaN,\n"x": -Infinity,\n"e": 1e-7');
  });
  it('shows Chinese that a writer escaped, and leaves escapes that hold the string together', () => {
    expect(lineText(jsonDoc('["\\u96e8\\u591c \\"\\n\\u0022 \\\\u96e8"]')!, 1)).toBe('"雨夜 \\"\\n\\u0022 \\\\u96e8"');
  });
  it('ends a string behind an escaped backslash', () => {
    expect(linesOf(jsonDoc('["C:\\\\", "b"]')!)).toEqual(['[', ' "C:\\\\",', ' "b"', ']']);
  });
  it('knows where each bracket closes and what it lies in', () => {
    const doc = jsonDoc('{"a":[1,2],"b":3}')!;
    expect(doc.close).toEqual([6, 4, -1, -1, -1, -1, -1]);
    expect(doc.parent).toEqual([-1, 0, 1, 1, 0, 0, -1]);
  });
  for (const bad of ['{', '{"a"}', '{"a":}', '[1,]', '[1 2]', '{"a":1}}', '["x', '[tru]', '{a:1}', '[1]x', '["\\'])
    it(`is not taken in by ${bad}`, () => expect(jsonDoc(bad)).toBeUndefined());
  it('reads ten thousand brackets inside each other', () => {
    const deep = 10_000;
    const doc = jsonDoc('['.repeat(deep) + ']'.repeat(deep))!;
    expect(lineCount(doc)).toBe(2 * deep - 1);
    expect(doc.depth[deep - 1]).toBe(deep - 1);
  });
  it('reads a large graph whole', () => {
    const node = (i: number) => `"${i}":{"class_type":"KSampler","inputs":{"seed":${i},"model":["${i}",0]}}`;
    const text = `{${Array.from({ length: 60_000 }, (_, i) => node(i)).join(',')}}`;
    const doc = jsonDoc(text)!;
    expect(lineCount(doc)).toBe(2 + 60_000 * 10);
    expect(doc.text.replace(/\s/g, '')).toBe(text);
  });
});

describe('docOf', () => {
  it('shows what only begins like JSON as it stands', () => {
    const doc = docOf('{masterpiece}, [rain]\r\nSteps: 20');
    expect(doc.json).toBe(false);
    expect(linesOf(doc)).toEqual(['{masterpiece}, [rain]', 'Steps: 20']);
  });
  it('knows JSON with space around', () => expect(docOf(' \n{"a":1}\n').json).toBe(true));
});

describe('lineAt', () => {
  const doc = textDoc('ab\n\ncd');
  it('finds the line of each offset', () => {
    expect([0, 1, 2, 3, 4, 5].map((o) => lineAt(doc, o))).toEqual([0, 0, 0, 1, 2, 2]);
  });
  it('answers for an empty text too', () => expect(lineAt(textDoc(''), 0)).toBe(0));
});
