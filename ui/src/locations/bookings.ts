/** What a booking looks like in lists and calendars, and which slots exclude each other. */
import type { Schema } from '../lib/client';
import { type Lang, lang, t } from '../lib/i18n.svelte';
import { addDays, dayOf, minutesOf, wall } from './zone';
import { shortDay, weekdayName } from './range';

export type BookingRow = Schema<'BookingRow'>;
export type BookingStatus = BookingRow['status'];

/** Slot is what two bookings are compared by; start and end are instants, area_id is absent for the whole place. */
export interface Slot {
  id?: string;
  area_id?: string;
  start: string;
  end: string;
}

/** Hours is when something begins and ends, as instants. */
export type Hours = Pick<Slot, 'start' | 'end'>;

/** movesOf lists what may follow a booking's status, as the server's table says it. */
export function movesOf(status: BookingStatus): BookingStatus[] {
  return { tentative: ['confirmed', 'cancelled'], confirmed: ['tentative', 'cancelled'], cancelled: ['tentative'] }[
    status
  ] as BookingStatus[];
}

/** pathTo lists the statuses to pass through from one to another: a cancelled booking is confirmed by way of tentative. */
export function pathTo(from: BookingStatus, to: BookingStatus): BookingStatus[] {
  if (from === to) return [];
  return movesOf(from).includes(to) ? [to] : ['tentative', to];
}

/** whose names the title, or says that it is one the reader does not see. */
export function whose(b: BookingRow): string {
  return b.title || t('locations.otherTitle');
}

/** areaOf names the area, or says that the whole place is meant. */
export function areaOf(b: { area: string }): string {
  return b.area || t('locations.whole');
}

/** hoursText is 08:00–18:00 as seen from a day; other days are named, the next one as 次日. */
export function hoursText(b: Hours, zone: string, day: string = dayOf(b.start, zone), l: Lang = lang()): string {
  const [from, to] = [wall(b.start, zone), wall(b.end, zone)];
  const side = (text: string): string => {
    const [on, clock] = [text.slice(0, 10), text.slice(11)];
    if (on === day) return clock;
    if (on === addDays(day, 1)) return t('locations.nextDay', { time: clock });
    return `${shortDay(on, day, l)} ${clock}`;
  };
  return `${side(from)}–${side(to)}`;
}

/** slotText is the whole slot: 11月22日 周日 08:00–18:00. */
export function slotText(b: Hours, zone: string, today: string, l: Lang = lang()): string {
  const day = dayOf(b.start, zone);
  return `${shortDay(day, today, l)} ${weekdayName(day, l)} ${hoursText(b, zone, day, l)}`;
}

/** byDay groups bookings by their starting day, where a night slot stands; what began before `from` stands there. */
export function byDay(rows: BookingRow[], zone: string, from = ''): { day: string; rows: BookingRow[] }[] {
  const days = new Map<string, BookingRow[]>();
  for (const b of rows) {
    const start = dayOf(b.start, zone);
    const day = start < from ? from : start;
    days.set(day, [...(days.get(day) ?? []), b]);
  }
  return [...days].sort(([a], [b]) => a.localeCompare(b)).map(([day, list]) => ({ day, rows: list }));
}

/** dayGroups gives every day the bookings that hold any part of it, by start; each booking is looked at once. */
export function dayGroups(rows: BookingRow[], days: string[], zone: string): Map<string, BookingRow[]> {
  const groups = new Map(days.map((day): [string, BookingRow[]] => [day, []]));
  const [first, last] = [days[0] ?? '', days.at(-1) ?? ''];
  for (const b of rows) {
    const ends = dayOf(b.end, zone);
    const until = minutesOf(b.end, zone) === 0 ? addDays(ends, -1) : ends;
    const from = dayOf(b.start, zone);
    for (let day = from < first ? first : from; day <= until && day <= last; day = addDays(day, 1)) {
      groups.get(day)?.push(b);
    }
  }
  return groups;
}
