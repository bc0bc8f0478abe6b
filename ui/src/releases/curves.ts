/** A title's figures over time as the lines of a chart. */
import type { Line } from '../charts/lines';
import { isMoney } from './values';
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { query } from '../lib/router.svelte';
import { type Metric, metrics } from './figures';

export type Curves = Schema<'Curves'>;
type CurveLine = Schema<'CurveLine'>;

/** ranges are how many days a chart may show, 0 for all. */
export const ranges = [0, 7, 30, 90];

/** readMetric is the metric of the address, plays where it names none that the reader may see. */
export function readMetric(text: string, money: boolean): Metric {
  const hit = metrics.find((m) => m === text);
  return hit && (money || !isMoney(hit)) ? hit : 'plays';
}

/** readRange is the number of days of the address. */
export function readRange(text: string): number {
  return ranges.find((n) => String(n) === text) ?? 0;
}

/** drawnNow is how the address says that charts are drawn: by powers or not, of how many days, from the day of release or not. */
export function drawnNow(): { log: boolean; days: number; aligned: boolean } {
  return { log: query('log') === '1', days: readRange(query('days')), aligned: query('align') === '1' };
}

/** chosenOf is the axis of the address among those that lines need, the first where it names none. */
export function chosenOf(groups: string[]): string {
  return groups.find((g) => g === query('of')) ?? groups[0] ?? '';
}

/** lineName is the platform, with its region where that is not China. */
export function lineName(line: { platform: string; region: string }): string {
  return line.region && line.region !== 'CN' ? `${line.platform} ${line.region}` : line.platform;
}

// What may not share an axis: amounts of different currencies, and the indices of different platforms (R5).
function groupOf(metric: string, line: CurveLine): string {
  if (isMoney(metric)) return line.currency ?? '';
  return metric === 'heat' ? lineName(line) : '';
}

/** groupsOf are the axes that the lines of a metric need; one of them is drawn at a time. */
export function groupsOf(curves: Curves): string[] {
  return [...new Set(curves.lines.filter((l) => l.points.length > 0).map((l) => groupOf(curves.metric, l)))];
}

/** linesOf are the sum, where there is more than one platform to add up, and a line for each release. */
export function linesOf(curves: Curves, group: string, href: Line['href']): Line[] {
  const drawn = curves.lines.filter((l) => l.points.length > 0 && groupOf(curves.metric, l) === group);
  const lines = drawn.map((l): Line => ({
    id: l.release_id,
    name: lineName(l),
    since: l.date ?? '',
    points: l.points,
    href,
  }));
  if (curves.sum.length === 0 || drawn.length < 2) return lines;
  const since =
    curves.lines
      .map((l) => l.date ?? '')
      .filter(Boolean)
      .sort()[0] ?? '';
  return [{ id: 'sum', name: t('charts.sum'), since, main: true, points: curves.sum, href }, ...lines];
}

/** notesOf says how to read the lines of a metric. */
export function notesOf(curves: Curves): string[] {
  const summed = curves.lines.filter((l) => l.summed && l.points.length > 0).map(lineName);
  return [
    curves.metric === 'heat' ? t('charts.heat') : '',
    summed.length > 0 ? t('charts.summed', { list: summed.join(t('releases.comma')) }) : '',
  ].filter(Boolean);
}
