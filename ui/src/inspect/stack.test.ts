import { describe, expect, it } from 'vitest';
import { fold, places, requestKey, seedsOf } from './stack';

const row = (number: number, key: string) => ({ number, key });
const rows = [row(5, 'a'), row(4, 'b'), row(3, 'a'), row(2, ''), row(1, 'a')];

describe('fold', () => {
  it('puts one key together where its newest stands and keeps the order', () => {
    const stacks = fold(rows, (r) => r.key);
    expect(stacks.map((s) => s.rows.map((r) => r.number))).toEqual([[5, 3, 1], [4], [2]]);
  });
  it('never folds what has no prompt', () => {
    expect(fold([row(2, ''), row(1, '')], (r) => r.key)).toHaveLength(2);
  });
});

describe('places', () => {
  const got = places(
    rows,
    (r) => r.key,
    (r) => r.number,
  );
  it('numbers a stack from its oldest', () => {
    expect([1, 3, 5].map((n) => got.get(n))).toEqual([
      { index: 1, of: 3 },
      { index: 2, of: 3 },
      { index: 3, of: 3 },
    ]);
  });
  it('says nothing of one that is alone', () => expect(got.has(4)).toBe(false));
  it('counts an attempt with several takes once', () => {
    const two = places(
      [row(1, 'a'), row(1, 'a'), row(2, 'a')],
      (r) => r.key,
      (r) => r.number,
    );
    expect(two.get(2)).toEqual({ index: 2, of: 2 });
  });
});

describe('requestKey', () => {
  const g = { prompt: '雨夜', negative: '', model: 'v1' };
  it('overlooks the width of letters and space around', () => {
    expect(requestKey({ prompt: ' 雨夜\n', negative: '', model: 'ｖ１' })).toBe(requestKey(g));
  });
  it('tells other words and other models apart', () => {
    expect(requestKey({ ...g, model: 'v2' })).not.toBe(requestKey(g));
    expect(requestKey({ ...g, negative: '水印' })).not.toBe(requestKey(g));
  });
  it('is nothing without a prompt', () => expect(requestKey({ ...g, prompt: ' ' })).toBe(''));
});

describe('seedsOf', () => {
  it('lists each seed once', () => {
    expect(seedsOf([{ seed: '7' }, { seed: '' }, { seed: '8' }, { seed: '7' }])).toEqual(['7', '8']);
  });
});
