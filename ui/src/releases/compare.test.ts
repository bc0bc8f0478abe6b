import { describe, expect, it } from 'vitest';
import {
  atDay,
  compareCsv,
  compareLines,
  compareNotes,
  currenciesOf,
  groupsCsv,
  minutesOf,
  moneyFacts,
  playsFact,
  readTitleIds,
  type CompareLine,
  type Group,
} from './compare';

const cny = (amount: number) => ({ amount, currency: 'CNY' });
const from = (amount: number) => ({ amount: cny(amount), at: '2026-03-08T00:00:00Z', parts: [] });

const aLine = (change: Partial<CompareLine> = {}): CompareLine => ({
  title_id: 't1',
  title: '金沙湖来信',
  company: '金沙湖影业',
  kind: 'AI漫剧',
  since: '2026-03-01',
  points: [{ at: '2026-03-08T15:59:59.999999999Z', value: 120_000_000, reading: 'x1' }],
  amounts: [],
  hidden: false,
  at_day: [
    { day: 1, value: 3_000_000 },
    { day: 7, value: 120_000_000 },
  ],
  plays: { value: 120_000_000, lower: true, at: '2026-03-08T15:59:59Z', parts: 2 },
  return: {
    entries: [],
    parts: [],
    costs: [cny(900_000_000)],
    spend: [from(100_000_000)],
    revenue: [from(250_000_000)],
    seconds: 5400,
    seconds_from: 'typed',
    per_minute: cny(10_000_000),
    roi: { milli: 2500, currency: 'CNY' },
    lacking: [],
  },
  ...change,
});
const aGroup: Group = {
  name: '',
  titles: 3,
  plays: 210_000_000,
  median: 60_000_000,
  best: '=金沙湖来信',
  best_id: 't1',
  day7: 50_000_000,
  n7: 2,
  day30: 0,
  n30: 0,
  costs: [cny(900_000_000)],
  spend: [],
  revenue: [],
};

describe('titles of the address', () => {
  it('come once each, eight at most, and no nonsense', () => {
    expect(readTitleIds('a,b,a,,<x>, c')).toEqual(['a', 'b']);
    expect(readTitleIds(Array.from({ length: 12 }, (_, i) => `t${i}`).join())).toHaveLength(8);
    expect(readTitleIds('')).toEqual([]);
  });
});

describe('titles side by side', () => {
  it('are lines that lead to their own readings', () => {
    const [line] = compareLines([aLine(), aLine({ title_id: 't2', points: [] })]);
    expect(line?.href(line.points[0]!)).toBe('/titles/t1/releases?reading=x1');
    expect(compareLines([aLine({ points: [] })])).toEqual([]);
  });
  it('say nothing for a day that has not come', () => {
    expect([atDay(aLine(), 7), atDay(aLine(), 30)]).toEqual([120_000_000, undefined]);
  });
  it('say how many platforms the plays rest on', () => {
    expect(playsFact(aLine())).toEqual({ text: '1.2亿+', tip: '120,000,000 · n=2' });
    expect(playsFact(aLine({ plays: undefined })).text).toBe('–');
  });
  it('give amounts with their formula, or why there is none', () => {
    const facts = moneyFacts(aLine());
    expect(facts.map((f) => f.text)).toEqual(['¥1,000.00', '¥10,000.00', '¥25,000.00', '2.50']);
    expect(facts[3]?.tip).toContain('÷');
    const bare = { ...aLine().return!, spend: [], roi: undefined, lacking: ['spend'] };
    expect(moneyFacts(aLine({ return: bare }))[3]).toEqual({ text: '–', tip: '还没有投流读数，ROI 算不出来。' });
    expect(moneyFacts(aLine({ return: undefined })).map((f) => f.text)).toEqual(['–', '–', '–', '–']);
  });
  const points = (value: number) => [{ at: '2026-03-08T15:59:59.999999999Z', value, reading: 'x2' }];
  const home = aLine({
    points: [],
    amounts: [
      { currency: 'USD', points: points(5) },
      { currency: 'CNY', points: points(9) },
    ],
  });
  const abroad = aLine({
    title_id: 't2',
    title: '老街灯火',
    points: [],
    amounts: [{ currency: 'USD', points: points(7) }],
  });
  const secret = aLine({ title_id: 't3', title: '昼以继夜', points: [], hidden: true, return: undefined });
  it('are laid beside each other by amounts of one currency at a time', () => {
    const list = [abroad, home, secret];
    expect(currenciesOf(list)).toEqual(['CNY', 'USD']);
    expect(compareLines(list, 'CNY').map((l) => [l.name, l.points[0]?.value])).toEqual([['金沙湖来信', 9]]);
    expect(compareLines(list, 'USD').map((l) => l.points[0]?.value)).toEqual([7, 5]);
    expect(compareLines(list)).toEqual([]);
  });
  it('name those that are not drawn, and why', () => {
    expect(compareNotes([home, abroad, secret], 'revenue', 'CNY')).toEqual([
      '这些剧的收入有 CNY、USD 几种币种。不同币种不折算，也不画在一条轴上；现在画的是 CNY，在「币种」里换另一种。',
      '没有 CNY 收入、没有画出：老街灯火。',
      '你看不到这几部剧的金额，没有画出：昼以继夜。需要看的话，请剧目负责人调整你在剧目里的角色。',
    ]);
    expect(compareNotes([abroad], 'revenue', 'USD')).toEqual([]);
    expect(compareNotes([home, secret], 'plays')).toEqual([]);
  });
  it('lay what a minute cost side by side, each currency for itself, the dearest first', () => {
    const cost = (id: string, amount: number, currency: string) =>
      aLine({
        title_id: id,
        return: { ...aLine().return!, costs: [{ amount, currency }], per_minute: { amount, currency } },
      });
    const got = minutesOf([cost('a', 10_0000, 'CNY'), cost('b', 40_0000, 'CNY'), cost('c', 7_0000, 'USD'), secret]);
    expect(got.map((g) => [g.currency, g.rows.map((r) => [r.id, r.share])])).toEqual([
      [
        'CNY',
        [
          ['b', 1],
          ['a', 0.25],
        ],
      ],
      ['USD', [['c', 1]]],
    ]);
    expect(got[0]?.rows[0]?.tip).toContain('÷');
  });
});

describe('files', () => {
  it('hold whole numbers, and amounts only for those who may see them', () => {
    const [heads, row] = compareCsv([aLine()], false);
    expect(row).toEqual(['金沙湖来信', '2026-03-01', 3_000_000, 120_000_000, '', '', 120_000_000]);
    expect(heads).toHaveLength(row!.length);
    expect(compareCsv([aLine()], true)[1]?.slice(-4)).toEqual(['¥1,000.00', '¥10,000.00', '¥25,000.00', 2.5]);
  });
  it('of groups name those who say nothing', () => {
    const [heads, row] = groupsCsv([aGroup], 'company', true);
    expect(row).toEqual(['未填', 3, 210_000_000, 60_000_000, 50_000_000, 2, 0, 0, '=金沙湖来信', '¥90,000.00', '', '']);
    expect(heads).toHaveLength(row!.length);
    expect(groupsCsv([aGroup], 'platform', false)[1]?.slice(4)).toEqual([50_000_000, 2, 0, 0, '=金沙湖来信']);
  });
});
