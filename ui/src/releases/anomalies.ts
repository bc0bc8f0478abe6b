/** Readings that do not fit the one before and wait for a person. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { metricName, moment } from './figures';
import { valueText } from './values';

export type AnomalyRow = Schema<'Anomaly'>;

/** anomalyText is 抖音 播放量：2026-03-05 的 1.2亿 → 2026-03-06 的 1.1亿. */
export function anomalyText(a: AnomalyRow, zone: string): string {
  const point = (p: Schema<'Point'>): string =>
    t('releases.point', { at: moment(p.at, zone), n: valueText(a.metric, p, a.currency) });
  return t('figures.anomaly.text', {
    what: `${a.platform} ${metricName(a.metric)}`,
    from: point(a.from),
    to: point(a.to),
  });
}
