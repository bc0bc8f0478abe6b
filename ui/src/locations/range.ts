/** The stretch of days that a calendar shows: a day, a week from Monday, or a month. */
import { type Lang, lang } from '../lib/i18n.svelte';
import { addDays, dayOf, instant, isDay, weekday } from './zone';

/** views are the ranges in their order; the week is the usual one. */
export const views = ['day', 'week', 'month'] as const;
export type View = (typeof views)[number];

/** Range is days [from, to); days lists them. */
export interface Range {
  view: View;
  from: string;
  to: string;
  days: string[];
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}

const monthAfter = (day: string): string => `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;

/** viewOf is the view that the address names, else the week. */
export function viewOf(text: string): View {
  return views.find((v) => v === text) ?? 'week';
}

/** rangeOf is the day, the week or the month in which a day lies; a text that is no day counts as `today`. */
export function rangeOf(view: View, day: string, today: string): Range {
  const at = isDay(day) ? day : today;
  const [from, to] = endsOf(view, at);
  return { view, from, to, days: daysFrom(from, to) };
}

function endsOf(view: View, at: string): [string, string] {
  if (view === 'day') return [at, addDays(at, 1)];
  const from = view === 'week' ? addDays(at, -weekday(at)) : `${at.slice(0, 7)}-01`;
  return [from, view === 'week' ? addDays(from, 7) : monthAfter(from)];
}

/** gridOf is the whole weeks that a month is drawn in. */
export function gridOf(range: Range): { from: string; to: string } {
  const from = addDays(range.from, -weekday(range.from));
  return { from, to: addDays(range.to, (7 - weekday(range.to)) % 7) };
}

/** step is the first day of the range before (-1) or after (1). */
export function step(range: Range, by: 1 | -1): string {
  return by > 0 ? range.to : rangeOf(range.view, addDays(range.from, -1), range.from).from;
}

/** instantsOf is the range as the server takes it. */
export function instantsOf(range: { from: string; to: string }, zone: string): { from: string; to: string } {
  return { from: instant(`${range.from}T00:00`, zone), to: instant(`${range.to}T00:00`, zone) };
}

/** todayIn is the present day in a zone. */
export function todayIn(zone: string, now: Date = new Date()): string {
  return dayOf(now, zone);
}

const say = (day: string, l: Lang, options: Intl.DateTimeFormatOptions): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString(l === 'en' ? 'en-US' : 'zh-CN', { timeZone: 'UTC', ...options });

/** weekdayName is 周一 or Mon. */
export function weekdayName(day: string, l: Lang = lang()): string {
  return say(day, l, { weekday: 'short' });
}

/** shortDay is 11月22日 or Nov 22; the year stands there only where it is not this one. */
export function shortDay(day: string, today: string, l: Lang = lang()): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  return say(day, l, { year, month: l === 'en' ? 'short' : 'long', day: 'numeric' });
}

/** rangeName is 2026年11月, for a week its first and last day, for a day its date and weekday. */
export function rangeName(range: Range, today: string, l: Lang = lang()): string {
  if (range.view === 'month') return say(range.from, l, { year: 'numeric', month: 'long' });
  if (range.view === 'day') return `${shortDay(range.from, today, l)} ${weekdayName(range.from, l)}`;
  return `${shortDay(range.from, today, l)} – ${shortDay(addDays(range.to, -1), today, l)}`;
}
