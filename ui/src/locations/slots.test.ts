import { describe, expect, it } from 'vitest';
import { backOf, bookingEdit, bookingIn, draftOf, follow, slotOf } from './slots';
import { aBooking } from './testing';

const zone = 'Asia/Shanghai';

describe('the form of a booking', () => {
  it('begins with a working day of the studio on the day that was pressed', () => {
    const draft = draftOf(zone, { location: 'l1', area: 'roof', day: '2026-11-25' }, '2026-11-24');
    expect(draft).toMatchObject({
      start: '2026-11-25T08:00',
      end: '2026-11-25T18:00',
      area: 'roof',
      status: 'tentative',
    });
    expect(draftOf(zone, {}, '2026-11-30').start).toBe('2026-12-01T08:00');
  });
  it('begins with the slot that was drawn', () => {
    const drawn = { start: '2026-11-25T12:15:00.000Z', end: '2026-11-25T20:00:00.000Z' };
    expect(draftOf(zone, drawn, '2026-11-24')).toMatchObject({ start: '2026-11-25T20:15', end: '2026-11-26T04:00' });
  });
  it('sends instants, and no area for the whole place', () => {
    const draft = { ...draftOf(zone, { location: 'l1', title: 't1', day: '2026-11-25' }, ''), status: 'confirmed' };
    expect(bookingIn(draft, zone)).toEqual({
      location_id: 'l1',
      title_id: 't1',
      area_id: undefined,
      start: '2026-11-25T00:00:00.000Z',
      end: '2026-11-25T10:00:00.000Z',
      status: 'confirmed',
      note: undefined,
    });
  });
  it('sends only what changed, and knows the way back', () => {
    const was = aBooking({ area_id: 'roof', note: '夜戏' });
    const draft = { ...draftOf(zone, {}, '', was), area: '', end: '2026-11-23T02:00' };
    const body = bookingEdit(draft, was, zone);
    expect(body).toEqual({ area_id: '', end: '2026-11-22T18:00:00.000Z' });
    expect(backOf(body, was)).toEqual({ area_id: 'roof', end: was.end });
    expect(bookingEdit(draftOf(zone, {}, '', was), was, zone)).toEqual({});
    const given = bookingEdit({ ...draftOf(zone, {}, '', was), title: 't2' }, was, zone);
    expect([given, backOf(given, was)]).toEqual([{ title_id: 't2' }, { title_id: 't1' }]);
  });
  it('has no slot while a time is missing', () => {
    expect(slotOf({ ...draftOf(zone, {}, '2026-11-24'), end: '' }, zone).end).toBe('');
  });
});

describe('follow', () => {
  it('keeps the length when the start moves, over midnight too', () => {
    expect(follow('2026-11-25T08:00', '2026-11-25T18:00', '2026-11-26T20:00')).toBe('2026-11-27T06:00');
  });
  it('leaves the end alone where there is no length to keep', () => {
    expect(follow('2026-11-25T08:00', '2026-11-25T07:00', '2026-11-26T20:00')).toBe('2026-11-25T07:00');
    expect(follow('', '2026-11-25T07:00', '2026-11-26T20:00')).toBe('2026-11-25T07:00');
  });
});
