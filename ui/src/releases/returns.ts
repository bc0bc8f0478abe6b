/** Cost against return: the words of each figure, and what is done to costs with the way back. */
import { del, patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { did } from '../lib/undo.svelte';
import { lengthText, moneyExact, moneyText, type Money } from './values';

export type Return = Schema<'Return'>;
export type Cost = Schema<'Cost'>;
export type CostIn = Schema<'CostIn'>;
export type CostKind = Cost['kind'];

/** costKinds are those that a person enters; generation is added up from the attempts. */
export const costKinds: CostKind[] = ['labour', 'bought', 'place', 'other'];

/** Lack is why something is not worked out. */
export type Lack = 'cost' | 'seconds' | 'spend' | 'revenue' | 'currencies' | 'not_yet';
const lacks: string[] = ['cost', 'seconds', 'spend', 'revenue', 'currencies', 'not_yet'] satisfies Lack[];

/** lackingOf are the reasons that this page has words for. */
export function lackingOf(r: Return): Lack[] {
  return r.lacking.filter((x): x is Lack => lacks.includes(x));
}

/** together writes amounts of several currencies, which are never added up: ¥12.34万 + $500.00. */
export function together(list: Money[], write: (m: Money) => string = moneyText): string {
  return list.length > 0 ? list.map(write).join(' + ') : '–';
}

const of = (list: Money[], currency: string): Money | undefined => list.find((m) => m.currency === currency);

/** perMinuteFormula is 「¥12.34万 ÷ 1:30:00」, '' where it is not worked out. */
export function perMinuteFormula(r: Return): string {
  const cost = r.per_minute && of(r.costs, r.per_minute.currency);
  return cost ? t('figures.return.perMinuteFormula', { cost: moneyExact(cost), length: lengthText(r.seconds) }) : '';
}

/** roiFormula is 「收入 ¥… ÷ 投流 ¥…」, '' where it is not worked out. */
export function roiFormula(r: Return): string {
  const currency = r.roi?.currency ?? '';
  const [revenue, spend] = [r.revenue, r.spend].map((list) =>
    of(
      list.map((x) => x.amount),
      currency,
    ),
  );
  if (!r.roi || !revenue || !spend) return '';
  return t('figures.return.roiFormula', { revenue: moneyExact(revenue), spend: moneyExact(spend) });
}

/** paybackDays is 「上线第 19 天」, '' where the day is not known. */
export function paybackDays(r: Return): string {
  const days = r.payback?.days;
  if (days === undefined) return '';
  return days === 0 ? t('releases.firstDay') : t('releases.onDay', { n: days });
}

/** amountText is an amount as the form of a cost holds it: every digit, no sign. */
export function amountText(m: Money): string {
  const digits = String(m.amount).padStart(5, '0');
  const part = digits.slice(-4).replace(/0+$/, '');
  return digits.slice(0, -4) + (part ? `.${part}` : '');
}

/** costAgain is what enters a cost as it was. */
export function costAgain(c: Cost): CostIn {
  return { kind: c.kind, text: amountText(c.amount), currency: c.amount.currency, date: c.date ?? '', note: c.note };
}

/** costName is 「人工 ¥3.00万」. */
export function costName(c: Cost): string {
  return `${t(`figures.cost.${c.kind}`)} ${moneyText(c.amount)}`;
}

/** saveCost enters or changes a cost and offers the way back. */
export async function saveCost(title: string, was: Cost | undefined, body: CostIn, changed: () => void): Promise<void> {
  const now = was
    ? await patch('/costs/{cost}', { path: { cost: was.id }, rev: was.rev, body })
    : await post('/titles/{title}/costs', { path: { title }, body });
  changed();
  const path = { cost: now.id };
  did(t(was ? 'figures.did.changed' : 'figures.did.entered', { what: costName(now) }), async () => {
    if (was) await patch('/costs/{cost}', { path, rev: now.rev, body: costAgain(was) });
    else await del('/costs/{cost}', { path, rev: now.rev });
    changed();
  });
}

/** removeCost takes a cost away and offers to enter it again. */
export async function removeCost(cost: Cost, changed: () => void): Promise<void> {
  await del('/costs/{cost}', { path: { cost: cost.id }, rev: cost.rev });
  changed();
  did(t('figures.did.removed', { what: costName(cost) }), async () => {
    await post('/titles/{title}/costs', { path: { title: cost.title_id }, body: costAgain(cost) });
    changed();
  });
}
