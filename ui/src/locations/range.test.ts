import { describe, expect, it } from 'vitest';
import { gridOf, instantsOf, rangeName, rangeOf, shortDay, step, viewOf } from './range';

const today = '2026-11-24';

describe('rangeOf', () => {
  it('is the week from Monday in which the day lies', () => {
    const week = rangeOf('week', '2026-11-29', today);
    expect([week.from, week.to, week.days.length]).toEqual(['2026-11-23', '2026-11-30', 7]);
  });
  it('is the whole month, short and long', () => {
    expect(rangeOf('month', '2028-02-10', today).days).toHaveLength(29);
    const month = rangeOf('month', '2026-12-31', today);
    expect([month.from, month.to]).toEqual(['2026-12-01', '2027-01-01']);
  });
  it('is one day, and steps by days', () => {
    const day = rangeOf('day', '2026-11-30', today);
    expect([day.from, day.to, day.days]).toEqual(['2026-11-30', '2026-12-01', ['2026-11-30']]);
    expect([step(day, 1), step(day, -1)]).toEqual(['2026-12-01', '2026-11-29']);
    expect(rangeName(day, today)).toBe('11月30日 周一');
    expect(['day', 'month', 'year', ''].map(viewOf)).toEqual(['day', 'month', 'week', 'week']);
  });
  it('takes today for an address that says no day', () => {
    expect(rangeOf('week', '<script>', today).from).toBe('2026-11-23');
    expect(rangeOf('month', '', today).from).toBe('2026-11-01');
  });
});

describe('gridOf', () => {
  it('is the weeks in which a month lies', () => {
    expect(gridOf(rangeOf('month', '2026-11-05', today))).toEqual({ from: '2026-10-26', to: '2026-12-07' });
    expect(gridOf(rangeOf('month', '2027-02-05', today))).toEqual({ from: '2027-02-01', to: '2027-03-01' });
  });
});

describe('step', () => {
  it('goes to the range before and after', () => {
    expect(step(rangeOf('week', today, today), 1)).toBe('2026-11-30');
    expect(step(rangeOf('week', today, today), -1)).toBe('2026-11-16');
    expect(step(rangeOf('month', '2026-01-15', today), -1)).toBe('2025-12-01');
    expect(step(rangeOf('month', '2026-03-31', today), -1)).toBe('2026-02-01');
  });
});

describe('what is asked and shown', () => {
  it('asks for whole days of the studio', () => {
    expect(instantsOf({ from: '2026-11-23', to: '2026-11-30' }, 'Asia/Shanghai')).toEqual({
      from: '2026-11-22T16:00:00.000Z',
      to: '2026-11-29T16:00:00.000Z',
    });
  });
  it('names the year only where it is another one', () => {
    expect(rangeName(rangeOf('week', today, today), today)).toBe('11月23日 – 11月29日');
    expect(shortDay('2027-01-03', today)).toBe('2027年1月3日');
    expect(rangeName(rangeOf('month', today, today), today)).toBe('2026年11月');
  });
});
