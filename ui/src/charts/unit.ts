/** How a chart writes the values of a metric, and the days of its axis. */
import { lang } from '../lib/i18n.svelte';
import type { Metric } from '../releases/figures';
import * as values from '../releases/values';

/** Unit is a metric and, of money, its currency. */
export interface Unit {
  metric: Metric;
  currency?: string;
}

/** valueText is a value as the list beside a chart shows it, cut. */
export function valueText(value: number, unit: Unit): string {
  return values.valueText(unit.metric, { value }, unit.currency);
}

/** valueExact is the whole value, for tips. */
export function valueExact(value: number, unit: Unit): string {
  return values.valueExact(unit.metric, { value }, unit.currency);
}

/** axisText is a value beside an axis, where round ones need no hundredths. */
export function axisText(value: number, unit: Unit): string {
  return valueText(value, unit).replace(/\.00$/, '');
}

/** valueCell is a value for a spreadsheet: whole numbers as they are, percent and money as plain decimals. */
export function valueCell(value: number, unit: Unit): number {
  if (values.isMoney(unit.metric)) return value / (unit.currency === 'credit' ? 100 : values.perUnit);
  return unit.metric === 'completion' ? value / 100 : value;
}

/** tickText labels a day on an axis, short: 3-05, Mar 5; the first and a new year say the year. */
export function tickText(at: number, zone: string, before?: number): string {
  const year = (ms: number) => new Date(ms).toLocaleDateString('en-US', { year: 'numeric', timeZone: zone });
  const full = before === undefined || year(before) !== year(at);
  if (lang() === 'en') {
    const day = new Date(at).toLocaleDateString('en-US', { month: 'short', day: 'numeric', timeZone: zone });
    return full ? `${day}, ${year(at)}` : day;
  }
  const day = new Date(at).toLocaleDateString('zh-CN', { month: 'numeric', day: '2-digit', timeZone: zone });
  return full ? `${year(at)}-${day.replace('/', '-')}` : day.replace('/', '-');
}
