import { describe, expect, it } from 'vitest';
import { marksOf, wrap } from './layout';

describe('marksOf', () => {
  it('marks every point where there is room', () => {
    expect(marksOf([0, 20, 40], 9, 44)).toEqual([0, 1, 2]);
    expect(marksOf([5], 9, 44)).toEqual([0]);
    expect(marksOf([], 9, 44)).toEqual([]);
  });
  it('marks some where they would crowd, the first and the last among them', () => {
    const at = Array.from({ length: 100 }, (_, i) => i * 3);
    const picked = marksOf(at, 9, 44);
    expect(picked.length).toBeLessThan(10);
    expect([picked[0], picked.at(-1)]).toEqual([0, 99]);
  });
  it('marks lone points beside a crowd', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => 500 + i * 3);
    expect(marksOf([0, 20, 40, ...crowd], 9, 44)).toEqual([0, 1, 2, 3, 18, 32]);
  });
});

describe('wrap', () => {
  it('breaks names into lines that fit', () => {
    expect(wrap([30, 30, 30, 90, 200], 100)).toEqual([[0, 1, 2], [3], [4]]);
  });
});
