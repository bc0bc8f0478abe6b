import { describe, expect, it } from 'vitest';
import {
  barsOf,
  byDay,
  holders,
  hoursText,
  lanesOf,
  movesOf,
  overlaps,
  pathTo,
  slotText,
  touching,
  whose,
} from './bookings';
import { linesOf, wishFor } from './lines';
import { aBooking, aPlace } from './testing';

const zone = 'Asia/Shanghai';
const week = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];

describe('overlaps', () => {
  const slot = { start: '2026-11-22T00:00:00Z', end: '2026-11-22T10:00:00Z' };
  it('lets slots touch', () => {
    expect(overlaps(slot, { start: slot.end, end: '2026-11-22T12:00:00Z' })).toBe(false);
    expect(overlaps(slot, { start: '2026-11-22T09:59:00Z', end: '2026-11-22T12:00:00Z' })).toBe(true);
  });
  it('lets areas of one place be, but not the whole of it', () => {
    expect(overlaps({ ...slot, area_id: 'hall' }, { ...slot, area_id: 'roof' })).toBe(false);
    expect(overlaps({ ...slot, area_id: 'hall' }, { ...slot, area_id: 'hall' })).toBe(true);
    expect(overlaps({ ...slot, area_id: 'hall' }, slot)).toBe(true);
  });
});

describe('holders', () => {
  it('are other confirmed bookings only', () => {
    const all = [
      aBooking(),
      aBooking({ id: 'b2', status: 'tentative' }),
      aBooking({ id: 'b3', status: 'cancelled' }),
      aBooking({ id: 'b4', area_id: 'hall' }),
    ];
    const slot = { id: 'b1', start: all[0]!.start, end: all[0]!.end };
    expect(holders(slot, all).map((b) => b.id)).toEqual(['b4']);
    expect(holders({ ...slot, id: undefined }, all).map((b) => b.id)).toEqual(['b1', 'b4']);
    expect(holders({ ...slot, start: '' }, all)).toEqual([]);
  });
});

describe('statuses', () => {
  it('never jump from cancelled to confirmed, but pass by tentative', () => {
    expect(movesOf('cancelled')).toEqual(['tentative']);
    expect(pathTo('cancelled', 'confirmed')).toEqual(['tentative', 'confirmed']);
    expect(pathTo('confirmed', 'cancelled')).toEqual(['cancelled']);
    expect(pathTo('tentative', 'tentative')).toEqual([]);
  });
});

describe('texts', () => {
  const night = aBooking({ start: '2026-11-22T12:00:00Z', end: '2026-11-22T20:00:00Z' });
  it('say the hours by the clock of the studio and name the next day', () => {
    expect(hoursText(aBooking(), zone)).toBe('08:00–18:00');
    expect(hoursText(night, zone)).toBe('20:00–次日 04:00');
    expect(slotText(night, zone, '2026-11-24')).toBe('11月22日 周日 20:00–次日 04:00');
  });
  it('say another title for one that the reader does not see', () => {
    expect(whose(aBooking({ title: '' }))).toBe('另一部剧');
  });
});

describe('byDay', () => {
  it('puts a night slot on the day on which it begins, and what began earlier on the first day', () => {
    const rows = [
      aBooking({ id: 'n', start: '2026-11-22T12:00:00Z', end: '2026-11-22T20:00:00Z' }),
      aBooking({ id: 'old', start: '2026-11-01T00:00:00Z', end: '2026-11-25T00:00:00Z' }),
    ];
    const days = byDay(rows, zone, '2026-11-20').map((g) => [g.day, g.rows.map((b) => b.id)]);
    expect(days).toEqual([
      ['2026-11-20', ['old']],
      ['2026-11-22', ['n']],
    ]);
  });
  it('counts a slot that ends at midnight to the day before only', () => {
    const b = aBooking({ start: '2026-11-22T02:00:00Z', end: '2026-11-22T16:00:00Z' });
    expect(touching([b], '2026-11-22', zone)).toHaveLength(1);
    expect(touching([b], '2026-11-23', zone)).toHaveLength(0);
  });
});

describe('barsOf', () => {
  it('takes a night’s work for the day on which it began', () => {
    const [bar] = barsOf([aBooking({ start: '2026-11-20T12:00:00Z', end: '2026-11-20T20:00:00Z' })], week, zone);
    expect([bar?.left, bar?.width, bar?.cutRight]).toEqual([4, 1, false]);
  });
  it('cuts what goes on beyond the days shown and leaves out what touches none', () => {
    const long = aBooking({ start: '2026-11-10T00:00:00Z', end: '2026-11-30T00:00:00Z' });
    const gone = aBooking({ id: 'b2', start: '2026-12-10T00:00:00Z', end: '2026-12-11T00:00:00Z' });
    const bars = barsOf([long, gone], week, zone);
    expect(bars).toHaveLength(1);
    expect(bars[0]).toMatchObject({ left: 0, width: 7, cutLeft: true, cutRight: true });
  });
  it('gives lanes to bars of one day and frees them again', () => {
    const day = (id: string, from: string, to: string) =>
      aBooking({ id, start: `2026-11-${from}:00:00Z`, end: `2026-11-${to}:00:00Z` });
    const bars = barsOf(
      [day('a', '18T00', '18T04'), day('b', '18T05', '18T09'), day('c', '19T00', '19T09')],
      week,
      zone,
    );
    expect(bars.map((b) => [b.row.id, b.lane])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ]);
    expect(lanesOf(bars)).toBe(2);
    expect(lanesOf([])).toBe(1);
  });
});

describe('linesOf', () => {
  const rows = [
    aBooking({ id: 'b1', area_id: 'roof', area: '屋顶' }),
    aBooking({ id: 'b2', location_id: 'l2', location: '安吉竹海' }),
    aBooking({ id: 'b3', area_id: 'lost', area: '' }),
  ];
  it('shows the areas that hold something, those that are gone too, under their place', () => {
    const lines = linesOf(rows, [aPlace()], '');
    expect(lines.map((l) => [l.head?.name, l.name, l.id])).toEqual([
      ['安吉竹海', '整个场地', 'l2/'],
      ['金沙湖大剧院', '屋顶', 'l1/roof'],
      [undefined, '整个场地', 'l1/lost'],
    ]);
  });
  it('shows every area of a chosen place, held or not', () => {
    expect(linesOf([], [aPlace()], 'l1').map((l) => l.name)).toEqual(['整个场地', '观众厅', '屋顶']);
  });
  it('says what a press on a line asks for', () => {
    expect(wishFor('l1/roof')).toEqual({ location: 'l1', area: 'roof' });
    expect(wishFor('l1/')).toEqual({ location: 'l1', area: '' });
  });
});
