import { describe, expect, it } from 'vitest';
import { hoursText, runsOf, weekdayOf } from './hours';

const hours = (weekdays: number[], from: string, to: string) => ({ weekdays, from, to, note: '' });

describe('permitted hours', () => {
  it('count weekdays from Monday', () => {
    expect([1, 7].map(weekdayOf)).toEqual(['周一', '周日']);
  });
  it('part days into runs', () => {
    expect(runsOf([6, 1, 2, 3, 3])).toEqual([
      [1, 3],
      [6, 6],
    ]);
    expect(runsOf([])).toEqual([]);
  });
  it('are written as one line', () => {
    expect(hoursText(hours([1, 2, 3, 4, 5, 7], '08:00', '22:00'))).toBe('周一–周五 · 周日 08:00–22:00');
    expect(hoursText(hours([6], '18:00', '24:00'))).toBe('周六 18:00–24:00');
  });
});
