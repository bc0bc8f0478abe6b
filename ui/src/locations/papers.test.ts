import { describe, expect, it } from 'vitest';
import { bySoonest, daysLeft, levelOf, lookOfLevel, type Paper } from './papers';

describe('documents', () => {
  it('end in steps of 30, 7 and 1 days, the last day included', () => {
    const today = '2026-11-22';
    const level = (until?: string) => levelOf(daysLeft(until, today));
    expect(
      [undefined, '', '2026-12-23', '2026-12-22', '2026-11-30', '2026-11-29', '2026-11-24', '2026-11-23'].map(level),
    ).toEqual(['', '', '', '30', '30', '7', '7', '1']);
    expect(level('2026-11-22')).toBe('1');
    expect(level('2026-11-21')).toBe('ended');
  });
  it('tell their level by a sign of its own', () => {
    const signs = (['', '30', '7', '1', 'ended'] as const).map((l) => lookOfLevel(l).glyph);
    expect(new Set(signs).size).toBe(5);
  });
  it('come in the order in which they end', () => {
    const paper = (name: string, until?: string) => ({ name, until }) as Paper;
    const sorted = [paper('c'), paper('b', '2027-01-01'), paper('a', '2026-11-30')].sort(bySoonest);
    expect(sorted.map((p) => p.name)).toEqual(['a', 'b', 'c']);
  });
});
