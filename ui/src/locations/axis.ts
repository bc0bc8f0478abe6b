/** The time axis of a day or a week: instants as shares of its width, and bookings as bars over it. */
import type { BookingRow, Hours } from './bookings';
import type { Range } from './range';
import { addDays, instant, wall } from './zone';

/** Mark is a place on the axis: at and width are shares of the whole, 0 to 1. */
export interface Mark {
  text: string;
  at: number;
  width: number;
}

/** Axis runs evenly from one instant to another, in milliseconds; a day on which the clock changes is longer or shorter. */
export interface Axis {
  from: number;
  to: number;
  days: Mark[];
  hours: Mark[];
}

// A night slot is drawn whole: the axis goes on until the morning after its last day.
const tail = '06:00';
const everyHours = { day: 1, week: 6, month: 24 };

/** axisOf is the axis of a range. */
export function axisOf(range: Range, zone: string): Axis {
  const ms = (text: string): number => Date.parse(instant(text, zone));
  const from = ms(`${range.from}T00:00`);
  const to = ms(`${range.to}T${tail}`);
  const part = (text: string, a: number, b: number): Mark => ({
    text,
    at: (a - from) / (to - from),
    width: (b - a) / (to - from),
  });
  const days = [...range.days, range.to].map((day) =>
    part(day, ms(`${day}T00:00`), Math.min(to, ms(`${addDays(day, 1)}T00:00`))),
  );
  const step = everyHours[range.view] * 3_600_000;
  const hours: Mark[] = [];
  for (let at = from; at < to; at += step) {
    hours.push(part(wall(new Date(at), zone).slice(11), at, Math.min(to, at + step)));
  }
  return { from, to, days, hours };
}

/** instantsOfAxis is what the server is asked for. */
export function instantsOfAxis(axis: Axis): { from: string; to: string } {
  return { from: new Date(axis.from).toISOString(), to: new Date(axis.to).toISOString() };
}

/** shareOf is where an instant lies on the axis; beyond its ends it is less than 0 or more than 1. */
export function shareOf(axis: Axis, ms: number): number {
  return (ms - axis.from) / (axis.to - axis.from);
}

/** msAt is the instant at a share of the axis. */
export function msAt(axis: Axis, share: number): number {
  return axis.from + share * (axis.to - axis.from);
}

/** Bar is a booking on the axis: left and width are shares, lane counts from the top. */
export interface Bar<T extends Hours = BookingRow> {
  row: T;
  left: number;
  width: number;
  lane: number;
  /** cutLeft and cutRight tell on which side it goes on beyond the axis. */
  cutLeft: boolean;
  cutRight: boolean;
}

/** barsOf lays slots over the axis; those that touch no part of it are left out. What overlaps is put into lanes, what touches is not. */
export function barsOf<T extends Hours>(rows: T[], axis: Axis): Bar<T>[] {
  const ends: number[] = [];
  const bars: Bar<T>[] = [];
  const timed = rows.map((row) => ({ row, start: Date.parse(row.start), end: Date.parse(row.end) }));
  for (const { row, start, end } of timed.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const [a, b] = [Math.max(start, axis.from), Math.min(end, axis.to)];
    if (b <= a) continue;
    const free = ends.findIndex((last) => last <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    const left = shareOf(axis, a);
    bars.push({ row, left, width: shareOf(axis, b) - left, lane, cutLeft: start < axis.from, cutRight: end > axis.to });
  }
  return bars;
}

/** lanesOf is how many lanes bars take, at least one. */
export function lanesOf(bars: Pick<Bar, 'lane'>[]): number {
  return bars.reduce((most, b) => Math.max(most, b.lane + 1), 1);
}
