import { describe, expect, it } from 'vitest';
import { ago, bytes, compact, date, dateTime, dayOf, duration, fps, list, percent, rate, time } from './format';

describe('compact', () => {
  it.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [1_000, '1000', '1K'],
    [9_999, '9999', '9.99K'],
    [10_000, '1万', '10K'],
    [12_345, '1.23万', '12.34K'],
    [999_999, '99.99万', '999.99K'],
    [99_999_500, '9999.9万', '99.99M'],
    [99_999_999, '9999.9万', '99.99M'],
    [100_000_000, '1亿', '100M'],
    [210_000_000, '2.1亿', '210M'],
    [1_019_999_999, '10.19亿', '1.01B'],
    [123_456_789_012, '1234.5亿', '123.45B'],
    [-12_345, '−1.23万', '−12.34K'],
  ])('cuts %i and never rounds it up', (n, zh, en) => {
    expect(compact(n, 'zh-CN')).toBe(zh);
    expect(compact(n, 'en')).toBe(en);
  });
});

describe('days and times', () => {
  const at = '2026-11-22T06:05:00Z';
  it('shows an instant in the zone that is asked for', () => {
    expect(dateTime(at, 'Asia/Shanghai', 'zh-CN')).toBe('2026-11-22 14:05');
    expect(dateTime(at, 'Asia/Shanghai', 'en')).toBe('Nov 22, 2026 14:05');
    expect(time('2026-11-22T16:00:00Z', 'Asia/Shanghai', 'zh-CN')).toBe('00:00');
  });
  it('never shifts a plain day', () => {
    expect(date('2026-03-06', undefined, 'zh-CN')).toBe('2026-03-06');
    expect(date('2026-03-06', undefined, 'en')).toBe('Mar 6, 2026');
  });
  it('leaves the year of a day out where it is this year', () => {
    const today = new Date('2026-11-22T06:05:00Z');
    expect([dayOf('2026-03-06', today, 'zh-CN'), dayOf('2027-01-02', today, 'zh-CN')]).toEqual([
      '3月6日',
      '2027年1月2日',
    ]);
    expect([dayOf('2026-03-06', today, 'en'), dayOf('2027-01-02', today, 'en')]).toEqual(['Mar 6', 'Jan 2, 2027']);
  });
  it('counts back for a week and then names the day', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(ago('2026-11-22T11:59:40Z', now, 'zh-CN')).toBe('刚刚');
    expect(ago('2026-11-22T11:57:00Z', now, 'zh-CN')).toBe('3分钟前');
    expect(ago('2026-11-21T12:00:00Z', now, 'en')).toBe('yesterday');
    expect(ago('2026-11-10T12:00:00Z', now, 'zh-CN')).toBe('2026-11-10');
    expect(ago('2026-11-22T00:00:00Z', now, 'en', 'narrow')).toBe('12h ago');
  });
});

describe('other figures', () => {
  it('writes lengths of clips', () => {
    expect([7.9, 750, 3723].map(duration)).toEqual(['0:07', '12:30', '1:02:03']);
  });
  it('writes sizes without rounding up', () => {
    expect([0, 999, 1999, 1_299_999_999, 512_000_000].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1.9 kB',
      '1.2 GB',
      '512 MB',
    ]);
  });
  it('reads frame rates as fractions', () => {
    expect([fps('30000/1001'), fps('24/1'), fps(25)]).toEqual(['29.97 fps', '24 fps', '25 fps']);
  });
  it('cuts a percentage and shows n beside a rate', () => {
    expect(percent(2, 3)).toBe('66%');
    expect(percent(1, 0)).toBe('–');
    expect(rate(2, 1200)).toContain('n=1,200');
  });
  it('joins words in the manner of the language', () => {
    expect(list(['甲', '乙', '丙'], 'zh-CN')).toBe('甲、乙和丙');
    expect(list(['A', 'B', 'C'], 'en')).toBe('A, B, and C');
  });
});
