/** Permitted hours in words. Weekdays count from Monday, 1, to Sunday, 7. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { weekdayName } from './range';
import { addDays } from './zone';

type Hours = Schema<'Hours'>;

export const weekdays = [1, 2, 3, 4, 5, 6, 7];
const someMonday = '2026-11-23';

/** weekdayOf is 周一 or Mon. */
export function weekdayOf(day: number): string {
  return weekdayName(addDays(someMonday, day - 1));
}

/** runsOf parts days into runs that follow one another: 1 2 3 6 is [1,3] and [6,6]. */
export function runsOf(days: number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

/** hoursText writes one line of hours: 周一–周五 08:00–22:00; an end at or before the start is on the next day. */
export function hoursText(h: Hours): string {
  const all = h.weekdays.length === 0 || h.weekdays.length === 7;
  const days = all
    ? t('places.hours.every')
    : runsOf(h.weekdays)
        .map(([a, b]) => (a === b ? weekdayOf(a) : `${weekdayOf(a)}–${weekdayOf(b)}`))
        .join(' · ');
  const to = h.to <= h.from ? t('locations.nextDay', { time: h.to }) : h.to;
  return `${days} ${h.from}–${to}`;
}
