import { describe, expect, it } from 'vitest';
import { axisOf, barsOf, instantsOfAxis, lanesOf, msAt, shareOf } from './axis';
import { rangeOf } from './range';
import { aBooking } from './testing';

const zone = 'Asia/Shanghai';
const today = '2026-11-24';
const hour = 3_600_000;

describe('axisOf', () => {
  it('goes on until the morning after, so that a night is drawn whole', () => {
    const axis = axisOf(rangeOf('day', '2026-11-22', today), zone);
    expect(instantsOfAxis(axis)).toEqual({ from: '2026-11-21T16:00:00.000Z', to: '2026-11-22T22:00:00.000Z' });
    expect(axis.days.map((d) => [d.text, d.width])).toEqual([
      ['2026-11-22', 24 / 30],
      ['2026-11-23', 6 / 30],
    ]);
    const night = aBooking({ start: '2026-11-22T12:00:00Z', end: '2026-11-22T20:00:00Z' });
    const [bar] = barsOf([night], axis);
    expect(bar?.width).toBeCloseTo(8 / 30);
    expect([bar?.left, bar?.cutLeft, bar?.cutRight]).toEqual([20 / 30, false, false]);
  });
  it('makes the day on which the clock goes back 25 hours long', () => {
    const axis = axisOf(rangeOf('day', '2026-10-25', today), 'Europe/Berlin');
    expect((axis.to - axis.from) / hour).toBe(31);
    // Twice on the day itself, and once on the morning after.
    expect(axis.hours.filter((h) => h.text === '02:00')).toHaveLength(3);
    expect(axis.days[0]?.width).toBeCloseTo(25 / 31);
    const spring = axisOf(rangeOf('day', '2026-03-29', today), 'Europe/Berlin');
    expect((spring.to - spring.from) / hour).toBe(29);
    expect(spring.hours.filter((h) => h.text === '02:00')).toHaveLength(1);
  });
  it('finds its way from instants to shares and back', () => {
    const axis = axisOf(rangeOf('week', today, today), zone);
    const at = Date.parse('2026-11-25T03:15:00Z');
    expect(msAt(axis, shareOf(axis, at))).toBeCloseTo(at, 0);
    expect([shareOf(axis, axis.from), shareOf(axis, axis.to)]).toEqual([0, 1]);
  });
});

describe('barsOf', () => {
  const axis = axisOf(rangeOf('week', today, today), zone);
  const slot = (id: string, from: string, to: string) =>
    aBooking({ id, start: `2026-11-${from}:00Z`, end: `2026-11-${to}:00Z` });
  it('puts what overlaps into lanes and leaves what touches in one', () => {
    const bars = barsOf(
      [slot('b', '24T03:00', '24T06:00'), slot('a', '24T01:00', '24T04:00'), slot('c', '24T04:00', '24T05:00')],
      axis,
    );
    expect(bars.map((b) => [b.row.id, b.lane])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ]);
    expect(lanesOf(bars)).toBe(2);
    expect(lanesOf([])).toBe(1);
  });
  it('cuts what goes on beyond its ends and leaves out what touches them only', () => {
    const bars = barsOf(
      [
        slot('long', '01T00:00', '30T00:00'),
        slot('before', '21T00:00', '22T16:00'),
        slot('after', '29T22:00', '29T23:00'),
      ],
      axis,
    );
    expect(bars.map((b) => [b.row.id, b.left, b.width, b.cutLeft, b.cutRight])).toEqual([['long', 0, 1, true, true]]);
  });
});
