/** The form of a shooting day: a date, a unit and two clock times become the instants that the server keeps. */
import type { Schema } from '../lib/client';
import { addDays, instant, wall } from '../locations/zone';

type ShootDay = Schema<'ShootDay'>;
type DayIn = Schema<'DayIn'>;

/** Draft is a day as its form holds it. */
export interface Draft {
  date: string;
  unit: string;
  start: string;
  end: string;
  note: string;
}

/** draftOf fills the form with a day, or for a new one on a date. */
export function draftOf(day: ShootDay | undefined, date: string): Draft {
  if (!day) return { date, unit: '', start: '08:00', end: '20:00', note: '' };
  return {
    date: day.date,
    unit: day.unit,
    start: wall(day.start, day.zone).slice(11),
    end: wall(day.end, day.zone).slice(11),
    note: day.note,
  };
}

/** bodyOf is what the form sends; a wrap that is not after the call is on the next morning. */
export function bodyOf(d: Draft, zone: string, reason = ''): DayIn {
  const last = d.end <= d.start ? addDays(d.date, 1) : d.date;
  return {
    date: d.date,
    unit: d.unit.trim(),
    start: instant(`${d.date}T${d.start}`, zone),
    end: instant(`${last}T${d.end}`, zone),
    note: d.note.trim(),
    reason: reason.trim() || undefined,
  };
}

/** nextDate is the first date after the last day of a title, or today where there is none ahead. */
export function nextDate(days: { day: ShootDay }[], today: string): string {
  const last = days.reduce((max, d) => (d.day.date > max ? d.day.date : max), '');
  return last >= today ? addDays(last, 1) : today;
}
