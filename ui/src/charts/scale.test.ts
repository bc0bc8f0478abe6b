import { describe, expect, it } from 'vitest';
import { compact } from '../lib/format';
import { dayMs } from './lines';
import {
  acrossRange,
  dateTicks,
  dayTicks,
  levelsIn,
  linearRange,
  linearTicks,
  logRange,
  logTicks,
  spread,
} from './scale';

describe('linear axes', () => {
  it('begin at zero and leave room above', () => {
    expect(linearRange({ min: 90, max: 100 })).toEqual({ min: 0, max: 106 });
    expect(linearRange({ min: -5, max: 10 }).min).toBeLessThan(-5);
  });
  it('are labelled with round figures in both languages', () => {
    const ticks = linearTicks(linearRange({ min: 0, max: 213_000_000 }), 5);
    expect(ticks.map((v) => compact(v, 'zh-CN'))).toEqual(['0', '5000万', '1亿', '1.5亿', '2亿']);
    expect(ticks.map((v) => compact(v, 'en'))).toEqual(['0', '50M', '100M', '150M', '200M']);
    expect(linearTicks({ min: 0, max: 48_000 }, 5).map((v) => compact(v, 'zh-CN'))).toEqual([
      '0',
      '1万',
      '2万',
      '3万',
      '4万',
    ]);
    expect(linearTicks({ min: 0, max: 48_000 }, 5).map((v) => compact(v, 'en'))).toContain('40K');
  });
  it('never have more labels than there is room for, nor parts of one', () => {
    for (const max of [1, 2, 7, 99, 1001, 5e8, 9.9e11]) {
      for (const most of [3, 5, 9]) expect(linearTicks({ min: 0, max }, most).length).toBeLessThanOrEqual(most + 1);
    }
    expect(linearTicks({ min: 0, max: 2 }, 9)).toEqual([0, 1, 2]);
  });
});

describe('log axes', () => {
  it('end at 1, 2 or 5 of a power of ten', () => {
    expect(logRange({ min: 34_000, max: 213_000_000 })).toEqual({ min: 20_000, max: 500_000_000 });
    expect(logRange({ min: 0, max: 0 })).toEqual({ min: 1, max: 2 });
    expect(logRange({ min: 100, max: 100 })).toEqual({ min: 100, max: 200 });
  });
  it('are labelled at powers of ten, and at 2 and 5 where there is room', () => {
    expect(logTicks({ min: 1000, max: 100_000 }, 9)).toEqual([1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]);
    expect(logTicks({ min: 1000, max: 100_000_000 }, 6)).toEqual([1e3, 1e4, 1e5, 1e6, 1e7, 1e8]);
    expect(logTicks({ min: 1, max: 1e12 }, 5).length).toBeLessThanOrEqual(5);
  });
});

describe('days', () => {
  it('of an aligned axis come by weeks and months', () => {
    expect(dayTicks({ min: 0, max: 30 }, 6)).toEqual([0, 5, 10, 15, 20, 25, 30]);
    expect(dayTicks({ min: 0, max: 90 }, 4)).toEqual([0, 30, 60, 90]);
    expect(dayTicks({ min: -0.6, max: 3 }, 6)).toEqual([0, 1, 2, 3]);
  });
  it('of dates stand where the figures of a day do, at its end in the studio', () => {
    const range = { min: Date.parse('2026-03-01T15:59:59.999Z'), max: Date.parse('2026-03-05T15:59:59.999Z') };
    const ticks = dateTicks(range, 8, 'Asia/Shanghai').map((x) => new Date(x).toISOString());
    expect(ticks[0]).toBe('2026-03-01T15:59:59.999Z');
    expect(ticks.at(-1)).toBe('2026-03-05T15:59:59.999Z');
    expect(ticks).toHaveLength(5);
    expect(dateTicks({ min: range.min - 3_600_000, max: range.max }, 3, 'Asia/Shanghai')).toHaveLength(3);
  });
  it('have room for a single point', () => {
    const { min, max } = acrossRange([5 * dayMs], false);
    expect(max - min).toBe(dayMs);
    expect(acrossRange([7], true)).toEqual({ min: 0, max: 7 });
    expect(acrossRange([], true)).toEqual({ min: -0.5, max: 0.5 });
  });
});

describe('thresholds', () => {
  const levels = [10, 50, 100, 200, 500];
  it('are shown where they were reached, and the next one where it is near', () => {
    expect(levelsIn(levels, 120).map((l) => [l.value, l.reached])).toEqual([
      [10, true],
      [50, true],
      [100, true],
    ]);
    expect(levelsIn(levels, 190).at(-1)).toEqual({ value: 200, reached: false });
    expect(levelsIn([], 5)).toEqual([]);
  });
  it('never write two labels onto each other', () => {
    const kept = spread(
      [
        { value: 10, y: 98 },
        { value: 50, y: 90 },
        { value: 500, y: 10 },
      ],
      14,
    );
    expect(kept.map((l) => l.value)).toEqual([500, 50]);
  });
});
