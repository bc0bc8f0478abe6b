/** Titles beside each other from their days of release, and groups of titles. */
import type { Line } from '../charts/lines';
import type { Cell } from '../funnel/csv';
import type { Schema } from '../lib/client';
import { compact, count } from '../lib/format';
import { t } from '../lib/i18n.svelte';
import { metricName, type Metric } from './figures';
import { lackingOf, perMinuteFormula, roiFormula, together } from './returns';
import { isMoney, moneyExact, moneyText, roiText, type Money } from './values';

export type CompareLine = Schema<'CompareLine'>;
export type Group = Schema<'Group'>;

/** mostTitles is how many titles fit beside each other. */
export const mostTitles = 8;

/** ways are what titles are taken together by. */
export const ways = ['company', 'kind', 'platform', 'model', 'team'] as const;
export type Way = (typeof ways)[number];

/** dayMarks are the days after release whose plays are listed. */
export const dayMarks = [1, 7, 30, 90];

/** readTitleIds are the titles of the address, each once and no more than fit. */
export function readTitleIds(text: string): string[] {
  return [...new Set(text.split(',').filter((id) => /^[\w-]{1,64}$/.test(id)))].slice(0, mostTitles);
}

/** currenciesOf are those of the amounts of titles, yuan first. */
export function currenciesOf(list: CompareLine[]): string[] {
  const rank = (c: string) => (c === 'CNY' ? '' : c);
  const all = new Set(list.flatMap((c) => c.amounts.map((a) => a.currency)));
  return [...all].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** compareLines are titles as the lines of a chart, of money those in one currency; a point leads to its reading on the title's page. */
export function compareLines(list: CompareLine[], currency = ''): Line[] {
  return list
    .map((c) => ({ c, points: currency ? (c.amounts.find((a) => a.currency === currency)?.points ?? []) : c.points }))
    .filter(({ points }) => points.length > 0)
    .map(({ c, points }) => ({
      id: c.title_id,
      name: c.title,
      since: c.since ?? '',
      points,
      href: (p) => `/titles/${c.title_id}/releases?reading=${p.reading}`,
    }));
}

/** compareNotes say which titles are not drawn, and that unlike currencies are not drawn together. */
export function compareNotes(list: CompareLine[], metric: Metric, currency = ''): string[] {
  if (!isMoney(metric)) return [];
  const names = (of: CompareLine[]): string => of.map((c) => c.title).join(t('releases.comma'));
  const hidden = list.filter((c) => c.hidden);
  const without = list.filter((c) => !c.hidden && !c.amounts.some((a) => a.currency === currency));
  const currencies = currenciesOf(list);
  const words = { metric: metricName(metric), currency };
  return [
    currencies.length > 1 ? t('compare.currencies', { ...words, list: currencies.join(t('releases.comma')) }) : '',
    currency && without.length > 0 ? t('compare.otherCurrency', { ...words, list: names(without) }) : '',
    hidden.length > 0 ? t('compare.hidden', { list: names(hidden) }) : '',
  ].filter(Boolean);
}

/** Minutes are what a minute of several titles cost, in one currency, the dearest first; share is of the dearest. */
export interface Minutes {
  currency: string;
  rows: { id: string; title: string; text: string; tip: string; share: number }[];
}

/** minutesOf lays the cost of a minute of titles side by side, each currency for itself. */
export function minutesOf(list: CompareLine[]): Minutes[] {
  const known = list.flatMap((c) => (c.return?.per_minute ? [{ c, r: c.return, money: c.return.per_minute }] : []));
  return [...new Set(known.map((x) => x.money.currency))].map((currency) => {
    const rows = known.filter((x) => x.money.currency === currency).sort((a, b) => b.money.amount - a.money.amount);
    const most = Math.max(1, rows[0]?.money.amount ?? 1);
    return {
      currency,
      rows: rows.map(({ c, r, money }) => ({
        id: c.title_id,
        title: c.title,
        text: moneyText(money),
        tip: `${moneyExact(money)} = ${perMinuteFormula(r)}`,
        share: money.amount / most,
      })),
    };
  });
}

/** atDay is the plays at the end of a day after release, undefined where the title is not out so long. */
export function atDay(c: CompareLine, day: number): number | undefined {
  return c.at_day.find((d) => d.day === day)?.value;
}

/** Fact is a cell: what it shows, and how it comes about. */
export interface Fact {
  text: string;
  tip: string;
}

const none = (tip: string): Fact => ({ text: '–', tip });

function amounts(list: { amount: Money }[], lack: string): Fact {
  const money = list.map((x) => x.amount);
  const n = list.reduce((sum, x) => sum + Math.max(1, (x as { parts?: unknown[] }).parts?.length ?? 1), 0);
  return money.length > 0
    ? { text: together(money), tip: `${together(money, moneyExact)} · ${t('compare.n', { n })}` }
    : none(lack);
}

/** moneyFacts are cost per minute, spend, revenue and ROI of a title, in the order of the table's columns. */
export function moneyFacts(c: CompareLine): Fact[] {
  const r = c.return;
  if (!r) return Array.from({ length: 4 }, () => none(t('compare.noMoney')));
  const lacking = lackingOf(r);
  const why = (...of: string[]) =>
    lacking
      .filter((x) => of.includes(x))
      .map((x) => t(`figures.lacking.${x}`))
      .join(' ');
  return [
    r.per_minute
      ? { text: moneyText(r.per_minute), tip: perMinuteFormula(r) }
      : none(why('cost', 'seconds', 'currencies') || t('figures.return.perMinuteRule')),
    amounts(r.spend, t('figures.lacking.spend')),
    amounts(r.revenue, t('figures.lacking.revenue')),
    r.roi
      ? { text: roiText(r.roi.milli), tip: roiFormula(r) }
      : none(why('spend', 'revenue', 'currencies') || t('figures.return.roiRule')),
  ];
}

/** playsFact is the plays of now with the platforms that they are added up from. */
export function playsFact(c: CompareLine): Fact {
  if (!c.plays) return none(t('releases.noPlays'));
  return {
    text: compact(c.plays.value) + (c.plays.lower ? '+' : ''),
    tip: `${count(c.plays.value)} · ${t('compare.n', { n: c.plays.parts })}`,
  };
}

/** moneyColumns are the heads of moneyFacts. */
export function moneyColumns(): { id: string; label: string; num: boolean }[] {
  return [
    { id: 'perMinute', label: t('figures.return.perMinute'), num: true },
    { id: 'spend', label: t('metric.spend'), num: true },
    { id: 'revenue', label: t('metric.revenue'), num: true },
    { id: 'roi', label: t('figures.return.roi'), num: true },
  ];
}

/** compareCsv is the table of titles for a spreadsheet: plays as whole numbers, amounts with their currencies. */
export function compareCsv(list: CompareLine[], money: boolean): Cell[][] {
  const heads = [
    t('releases.title'),
    t('compare.since'),
    ...dayMarks.map((n) => t('compare.atDay', { n })),
    t('compare.plays'),
    ...(money ? moneyColumns().map((c) => c.label) : []),
  ];
  const rows = list.map((c): Cell[] => [
    c.title,
    c.since ?? '',
    ...dayMarks.map((n) => atDay(c, n) ?? ''),
    c.plays?.value ?? '',
    ...(money
      ? [
          c.return?.per_minute ? moneyExact(c.return.per_minute) : '',
          ...[c.return?.spend ?? [], c.return?.revenue ?? []].map((m) =>
            m.map((x) => moneyExact(x.amount)).join(' + '),
          ),
          c.return?.roi ? c.return.roi.milli / 1000 : '',
        ]
      : []),
  ]);
  return [heads, ...rows];
}

/** groupName is a group's name; of titles that do not say it, a word for that. */
export function groupName(g: Group): string {
  return g.name || t('compare.unsaid');
}

/** groupsCsv is the table of groups for a spreadsheet. */
export function groupsCsv(list: Group[], way: Way, money: boolean): Cell[][] {
  const heads = [
    t(`compare.by.${way}`),
    t('compare.titles'),
    t('compare.plays'),
    t('compare.median'),
    ...[7, 30].flatMap((n) => [t('compare.medianAt', { n }), t('compare.nAt', { n })]),
    t('compare.best'),
    ...(money ? [t('figures.return.costs'), t('metric.spend'), t('metric.revenue')] : []),
  ];
  const rows = list.map((g): Cell[] => [
    groupName(g),
    g.titles,
    g.plays,
    g.median,
    ...[g.day7, g.n7, g.day30, g.n30],
    g.best,
    ...(money ? [g.costs, g.spend, g.revenue].map((m) => m.map((x) => moneyExact(x)).join(' + ')) : []),
  ]);
  return [heads, ...rows];
}
