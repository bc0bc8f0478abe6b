import { describe, expect, it } from 'vitest';
import type { Schema } from '../lib/client';
import { fieldsOf, paramsOf, textOf } from './cards';

const blank: Schema<'Said'> = {
  generation: {
    service: '',
    model: '',
    prompt: '',
    negative: '',
    seed: '',
    steps: '',
    cfg: '',
    sampler: '',
    scheduler: '',
    denoise: '',
    size: '',
    duration: '',
    ratio: '',
    mode: '',
    task_id: '',
    cost: { amount: 0, currency: '' },
  },
  params: {},
  expanded: '',
  sources: {},
  notes: [],
  generator: '',
  status: '',
  word: '',
};

describe('what a card says', () => {
  it('is listed prompts first, empty fields left out, with how sure it is', () => {
    const generation = { ...blank.generation, prompt: '追光', seed: '18446744073709551615', ratio: '9:16' };
    const sources = { seed: { from: 'tool', record: 'pasted', certainty: 'guess' } };
    expect(fieldsOf({ ...blank, generation, sources })).toEqual([
      { field: 'prompt', value: '追光', certainty: '' },
      { field: 'seed', value: '18446744073709551615', certainty: 'guess' },
      { field: 'ratio', value: '9:16', certainty: '' },
    ]);
    expect(paramsOf({ ...blank, params: { b: '2', a: '1' } })).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });
});

describe('textOf', () => {
  const read = (...bytes: number[]) => textOf(new Blob([Uint8Array.from(bytes)]));
  it('reads UTF-8, UTF-16 with its mark, and what Windows in Chinese writes', async () => {
    expect(await read(0xe6, 0xb9, 0x96)).toBe('湖');
    expect(await read(0xff, 0xfe, 0x56, 0x6e)).toBe('湖');
    expect(await read(0xfe, 0xff, 0x6e, 0x56)).toBe('湖');
    expect(await read(0xba, 0xfe)).toBe('湖');
    expect(await read(0xef, 0xbb, 0xbf, 0x61)).toBe('a');
  });
});
