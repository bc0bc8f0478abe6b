import { describe, expect, it } from 'vitest';
import { docOf, jsonDoc, lineText, textDoc } from './doc';
import {
  breaksOf,
  childCount,
  find,
  firstFolds,
  foldDeep,
  partsOf,
  partWith,
  runsOf,
  unfoldTo,
  visibleLines,
} from './screen';

const doc = jsonDoc('{"a":[1,{"b":"雨夜"}],"c":{"d":2}}')!;
const shown = (folded: ReadonlySet<number>) => visibleLines(doc, folded).map((l) => lineText(doc, l));

describe('folding', () => {
  it('shows everything when nothing is folded', () => expect(shown(new Set())).toHaveLength(11));
  it('hides what a folded bracket holds, and its end', () => {
    expect(shown(new Set([1]))).toEqual(['{', '"a": [', '"c": {', '"d": 2', '}', '}']);
  });
  it('folds everything below a level', () => expect(shown(foldDeep(doc, 1))).toEqual(['{', '"a": [', '"c": {', '}']));
  it('counts members, not lines', () => expect([0, 1, 3].map((l) => childCount(doc, l))).toEqual([2, 2, 1]));
  it('opens short records whole and long ones by two levels', () => {
    expect(firstFolds(doc).size).toBe(0);
    const long = jsonDoc(`{"n":{${Array.from({ length: 900 }, (_, i) => `"${i}":{"x":[1]}`).join(',')}}}`)!;
    expect(visibleLines(long, firstFolds(long))).toHaveLength(904);
  });
  it('opens the way to a hit', () => {
    const folded = foldDeep(doc, 0);
    const open = unfoldTo(doc, folded, doc.text.indexOf('雨夜'));
    expect(visibleLines(doc, open).map((l) => lineText(doc, l))).toContain('"b": "雨夜"');
    expect(open.has(doc.text.slice(0, doc.text.indexOf('"c"')).split('\n').length - 1)).toBe(true);
    expect(unfoldTo(doc, open, 0).has(0)).toBe(false);
  });
});

describe('breaksOf', () => {
  it('breaks at the width', () => expect(breaksOf('abcdefg', 3)).toEqual([3, 6]));
  it('counts Chinese twice', () => expect(breaksOf('雨夜回眸', 5)).toEqual([2]));
  it('does not cut an emoji in half', () => expect(breaksOf('a🎬🎬', 3)).toEqual([3]));
  it('leaves short lines whole', () => expect(breaksOf('abc', 3)).toEqual([]));
});

describe('partsOf', () => {
  it('breaks one long line into rows that together are the line', () => {
    const long = textDoc('x'.repeat(100_000));
    const parts = partsOf(long, [0], 80);
    expect(parts).toHaveLength(1250);
    expect(parts.map((p) => lineText(long, 0).slice(p.from, p.to)).join('')).toBe(long.text);
    expect(parts.filter((p) => p.first)).toHaveLength(1);
  });
  it('keeps empty lines', () => expect(partsOf(textDoc('a\n\nb'), [0, 1, 2], 80)).toHaveLength(3));
});

describe('find', () => {
  const text = docOf('Seed: 7, seed: 8\nSEED');
  it('counts without regard to case', () => expect(find(text, 'seed').at).toEqual([0, 9, 17]));
  it('takes signs as they are', () => expect(find(docOf('a.b (c) a+b'), '(c)').at).toEqual([4]));
  it('finds nothing for nothing', () => expect(find(text, '').at).toEqual([]));
  it('stops counting somewhere and says so', () => {
    expect(find(docOf('a'.repeat(50)), 'a', 10)).toMatchObject({ more: true, at: { length: 10 } });
    expect(find(docOf('a'.repeat(10)), 'a', 10).more).toBe(false);
  });
});

describe('hits on the screen', () => {
  const text = textDoc('abcdef\nxxabxx');
  const parts = partsOf(text, [0, 1], 8);
  const hits = find(text, 'ab');
  it('are found in their rows', () => expect(hits.at.map((o) => partWith(text, parts, o))).toEqual([0, 1]));
  it('are not on the screen when folded away', () => {
    expect(partWith(doc, partsOf(doc, visibleLines(doc, new Set([1])), 80), doc.text.indexOf('雨夜'))).toBe(-1);
  });
  it('divide a row, the present one marked', () => {
    expect(runsOf(text, parts[1]!, hits, 1)).toEqual([
      { text: 'xx', hit: '' },
      { text: 'ab', hit: 'now' },
      { text: 'xx', hit: '' },
    ]);
    expect(runsOf(text, parts[0]!, hits, 1)).toEqual([
      { text: 'ab', hit: 'hit' },
      { text: 'cdef', hit: '' },
    ]);
  });
  it('run on over the end of a row', () => {
    const long = textDoc('xxxxxxabcd');
    const rows = partsOf(long, [0], 8);
    const found = find(long, 'abcd');
    expect(rows.map((p) => runsOf(long, p, found, 0).map((r) => r.text + r.hit))).toEqual([
      ['xxxxxx', 'abnow'],
      ['cdnow'],
    ]);
  });
});
