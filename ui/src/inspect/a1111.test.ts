import { describe, expect, it } from 'vitest';
import type { Attempt } from '../attempts/fields';
import { anAttempt } from '../attempts/testing';
import { quoted, writeA1111 } from './a1111';

/** A reader by the published grammar, written apart from the writer. */
function read(text: string): { prompt: string; negative: string; pairs: Record<string, string> } | undefined {
  const lines = text.trim().split('\n');
  const last = lines.pop() ?? '';
  const pairs: Record<string, string> = {};
  for (const m of last.matchAll(/\s*([\p{L}\p{N}_][\p{L}\p{N}_ \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)/gu)) {
    const value = m[2]!.trim();
    pairs[m[1]!.trim()] ??= value.startsWith('"') ? (JSON.parse(value) as string) : value;
  }
  if (Object.keys(pairs).length < 3 || !('Steps' in pairs || 'Seed' in pairs)) return undefined;
  const at = lines.findIndex((l) => l.startsWith('Negative prompt:'));
  const above = at < 0 ? lines : lines.slice(0, at);
  const below = at < 0 ? [] : lines.slice(at);
  return { prompt: above.join('\n'), negative: below.join('\n').replace('Negative prompt:', '').trim(), pairs };
}

const full = anAttempt({
  prompt: '雨夜, 回眸, (neon:1.2)\n\nBREAK\n<lora:ink:0.8>',
  negative: 'lowres\n\n水印: 字',
  seed: '18446744073709551615',
  steps: '28',
  sampler: 'DPM++ 2M',
  scheduler: 'Karras',
  cfg: '5.5',
  size: '1080x1920',
  model: 'jinshahu-xl',
  denoise: '0.45',
});

describe('writeA1111', () => {
  const table: [string, Partial<Attempt>, keyof Attempt, string][] = [
    ['a comma in a value', { model: 'a, b' }, 'model', 'Model'],
    ['a colon in a value', { sampler: 'euler: fast' }, 'sampler', 'Sampler'],
    ['quotes in a value', { model: '"v1"' }, 'model', 'Model'],
    ['quotes in the middle of a value', { model: 'the "best" one' }, 'model', 'Model'],
    ['a line break in a value', { model: 'a\nb' }, 'model', 'Model'],
    ['a backslash in a value', { model: 'C:\\models\\x.safetensors' }, 'model', 'Model'],
    ['spaces around a value', { model: ' x ' }, 'model', 'Model'],
    ['Chinese in a value', { model: '可灵 2.1，大师版' }, 'model', 'Model'],
    ['an emoji and a full-width colon', { sampler: '欧拉：🎬' }, 'sampler', 'Sampler'],
    ['a ratio', { ratio: '9:16' }, 'ratio', 'Ratio'],
    ['a seed beyond a float', {}, 'seed', 'Seed'],
    ['a seed of nought', { seed: '0' }, 'seed', 'Seed'],
  ];
  for (const [name, change, field, key] of table)
    it(`comes back the same: ${name}`, () => {
      const a = anAttempt({ ...full, ...change });
      const back = read(writeA1111(a).text);
      expect(back?.pairs[key]).toBe(a[field]);
      expect(back?.prompt).toBe(a.prompt);
      expect(back?.negative).toBe(a.negative);
      expect(writeA1111(a).lost).toEqual([]);
    });
  it('writes the standard fields in the usual order', () => {
    expect(writeA1111(full).text.split('\n').at(-1)).toBe(
      'Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 5.5, Seed: 18446744073709551615, ' +
        'Size: 1080x1920, Model: jinshahu-xl, Denoising strength: 0.45, Version: Chouka',
    );
  });
  it('quotes as the other tools do', () => {
    const line = writeA1111(anAttempt({ seed: '7', model: 'a, b', sampler: 'x: y', ratio: '9:16' })).text;
    expect(line).toBe('Sampler: "x: y", Seed: 7, Model: "a, b", Ratio: "9:16", Version: Chouka');
  });
  it('leaves the negative line out where there is none', () => {
    const { text } = writeA1111(anAttempt({ ...full, negative: '' }));
    expect(text).not.toContain('Negative prompt');
    expect(read(text)?.prompt).toBe(full.prompt);
  });
  it('keeps further parameters under their usual names, quoted', () => {
    const params = { clip_skip: '2', 'Hires steps': '12', 'ControlNet 0': 'a: b, "c"', loras: 'ink:0.8' };
    const back = read(writeA1111(anAttempt({ ...full, params })).text);
    expect(back?.pairs).toMatchObject({ 'Clip skip': '2', 'Hires steps': '12', 'ControlNet 0': 'a: b, "c"' });
    expect(back?.pairs).not.toHaveProperty('loras');
  });
  it('says so where a parameter has a name that the line cannot hold', () => {
    const made = writeA1111(anAttempt({ ...full, params: { 'a,b': '1', Steps: '9' } }));
    expect(made.lost).toEqual(['params']);
    expect(read(made.text)?.pairs['Steps']).toBe('28');
  });
  it('is still known by its settings line when only the seed is known', () => {
    const made = writeA1111(anAttempt({ prompt: 'x', seed: '7' }));
    expect(read(made.text)).toMatchObject({ prompt: 'x', pairs: { Seed: '7' } });
  });
  it('writes the prompt alone where no reader would know the settings, and says what is missing', () => {
    const made = writeA1111(anAttempt({ prompt: '雨夜', negative: '水印', model: '可灵 2.1', duration: '5' }));
    expect(made).toEqual({ text: '雨夜', lost: ['negative', 'settings'] });
  });
  it('says so where the form cannot carry the prompt', () => {
    expect(writeA1111(anAttempt({ ...full, prompt: 'a\nNegative prompt: on a wall' })).lost).toEqual(['prompt']);
    expect(writeA1111(anAttempt({ ...full, prompt: 'write Negative prompt: here' })).lost).toEqual([]);
    expect(writeA1111(anAttempt({ ...full, negative: 'a \nb' })).lost).toEqual(['negative']);
  });
});

describe('quoted', () => {
  it('leaves plain values alone', () => expect(quoted('DPM++ 2M')).toBe('DPM++ 2M'));
  it('writes an empty value as a string', () => expect(quoted('')).toBe('""'));
});
