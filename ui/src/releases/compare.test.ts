import { describe, expect, it } from 'vitest';
import {
  atDay,
  compareCsv,
  compared,
  compareLines,
  groupsCsv,
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
  it('are never laid beside each other by amounts, whose currencies differ', () => {
    expect(compared).not.toContain('revenue');
    expect(compared).toContain('heat');
  });
});

describe('files', () => {
  it('hold whole numbers, and amounts only for those who may see them', () => {
    const [heads, row] = compareCsv([aLine()], false);
    expect(row).toEqual(['金沙湖来信', '2026-03-01', 3_000_000, 120_000_000, '', '', 120_000_000]);
    expect(heads).toHaveLength(row!.length);
    expect(compareCsv([aLine()], true)[1]?.slice(-4)).toEqual(['¥1,000.00', '¥10,000.00', '¥25,000.00', 2.5]);
  });
  it('of groups name those who say nothing, and leave out days that platforms do not have', () => {
    const [heads, row] = groupsCsv([aGroup], 'company', true);
    expect(row).toEqual(['未填', 3, 210_000_000, 60_000_000, 50_000_000, 2, 0, 0, '=金沙湖来信', '¥90,000.00', '', '']);
    expect(heads).toHaveLength(row!.length);
    expect(groupsCsv([aGroup], 'platform', false)[1]).toEqual(['未填', 3, 210_000_000, 60_000_000, '=金沙湖来信']);
  });
});
