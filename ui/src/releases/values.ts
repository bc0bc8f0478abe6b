/** What each metric is counted in, and its figures in words. All are cut when shown, never rounded up (product.md R7). */
import type { Schema } from '../lib/client';
import { compact, count, duration } from '../lib/format';
import { t } from '../lib/i18n.svelte';

export type Money = Schema<'Money'>;
export type Unit = 'count' | 'index' | 'rate' | 'money';

/** Measured is any figure of a metric: of a reading, a latest one, a point of a curve. */
export interface Measured {
  value: number;
  bound?: string;
  lower?: boolean;
}

/** unitOf is what a metric is counted in. */
export function unitOf(metric: string): Unit {
  if (metric === 'heat') return 'index';
  if (metric === 'completion') return 'rate';
  return isMoney(metric) ? 'money' : 'count';
}

/** isMoney tells which metrics are for those alone who may see money. */
export function isMoney(metric: string): boolean {
  return metric === 'revenue' || metric === 'spend';
}

/** Money is an integer of 1/10,000 of its currency. */
export const perUnit = 10_000;

/** currencies are the usual ones; any other of ISO 4217 may be typed. */
export const currencies = ['CNY', 'USD', 'HKD', 'JPY', 'KRW', 'THB'];

function signed(currency: string, text: string): string {
  if (currency === 'credit') return t('releases.credits', { n: text });
  const sign = { '': '¥', CNY: '¥', USD: '$' }[currency];
  return sign === undefined ? `${currency} ${text}` : sign + text;
}

function decimalsOf(amount: number, scale: number, least: number, most: number): string {
  const digits = Math.abs(amount)
    .toString()
    .padStart(scale + 1, '0');
  const part = digits.slice(-scale).slice(0, most).replace(/0+$/, '');
  const whole = count(Number(digits.slice(0, -scale)));
  return part || least ? `${whole}.${part.padEnd(least, '0')}` : whole;
}

const scaleOf = (currency: string): number => (currency === 'credit' ? 2 : 4);
// From here on an amount is shortened as a count is: ¥12.34万.
const long = 100_000;

/** moneyText writes an amount for a glance: ¥980.50, ¥12.34万. */
export function moneyText(m: Money): string {
  const scale = scaleOf(m.currency);
  const whole = Math.trunc(Math.abs(m.amount) / 10 ** scale);
  const text = whole >= long ? compact(whole) : decimalsOf(m.amount, scale, m.currency === 'credit' ? 0 : 2, 2);
  return (m.amount < 0 ? '−' : '') + signed(m.currency, text);
}

/** moneyExact writes every digit of an amount: ¥123,456.7891. */
export function moneyExact(m: Money): string {
  const text = decimalsOf(m.amount, scaleOf(m.currency), m.currency === 'credit' ? 0 : 2, 4);
  return (m.amount < 0 ? '−' : '') + signed(m.currency, text);
}

/** rateText writes 1/100 of a percent: 34.5%. */
export function rateText(value: number): string {
  return `${decimalsOf(value, 2, 0, 2)}%`;
}

/** roiText writes 1/1,000 cut to two decimals: 1.23. */
export function roiText(milli: number): string {
  return decimalsOf(milli, 3, 2, 2);
}

/** valueText writes a figure of a metric for a glance: 2.1亿+, 34.5%, ¥12.34万. */
export function valueText(metric: string, figure: Measured, currency = ''): string {
  const unit = unitOf(metric);
  const text =
    unit === 'money'
      ? moneyText({ amount: figure.value, currency })
      : unit === 'rate'
        ? rateText(figure.value)
        : compact(figure.value);
  return text + (isLower(figure) ? '+' : '');
}

/** valueExact writes the whole figure; a lower bound says so. */
export function valueExact(metric: string, figure: Measured, currency = ''): string {
  const unit = unitOf(metric);
  const n =
    unit === 'money'
      ? moneyExact({ amount: figure.value, currency })
      : unit === 'rate'
        ? rateText(figure.value)
        : count(figure.value);
  return isLower(figure) ? t('releases.atLeast', { n }) : n;
}

const isLower = (f: Measured): boolean => f.bound === 'lower' || f.lower === true;

/** lengthText writes seconds of film: 1:30:00. */
export function lengthText(seconds: number): string {
  return duration(seconds);
}

const most = 1_000_000;
const parts: [RegExp, number][] = [
  [/^(\d+)(?:小时|时|hours?|h)/i, 3600],
  [/^(\d+)(?:分钟|分|min(?:utes?)?|m)/i, 60],
  [/^(\d+)(?:秒钟?|s(?:ec(?:onds?)?)?)/i, 1],
];

/** readLength reads 90分钟, 1小时30分, 90:00, 1:30:00 or a bare number of minutes; undefined where it is none. */
export function readLength(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  if (plain === '') return undefined;
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(plain);
  const seconds = clock ? fromClock(clock) : /^\d+$/.test(plain) ? Number(plain) * 60 : fromWords(plain);
  return seconds !== undefined && seconds > 0 && seconds <= most ? seconds : undefined;
}

function fromClock([, h, m, s]: RegExpExecArray): number | undefined {
  if (Number(s) > 59 || (h !== undefined && Number(m) > 59)) return undefined;
  return Number(h ?? 0) * 3600 + Number(m) * 60 + Number(s);
}

function fromWords(text: string): number | undefined {
  let [rest, sum] = [text, 0];
  for (const [re, size] of parts) {
    const hit = re.exec(rest);
    if (!hit) continue;
    sum += Number(hit[1]) * size;
    rest = rest.slice(hit[0].length);
  }
  return rest === '' ? sum : undefined;
}
