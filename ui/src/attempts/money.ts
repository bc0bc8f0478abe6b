/** Money as people type and read it. On the wire it is an integer: 1/10,000 of a currency, or 1/100 of a credit. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';

export type Money = Schema<'Money'>;
export type Currency = 'CNY' | 'USD' | 'credit';
export const currencies: Currency[] = ['CNY', 'credit', 'USD'];

const most = 1e15;

/** placesOf is how many decimals the integer of a currency holds. */
export function placesOf(currency: string): number {
  return currency === 'credit' ? 2 : 4;
}

/** parseMoney reads "0.60", "￥1,200" or "12 元" without floats; undefined where it is no amount of this currency. */
export function parseMoney(text: string, currency: Currency): Money | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,¥$元]|积分/g, '');
  if (plain === '') return { amount: 0, currency: '' };
  const hit = /^(\d+)(?:\.(\d*))?$|^\.(\d+)$/.exec(plain);
  if (!hit) return undefined;
  const places = placesOf(currency);
  const rest = (hit[2] ?? hit[3] ?? '').replace(/0+$/, '');
  if (rest.length > places) return undefined;
  const amount = Number((hit[1] ?? '0') + rest.padEnd(places, '0'));
  return amount <= most ? { amount, currency } : undefined;
}

/** decimals writes the amount alone: at least two decimals for a currency, none needed for credits. */
export function decimals(m: Money): string {
  const places = placesOf(m.currency);
  const digits = String(m.amount).padStart(places + 1, '0');
  const rest = digits.slice(-places).replace(/0+$/, '');
  const shown = m.currency === 'credit' ? rest : rest.padEnd(2, '0');
  return digits.slice(0, -places) + (shown ? `.${shown}` : '');
}

/** isKnown tells whether anything is known about a cost; a typed zero is known. */
export function isKnown(m: Money): boolean {
  return m.currency !== '';
}

/** formatMoney writes an amount for readers: ¥0.60, $1.20, 12 积分. */
export function formatMoney(m: Money): string {
  if (!isKnown(m)) return '';
  if (m.currency === 'credit') return t('attempts.money.credits', { amount: decimals(m) });
  return (m.currency === 'USD' ? '$' : '¥') + decimals(m);
}
