import { describe, expect, it } from 'vitest';
import { byDay, dayGroups, hoursText, movesOf, pathTo, slotText, whose, type BookingRow } from './bookings';
import { linesOf, placeLines, wishFor } from './lines';
import { aBooking, aPlace } from './testing';

const zone = 'Asia/Shanghai';

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
});

describe('dayGroups', () => {
  const days = ['2026-11-21', '2026-11-22', '2026-11-23'];
  const count = (b: BookingRow) => [...dayGroups([b], days, zone).values()].map((list) => list.length);
  it('counts a slot that ends at midnight to the day before only', () => {
    expect(count(aBooking({ start: '2026-11-22T02:00:00Z', end: '2026-11-22T16:00:00Z' }))).toEqual([0, 1, 0]);
    expect(count(aBooking({ start: '2026-11-22T02:00:00Z', end: '2026-11-22T16:01:00Z' }))).toEqual([0, 1, 1]);
  });
  it('puts what is longer than the days shown on every one of them', () => {
    expect(count(aBooking({ start: '2026-10-01T00:00:00Z', end: '2026-11-29T00:00:00Z' }))).toEqual([1, 1, 1]);
    expect(count(aBooking({ start: '2026-12-01T00:00:00Z', end: '2026-12-02T00:00:00Z' }))).toEqual([0, 0, 0]);
  });
});

describe('linesOf', () => {
  const rows = [
    aBooking({ id: 'b1', area_id: 'roof', area: '屋顶' }),
    aBooking({ id: 'b2', location_id: 'l2', location: '安吉竹海' }),
    aBooking({ id: 'b3', area_id: 'lost', area: '' }),
  ];
  it('shows a place that holds something with all its areas, and those that are gone', () => {
    const lines = linesOf(rows, [aPlace(), aPlace({ id: 'l3', name: '空场' })], '');
    expect(lines.map((l) => [l.head?.name, l.name, l.id, l.rows.length])).toEqual([
      ['安吉竹海', '整个场地', 'l2/', 1],
      ['金沙湖大剧院', '整个场地', 'l1/', 0],
      [undefined, '观众厅', 'l1/hall', 0],
      [undefined, '屋顶', 'l1/roof', 1],
      [undefined, '整个场地', 'l1/lost', 1],
    ]);
  });
  it('shows a chosen place alone, and every place where that is asked for', () => {
    const places = [aPlace(), aPlace({ id: 'l3', name: '空场', areas: [] })];
    expect(linesOf([], places, 'l1').map((l) => l.name)).toEqual(['整个场地', '观众厅', '屋顶']);
    expect(linesOf([], places, 'l1', true)).toHaveLength(3);
    expect(linesOf([], places, '', true).map((l) => l.id)).toEqual(['l1/', 'l1/hall', 'l1/roof', 'l3/']);
    expect(linesOf([], places, '')).toEqual([]);
  });
  it('closes an area with the whole place, but not the reverse', () => {
    const closed = (id: string, area_id?: string) => ({ id, area_id, start: '', end: '', reason: '', by: '' });
    const place = aPlace({ blackouts: [closed('all'), closed('r', 'roof')] });
    expect(placeLines('l1', [], place).map((l) => l.closed.map((x) => x.id))).toEqual([['all'], ['all'], ['all', 'r']]);
  });
  it('says what a press on a line asks for', () => {
    expect(wishFor('l1/roof')).toEqual({ location: 'l1', area: 'roof' });
    expect(wishFor('l1/')).toEqual({ location: 'l1', area: '' });
  });
});
