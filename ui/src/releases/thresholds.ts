/** Thresholds of a metric as people write them: 3亿 for a count, 100万 for money in its unit. */
import type { Schema } from '../lib/client';
import { readThreshold } from '../people/thresholds';
import { isMoney, perUnit, valueText } from './values';

export type Thresholds = Schema<'Thresholds'>;
export type ThresholdMetric = Schema<'ThresholdsIn'>['metric'];

/** thresholdMetrics are those that have milestones. */
export const thresholdMetrics: ThresholdMetric[] = ['plays', 'heat', 'followers', 'likes', 'revenue'];
/** mostThresholds is how many one metric may have. */
export const mostThresholds = 20;

const largest = 10 ** 15;

/** readFor reads one threshold of a metric; undefined where it is none. */
export function readFor(metric: string, text: string): number | undefined {
  const value = readThreshold(text.replace(/[¥￥$元]/g, ''));
  if (value === undefined || !isMoney(metric)) return value;
  return value <= largest / perUnit ? value * perUnit : undefined;
}

/** readListFor reads a list divided by blanks, 、 or ;. It gives the rising figures, each once, and the words that are none. */
export function readListFor(metric: string, text: string): { values: number[]; bad: string[] } {
  const words = text.split(/[\s、;；]+/).filter(Boolean);
  const read = words.map((w) => [w, readFor(metric, w)] as const);
  const values = new Set(read.flatMap(([, v]) => (v === undefined ? [] : [v])));
  return { values: [...values].sort((a, b) => a - b), bad: read.filter(([, v]) => v === undefined).map(([w]) => w) };
}

/** writeListFor writes a list as its field holds it. */
export function writeListFor(metric: string, values: number[]): string {
  return values
    .map((v) => (isMoney(metric) ? valueText('plays', { value: v / perUnit }) : valueText(metric, { value: v })))
    .join(' ');
}

/** withOne adds a threshold in its place; the same one twice stays one. */
export function withOne(values: number[], value: number): number[] {
  return [...new Set([...values, value])].sort((a, b) => a - b);
}

/** ListTexts is what stands in the fields of several metrics. */
export type ListTexts = Record<string, string>;

/** textsOf fills the fields of every metric but plays, which has one of its own. */
export function textsOf(lists: Record<string, number[]> = {}): ListTexts {
  const others = thresholdMetrics.filter((m) => m !== 'plays');
  return Object.fromEntries(others.map((m) => [m, writeListFor(m, lists[m] ?? [])]));
}

/** listsOf is what the fields send: an empty one is named only where it takes a list away, so that the usual ones count. */
export function listsOf(
  texts: ListTexts,
  was: Record<string, number[]> = {},
): { lists: Record<string, number[]>; bad: string[] } {
  const read = Object.entries(texts).map(([metric, text]) => [metric, readListFor(metric, text)] as const);
  const lists = read
    .filter(([metric, r]) => r.values.length > 0 || (was[metric]?.length ?? 0) > 0)
    .map(([metric, r]) => [metric, r.values] as const);
  return { lists: Object.fromEntries(lists), bad: read.flatMap(([, r]) => r.bad) };
}
