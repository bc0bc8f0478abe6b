/** The words of figures, readings and milestones. Figures are cut when shown and exact in a tip (product.md R7). */
import type { Schema } from '../lib/client';
import { compact, count, date, dateTime } from '../lib/format';
import { t, tAny } from '../lib/i18n.svelte';
import { valueExact, valueText } from './values';

export type Figures = Schema<'Figures'>;
export type Release = Schema<'Release'>;
export type ReleaseRow = Schema<'ReleaseRow'>;
export type Reading = Schema<'Reading'>;
export type ReadingValue = Schema<'ReadingValue'>;
export type MilestoneRow = Schema<'MilestoneRow'>;
export type Metric = Reading['metric'];
export type OriginKind = Schema<'OriginIn'>['kind'];

/** metrics in the order in which they are shown. */
export const metrics: Metric[] = ['plays', 'heat', 'followers', 'likes', 'completion', 'revenue', 'spend'];

/** typedOrigins are the kinds that a person may name; readings from files name themselves. */
export const typedOrigins: OriginKind[] = ['typed', 'press', 'platform'];

/** shown cuts a figure and marks a lower bound: 2.1亿+. */
export function shown(figure: { value: number; bound?: string; lower?: boolean }): string {
  return compact(figure.value) + (figure.bound === 'lower' || figure.lower ? '+' : '');
}

/** exact is the whole figure; a lower bound says so. */
export function exact(figure: { value: number; bound?: string; lower?: boolean }): string {
  const n = count(figure.value);
  return figure.bound === 'lower' || figure.lower ? t('releases.atLeast', { n }) : n;
}

// R1: a date without a time is kept as the last moment of that day.
const endOfDay = /:59\.9{3,9}Z$/;

/** moment writes when something was observed: the day alone where only a day was given. */
export function moment(at: string, zone: string, dayOnly: boolean = endOfDay.test(at)): string {
  return dayOnly ? date(at, zone) : dateTime(at, zone);
}

/** metricName names a metric that came from the server. */
export function metricName(metric: string): string {
  return tAny(`metric.${metric}`);
}

type Over = { metric: string; threshold: number; currency?: string };

/** thresholdText is a milestone's threshold in the unit of its metric. */
export function thresholdText(m: Over): string {
  return valueText(m.metric, { value: m.threshold }, m.currency);
}

/** exactOver is that threshold with every digit. */
export function exactOver(m: Over): string {
  return valueExact(m.metric, { value: m.threshold }, m.currency);
}

/** overText is 播放量破2亿. */
export function overText(m: Over): string {
  return t('releases.over', { metric: metricName(m.metric), n: thresholdText(m) });
}

/** scopeText is the platform, or the sum; with one platform the sum is that platform's own. */
export function scopeText(m: MilestoneRow, releases: { release: Release }[] = []): string {
  if (m.platform) return m.platform;
  const only = releases.length === 1 && m.metric === 'plays' ? releases[0]?.release.platform : '';
  return only || t('releases.allPlatforms');
}

/** dayText is 第 11 天, counted from the first day of release, '' where that day is unknown. */
export function dayText(m: MilestoneRow): string {
  if (m.days === undefined) return '';
  return m.days === 0 ? t('releases.firstDay') : t('releases.onDay', { n: m.days });
}

/** betweenText names the two readings between which the threshold was crossed (R2). */
export function betweenText(m: MilestoneRow, zone: string): string {
  const say = (value: number, currency = m.currency) => valueText(m.metric, { value }, currency);
  const to = t('releases.point', { at: moment(m.at, zone), n: say(m.value) });
  if (!m.previous) return t('releases.firstReading', { to });
  const from = t('releases.point', { at: moment(m.previous.at, zone), n: say(m.previous.value, m.previous.currency) });
  return t('releases.between', { from, to });
}

/** originName names a kind of origin that came from the server. */
export function originName(kind: string): string {
  return tAny(`releases.origin.${kind}`);
}

/** originText names where a figure came from: its kind and what stands beside it. */
export function originText(origin: Schema<'Origin'>): string {
  return [originName(origin.kind), origin.file, origin.note].filter(Boolean).join(' · ');
}

/** News is one thing to tell after a reading changed: a milestone that came, moved or went. */
export interface News {
  tone: 'milestone' | 'info';
  text: string;
  more?: string;
}

const gone = (m: MilestoneRow): string | undefined => (m.dropped ? t('releases.dropped') : m.why);
const newest = (m: MilestoneRow): boolean => m.state === 'stands' && m.rev === 1;
const byThreshold = (a: MilestoneRow, b: MilestoneRow): number => b.threshold - a.threshold;

/**
 * newsOf says what a change of readings did to the milestones. Of several thresholds crossed at once on one platform the
 * highest is told and the others named beside it; a moved one is told once, with its new day.
 */
export function newsOf(changes: MilestoneRow[], releases: { release: Release }[], zone: string): News[] {
  const moved = changes.filter((m) => m.state === 'moved');
  const replaced = new Set(moved.map((m) => m.became));
  const groups = new Map<string, MilestoneRow[]>();
  for (const m of changes) {
    if (!newest(m) || replaced.has(m.id)) continue;
    const key = `${m.release_id ?? ''} ${m.metric}`;
    groups.set(key, [...(groups.get(key) ?? []), m].sort(byThreshold));
  }
  const news: News[] = [...groups.values()].map(([first, ...rest]) => ({
    tone: 'milestone',
    text: [overText(first!), first!.title, scopeText(first!, releases)].join(' · '),
    more: rest.length > 0 ? t('releases.also', { list: rest.map(thresholdText).join(t('releases.comma')) }) : undefined,
  }));
  for (const m of moved) {
    const next = changes.find((x) => x.id === m.became);
    const at = next ? moment(next.at, zone) : '';
    news.push({ tone: 'info', text: t('releases.news.moved', { what: overText(m), title: m.title, at }), more: m.why });
  }
  for (const m of changes.filter((x) => x.state === 'withdrawn')) {
    news.push({
      tone: 'info',
      text: t('releases.news.withdrawn', { what: overText(m), title: m.title }),
      more: gone(m),
    });
  }
  return news;
}
