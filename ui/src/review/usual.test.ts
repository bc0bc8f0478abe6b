import { describe, expect, it } from 'vitest';
import { drawsLook } from './usual';

describe('draws so far', () => {
  it('stand out from twice the usual on, never for a handful', () => {
    const usual = { size: '特写', median: 6, n: 17 };
    expect([0, 6, 11, 12, 24].map((n) => drawsLook(n, usual))).toEqual(['plain', 'plain', 'plain', 'far', 'far']);
    expect(drawsLook(4, { ...usual, median: 1 })).toBe('plain');
    expect(drawsLook(99, undefined)).toBe('plain');
  });
});
