import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, instant, isDay, minutesOf, wall, weekday } from './zone';

describe('wall times', () => {
  it('shows what the clock of the studio shows, whatever the reader’s own zone', () => {
    expect(wall('2026-11-22T16:30:00Z', 'Asia/Shanghai')).toBe('2026-11-23T00:30');
    expect(wall('2026-07-01T12:00:00Z', 'America/New_York')).toBe('2026-07-01T08:00');
    expect(wall('2026-01-01T00:00:00Z', 'Asia/Kolkata')).toBe('2026-01-01T05:30');
  });

  it('comes back to the same instant in every zone', () => {
    for (const zone of ['Asia/Shanghai', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC']) {
      for (const at of ['2026-01-15T03:15:00.000Z', '2026-07-15T23:45:00.000Z', '2028-02-29T12:00:00.000Z']) {
        expect(instant(wall(at, zone), zone), `${zone} ${at}`).toBe(at);
      }
    }
  });

  it('moves an hour that the clock skips on to the next one', () => {
    expect(instant('2026-03-08T01:30', 'America/New_York')).toBe('2026-03-08T06:30:00.000Z');
    expect(wall(instant('2026-03-08T02:30', 'America/New_York'), 'America/New_York')).toBe('2026-03-08T03:30');
    expect(instant('2026-03-08T03:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
  });

  it('takes the first of an hour that the clock shows twice', () => {
    expect(instant('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('gives nothing for what is no time', () => {
    for (const text of ['', '2026-11-22', '2026-13-40T99:99', 'abc']) {
      expect(instant(text, 'Asia/Shanghai')).toBe('');
    }
  });

  it('counts the minutes of the studio’s day', () => {
    expect(minutesOf('2026-11-22T16:00:00Z', 'Asia/Shanghai')).toBe(0);
    expect(minutesOf('2026-11-22T15:59:00Z', 'Asia/Shanghai')).toBe(23 * 60 + 59);
    expect(dayOf('2026-11-22T16:00:00Z', 'Asia/Shanghai')).toBe('2026-11-23');
  });
});

describe('days', () => {
  it('steps over months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysBetween('2026-11-22', '2026-12-02')).toBe(10);
    expect(daysBetween('2026-12-02', '2026-11-22')).toBe(-10);
  });
  it('counts the week from Monday', () => {
    expect(weekday('2026-11-23')).toBe(0);
    expect(weekday('2026-11-29')).toBe(6);
  });
  it('takes only real days from the address', () => {
    expect(isDay('2026-11-22')).toBe(true);
    for (const text of ['', '2026-02-30', '2026-1-1', '<script>', '9999-99-99']) expect(isDay(text), text).toBe(false);
  });
});
