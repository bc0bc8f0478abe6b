/** How the values of a metric are written: counts as they are, completion in 1/100 percent, money in 1/10,000 of its unit. */
import { decimals } from '../attempts/money';
import { compact, count } from '../lib/format';
import { lang } from '../lib/i18n.svelte';
import type { Metric } from '../releases/figures';

/** Unit is a metric and, of money, its currency. */
export interface Unit {
  metric: Metric;
  currency?: string;
}

/** isMoney tells whether a metric is for those only who may see money. */
export function isMoney(metric: string): boolean {
  return metric === 'revenue' || metric === 'spend';
}

const signs: Record<string, string> = { CNY: '¥', USD: '$' };

/** moneyText writes an amount shortened: ¥12.3万; one below 1,000 to the last digit: ¥812.50. */
export function moneyText(amount: number, currency: string): string {
  const sign = signs[currency] ?? (currency ? `${currency} ` : '');
  if (amount === 0) return `${sign}0`;
  if (amount < 0) return `−${moneyText(-amount, currency)}`;
  const whole = Math.floor(amount / (currency === 'credit' ? 100 : 10_000));
  return sign + (whole < 1000 ? decimals({ amount, currency }) : compact(whole));
}

/** moneyExact writes every digit of an amount. */
export function moneyExact(amount: number, currency: string): string {
  if (amount < 0) return `−${moneyExact(-amount, currency)}`;
  const [whole, rest] = decimals({ amount, currency }).split('.');
  return (signs[currency] ?? (currency ? `${currency} ` : '')) + count(Number(whole)) + (rest ? `.${rest}` : '');
}

// Two places by digits alone: a float would now and then print 34.49 for 34.5.
function hundredths(value: number): string {
  const digits = String(Math.abs(value)).padStart(3, '0');
  const rest = digits.slice(-2).replace(/0+$/, '');
  return (value < 0 ? '−' : '') + digits.slice(0, -2) + (rest ? `.${rest}` : '');
}

/** valueText is a value as charts and lists show it, cut. */
export function valueText(value: number, unit: Unit): string {
  if (isMoney(unit.metric)) return moneyText(value, unit.currency ?? '');
  if (unit.metric === 'completion') return `${hundredths(value)}%`;
  return compact(value);
}

/** valueExact is the whole value, for tips. */
export function valueExact(value: number, unit: Unit): string {
  if (isMoney(unit.metric)) return moneyExact(value, unit.currency ?? '');
  if (unit.metric === 'completion') return `${hundredths(value)}%`;
  return count(value);
}

/** valueCell is a value for a spreadsheet: whole numbers as they are, others as plain decimals. */
export function valueCell(value: number, unit: Unit): number {
  if (isMoney(unit.metric)) return value / (unit.currency === 'credit' ? 100 : 10_000);
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
