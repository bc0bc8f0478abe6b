/** A booking that is repeated on weekdays: what is asked for, and what its slots come to. */
import type { Schema } from '../lib/client';
import { type Lang, lang, t } from '../lib/i18n.svelte';
import { slotText } from './bookings';
import { sentence, worst, type Level } from './clashes';
import { bookingIn, type Draft } from './slots';
import { addDays, isDay, weekday } from './zone';

export type Series = Schema<'Series'>;
export type SeriesSlot = Schema<'SeriesSlot'>;

/** Repeat is how a slot is repeated: weekdays count from Monday, 1, to Sunday, 7; until is the last day. */
export interface Repeat {
  on: boolean;
  weekdays: number[];
  until: string;
  skip: boolean;
}

/** repeatOf begins with the weekday of the slot, for four weeks. */
export function repeatOf(start: string): Repeat {
  const day = start.slice(0, 10);
  if (!isDay(day)) return { on: false, weekdays: [], until: '', skip: false };
  return { on: false, weekdays: [weekday(day) + 1], until: addDays(day, 28), skip: false };
}

/** toggled is the weekdays with one more or one less, in their order. */
export function toggled(weekdays: number[], day: number): number[] {
  return weekdays.includes(day) ? weekdays.filter((d) => d !== day) : [...weekdays, day].sort((a, b) => a - b);
}

/** complete tells whether enough is chosen to ask the server. */
export function complete(r: Repeat, draft: Draft): boolean {
  return r.on && r.weekdays.length > 0 && isDay(r.until) && r.until >= draft.start.slice(0, 10);
}

/** seriesIn is what the form sends; dry only asks what would happen. */
export function seriesIn(draft: Draft, r: Repeat, zone: string, dry: boolean): Schema<'SeriesIn'> {
  const { weekdays, until, skip } = r;
  return { ...bookingIn(draft, zone), weekdays, until, skip, dry };
}

/** tally counts the slots of a series by the hardest thing in their way. */
export function tally(slots: Pick<SeriesSlot, 'conflicts'>[]): Record<Level | 'free', number> {
  const out = { hard: 0, soft: 0, note: 0, free: 0 };
  for (const s of slots) out[worst(s.conflicts) || 'free']++;
  return out;
}

/** leftText says which slot of a series stays cancelled, and what is in its way. */
export function leftText(left: Schema<'SeriesLeft'>, zone: string, today: string, l: Lang = lang()): string {
  const why = left.conflicts.find((c) => c.level !== 'note');
  const slot = slotText(left.booking, zone, today, l);
  return t('schedule.left.line', { slot, why: why ? sentence(why) : t('schedule.left.changed') });
}
