import { describe, expect, it } from 'vitest';
import { lineAt, shownOf, stackOf } from './stack';

describe('a stack of lines', () => {
  const stack = stackOf([80, 48, 48, 200]);
  it('finds the line at a height, the first and the last one beyond the ends', () => {
    expect([-5, 0, 79, 80, 127, 175, 176, 900].map((y) => lineAt(stack, y))).toEqual([0, 0, 0, 1, 1, 2, 3, 3]);
    expect(lineAt(stackOf([]), 3)).toBe(-1);
  });
  it('draws what is in sight and a little more, however many lines there are', () => {
    const tall = stackOf(Array.from({ length: 10_000 }, () => 50));
    expect(shownOf(tall, 100_000, 700)).toEqual({ from: 1996, to: 2019 });
    expect(shownOf(stackOf([]), 0, 700)).toEqual({ from: 0, to: 0 });
    expect(shownOf(stack, 0, 700)).toEqual({ from: 0, to: 4 });
  });
});
