/** What keeps the figures from being trusted, as lines that say what to do. */
import type { Schema } from '../lib/client';
import { moment } from '../releases/figures';
import { valueText } from '../releases/values';
import { t } from '../lib/i18n.svelte';
import { readingHref } from './wall';

export type Health = Schema<'Health'>;
export type Anomaly = Schema<'Anomaly'>;
export type Stale = Schema<'StaleRelease'>;

/** concerns are the parts of the page, in the order of how much they block. */
export const concerns = ['anomalies', 'strays', 'stale', 'provisional'] as const;
export type Concern = (typeof concerns)[number];

/** countOf is the whole count of a concern, also where its list is cut. */
export function countOf(h: Health, concern: Concern): number {
  const counts: Record<Concern, number> = {
    anomalies: h.anomaly_count,
    strays: h.stray_count,
    stale: h.stale_count,
    provisional: h.provisional_count,
  };
  return counts[concern];
}

/** listed is how many lines of a concern the answer holds. */
export function listed(h: Health, concern: Concern): number {
  return h[concern].length;
}

/** inOrder tells that nothing waits for anybody. */
export function inOrder(h: Health): boolean {
  return concerns.every((c) => countOf(h, c) === 0);
}

/** glyphs mark each concern by shape. */
export const glyphs: Record<Concern, string> = { anomalies: '!', strays: '?', stale: '◌', provisional: '◔' };

/** anomalyHref leads to the reading that does not fit. */
export function anomalyHref(a: Anomaly): string {
  return a.reading_id ? readingHref(a.title_id, a.reading_id) : `/titles/${a.title_id}/releases`;
}

/** anomalyText is 2026-03-05 1.2亿 → 2026-03-06 1.1亿. */
export function anomalyText(a: Anomaly, zone: string): string {
  const point = (p: Anomaly['to']): string => `${moment(p.at, zone)} ${valueText(a.metric, p, a.currency)}`;
  return t('wall.health.fromTo', { from: point(a.from), to: point(a.to) });
}

/** staleText is how long a release is silent, and since when. */
export function staleText(s: Stale, zone: string): string {
  const since = s.fresh ? t('wall.health.stale.last', { at: moment(s.fresh, zone) }) : t('wall.health.stale.never');
  return [t('wall.health.stale.days', { n: s.days }), since].join(' · ');
}
