import { describe, expect, it } from 'vitest';
import { nextWaiting, rowStep, stepTo } from './walk';

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

describe('nextWaiting', () => {
  const queue = ['a', 'b', 'c'];
  it('walks both ways and around the ends', () => {
    expect(nextWaiting(queue, 'a', 0, 1)).toBe('b');
    expect(nextWaiting(queue, 'c', 2, 1)).toBe('a');
    expect(nextWaiting(queue, 'a', 0, -1)).toBe('c');
  });
  it('goes to the shot that moved up when the current one left the queue', () => {
    expect(nextWaiting(['a', 'c'], 'b', 1, 1)).toBe('c');
    expect(nextWaiting(['a', 'c'], 'b', 1, -1)).toBe('a');
    expect(nextWaiting(['a', 'b'], 'c', 2, 1)).toBe('a');
  });
  it('finds nothing when nothing else waits', () => {
    expect(nextWaiting([], 'a', 0, 1)).toBe('');
    expect(nextWaiting(['a'], 'a', 0, 1)).toBe('');
  });
});
