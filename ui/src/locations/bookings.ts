/** What a booking looks like in lists and calendars, and which slots exclude each other. */
import type { Schema } from '../lib/client';
import { type Lang, lang, t } from '../lib/i18n.svelte';
import { addDays, dayOf, daysBetween, minutesOf, wall } from './zone';
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

/** overlaps tells whether two slots of one place exclude each other (product.md, Places): touching ones do not. */
export function overlaps(a: Slot, b: Slot): boolean {
  if (a.area_id && b.area_id && a.area_id !== b.area_id) return false;
  return Date.parse(a.start) < Date.parse(b.end) && Date.parse(b.start) < Date.parse(a.end);
}

/** holders are the confirmed bookings that a slot would collide with; the slot's own record is none of them. */
export function holders(slot: Slot, among: BookingRow[]): BookingRow[] {
  if (!slot.start || !slot.end) return [];
  return among.filter((b) => b.status === 'confirmed' && b.id !== slot.id && overlaps(slot, b));
}

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
export function hoursText(b: BookingRow, zone: string, day: string = dayOf(b.start, zone), l: Lang = lang()): string {
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
export function slotText(b: BookingRow, zone: string, today: string, l: Lang = lang()): string {
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

/** touching are the bookings that hold any part of a day. */
export function touching(rows: BookingRow[], day: string, zone: string): BookingRow[] {
  return rows.filter((b) => {
    const last = dayOf(b.end, zone);
    const ends = minutesOf(b.end, zone) === 0 ? addDays(last, -1) : last;
    return dayOf(b.start, zone) <= day && ends >= day;
  });
}

/** Bar is a booking drawn over a row of days: left and width in whole days from the first one, lane counts from the top. */
export interface Bar {
  row: BookingRow;
  left: number;
  width: number;
  lane: number;
  /** cut tells on which side the booking goes on beyond the days shown. */
  cutLeft: boolean;
  cutRight: boolean;
}

// A night's work ends before this minute of the next day and still belongs to the day on which it began.
const nightEnds = 6 * 60;

/** lastDay is the last day that a booking takes in a calendar. */
function lastDay(b: BookingRow, zone: string): string {
  const [first, last] = [dayOf(b.start, zone), dayOf(b.end, zone)];
  return last > first && minutesOf(b.end, zone) <= nightEnds ? addDays(last, -1) : last;
}

/** barsOf lays bookings over days; those that touch no day are left out. Bars that would lie on each other take lanes. */
export function barsOf(rows: BookingRow[], days: string[], zone: string): Bar[] {
  const first = days[0] ?? '';
  const ends: number[] = [];
  const bars: Bar[] = [];
  for (const row of [...rows].sort((a, b) => a.start.localeCompare(b.start))) {
    const [from, to] = [daysBetween(first, dayOf(row.start, zone)), daysBetween(first, lastDay(row, zone)) + 1];
    const [left, right] = [Math.max(0, from), Math.min(days.length, to)];
    if (right <= left) continue;
    const free = ends.findIndex((end) => end <= left);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = right;
    bars.push({ row, left, width: right - left, lane, cutLeft: from < 0, cutRight: to > days.length });
  }
  return bars;
}

/** lanesOf is how many lanes bars take, at least one. */
export function lanesOf(bars: Bar[]): number {
  return Math.max(1, ...bars.map((b) => b.lane + 1));
}
