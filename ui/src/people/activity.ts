/** What happened, as a sentence: words stand in the catalog under people.verb.<verb>; here their params become words too. */
import type { Schema } from '../lib/client';
import { hasText, t, tAny } from '../lib/i18n.svelte';
import { valueText } from '../releases/values';

export type Activity = Schema<'Activity'>;

/** sentence says what was done, without who and when. A verb without words here shows itself. */
export function sentence(a: Activity): string {
  if (!hasText(`people.verb.${a.verb}`)) return a.verb;
  const text = tAny(`people.verb.${a.verb}`, worded(a));
  return text.replace(/\{\w+\}/g, '').trim();
}

function worded(a: Activity): Record<string, string> {
  const p = { ...a.params };
  if (p.verdict) p.verdict = tAny(`state.verdict.${p.verdict}`);
  if (p.status) p.status = tAny(`state.${a.kind === 'location' ? 'place' : a.kind}.${p.status}`);
  if (p.stage) p.stage = tAny(`state.stage.${p.stage}`);
  if (p.role) p.role = tAny(`role.${p.role}`);
  if (p.threshold) p.threshold = valueText(p.metric ?? '', { value: Number(p.threshold) }, p.currency);
  if (p.currency && p.text && !p.text.includes(p.currency)) p.text = `${p.text} ${p.currency}`;
  if (p.metric) p.metric = tAny(`metric.${p.metric}`);
  p.scope = p.platform || t('people.scope.all');
  p.why = why(a, p);
  p.mentioning = p.mentions ? t('people.mentioning', { names: p.mentions }) : '';
  return p;
}

/** why is a reason in brackets; a rejected take names its reason by code, others in somebody's own words. */
function why(a: Activity, p: Record<string, string>): string {
  if (p.because === 'thresholds') return t('people.because', { why: t('people.thresholdsChanged') });
  const reason = a.verb === 'take.judged' ? p.reason && tAny(`reason.${p.reason}`) : p.reason || p.why;
  return reason ? t('people.because', { why: reason }) : '';
}

/** where is the page that shows what an activity is about, '' when there is none. */
export function where(a: Activity): string {
  if (a.kind === 'location') return `/locations/${a.object}`;
  if (a.kind === 'booking') return a.params?.location_id ? `/locations/${a.params.location_id}` : '';
  if (a.kind === 'callsheet') return `/callsheets/${a.object}`;
  if (a.kind === 'import') return `/imports/${a.object}`;
  if (a.kind === 'stray') return '/imports/names';
  if (!a.title_id) return ['person', 'invite'].includes(a.kind) ? '/people' : '';
  if (['release', 'reading', 'milestone', 'rank', 'claim', 'cost', 'evidence'].includes(a.kind))
    return `/titles/${a.title_id}/releases`;
  if (a.kind === 'day') return `/titles/${a.title_id}/days`;
  if (a.kind === 'script') return `/titles/${a.title_id}/script`;
  if (a.kind === 'callsheet') return `/callsheets/${a.object}`;
  if (a.kind === 'day') return `/titles/${a.title_id}/days`;
  if (a.kind === 'reference') return `/titles/${a.title_id}/references/${a.object}`;
  return a.shot_id ? `/titles/${a.title_id}/shots/${a.shot_id}` : `/titles/${a.title_id}`;
}

/** byDay puts activities, newest first, under the day on which they happened in the given zone. */
export function byDay(list: Activity[], zone: string): { day: string; items: Activity[] }[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  const days: { day: string; items: Activity[] }[] = [];
  for (const a of list) {
    const day = format.format(new Date(a.at));
    const last = days.at(-1);
    if (last?.day === day) last.items.push(a);
    else days.push({ day, items: [a] });
  }
  return days;
}

/**
 * joinOlder keeps the pages below a first page that moved on: what fell out of it goes on top of them. Where the new first
 * page no longer touches the one seen before, something between is unknown, and all older ones are dropped to be read anew.
 */
export function joinOlder(first: Activity[], seen: Activity[], older: Activity[]): Activity[] {
  if (older.length === 0) return older;
  const least = first.at(-1)?.seq ?? 0;
  if ((seen[0]?.seq ?? 0) < least) return [];
  const pushed = seen.filter((a) => a.seq < least);
  return [...pushed, ...older];
}
