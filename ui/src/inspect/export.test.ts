import { describe, expect, it } from 'vitest';
import { anAttempt } from '../attempts/testing';
import { writeJson } from './export';

describe('writeJson', () => {
  it('keeps a seed as text, to the last digit', () => {
    const a = anAttempt({ prompt: '雨夜', seed: '18446744073709551615' });
    expect(JSON.parse(writeJson(a))).toEqual({ prompt: '雨夜', seed: '18446744073709551615' });
  });
  it('holds what is known and nothing else', () => {
    const a = anAttempt({
      prompt: 'x',
      cost: { amount: 0, currency: 'CNY' },
      refs: [{ role: 'first', name: 'a.png' }],
      params: { k: 'v' },
    });
    expect(JSON.parse(writeJson(a))).toEqual({
      prompt: 'x',
      cost: { amount: 0, currency: 'CNY' },
      refs: [{ role: 'first', name: 'a.png' }],
      params: { k: 'v' },
    });
  });
});
