import { describe, expect, it } from 'vitest';
import { rowStep, stepTo } from './walk';

describe('stepTo', () => {
  it('stays inside the list', () => {
    expect([stepTo(0, -1, 5), stepTo(4, 1, 5), stepTo(2, 1, 5)]).toEqual([0, 4, 3]);
  });
});

describe('rowStep', () => {
  // 0 1 2
  // 3 4
  it('goes straight up and down', () => {
    expect(rowStep(0, 1, 3, 5)).toBe(3);
    expect(rowStep(4, -1, 3, 5)).toBe(1);
  });
  it('reaches the last take where the row below is shorter', () => {
    expect(rowStep(2, 1, 3, 5)).toBe(4);
  });
  it('stays at the edges', () => {
    expect(rowStep(1, -1, 3, 5)).toBe(1);
    expect(rowStep(3, 1, 3, 5)).toBe(3);
  });
});
