import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetUndo, undoLast } from '../lib/undo.svelte';
import {
  amountText,
  costAgain,
  lackingOf,
  paybackDays,
  perMinuteFormula,
  removeCost,
  roiFormula,
  together,
  type Cost,
  type Return,
} from './returns';
import { addUp, partsOf, wherePlatform } from './sums';
import { aReading, aRelease } from './testing';

const cny = (amount: number) => ({ amount, currency: 'CNY' });

function aReturn(change: Partial<Return> = {}): Return {
  return {
    entries: [],
    parts: [],
    costs: [cny(3_000_000_000)],
    spend: [{ amount: cny(1_000_000_000), at: '2026-03-06T00:00:00Z', parts: [] }],
    revenue: [{ amount: cny(1_239_999_999), at: '2026-03-06T00:00:00Z', parts: [] }],
    seconds: 5400,
    seconds_from: 'typed',
    per_minute: cny(33_333_333),
    roi: { milli: 1239, currency: 'CNY' },
    lacking: [],
    ...change,
  };
}

const aCost: Cost = {
  id: 'c1',
  rev: 2,
  created: '2026-03-01T00:00:00Z',
  updated: '2026-03-01T00:00:00Z',
  title_id: 't1',
  kind: 'labour',
  amount: cny(300_005_000),
  note: '后期',
  by: 'p1',
  by_name: '罗运营',
};

afterEach(() => {
  forgetUndo();
  vi.unstubAllGlobals();
});

describe('cost against return', () => {
  it('says each figure with its formula, every digit of it', () => {
    expect(roiFormula(aReturn())).toBe('收入 ¥123,999.9999 ÷ 投流 ¥100,000.00');
    expect(perMinuteFormula(aReturn())).toBe('¥300,000.00 ÷ 成片 1:30:00');
  });
  it('says no formula of what is not worked out', () => {
    expect(roiFormula(aReturn({ roi: undefined }))).toBe('');
    expect(roiFormula(aReturn({ spend: [] }))).toBe('');
    expect(perMinuteFormula(aReturn({ per_minute: undefined }))).toBe('');
  });
  it('never adds currencies up', () => {
    expect(together([cny(10_000), { amount: 20_000, currency: 'USD' }])).toBe('¥1.00 + $2.00');
    expect(together([])).toBe('–');
  });
  it('counts the days to the payback from the release', () => {
    const at = { at: '2026-03-20T00:00:00Z', value: 1, reading: 'x1' };
    expect(paybackDays(aReturn({ payback: { at, days: 19 } }))).toBe('第 19 天');
    expect(paybackDays(aReturn({ payback: { at, days: 0 } }))).toBe('上线当天');
    expect(paybackDays(aReturn({ payback: { at } }))).toBe('');
  });
  it('passes over reasons that it has no words for', () => {
    expect(lackingOf(aReturn({ lacking: ['cost', 'moon', 'not_yet'] }))).toEqual(['cost', 'not_yet']);
  });
});

describe('a cost', () => {
  it('goes back into its form with every digit', () => {
    expect([amountText(cny(300_005_000)), amountText(cny(1)), amountText(cny(20_000))]).toEqual([
      '30000.5',
      '0.0001',
      '2',
    ]);
  });
  it('that was removed is entered again by undo', async () => {
    const sent: unknown[] = [];
    vi.stubGlobal('fetch', (url: string, o: RequestInit) => {
      sent.push([o.method, url, o.body ? JSON.parse(o.body as string) : undefined]);
      return Promise.resolve(new Response(JSON.stringify(aCost), { status: 200 }));
    });
    await removeCost(aCost, () => undefined);
    await undoLast();
    expect(sent).toEqual([
      ['DELETE', '/api/v1/costs/c1', undefined],
      ['POST', '/api/v1/titles/t1/costs', costAgain(aCost)],
    ]);
  });
});

describe('a sum', () => {
  const latest = (value: number, reading_id: string) => ({
    metric: 'plays',
    figure: { value, step: 1, bound: 'exact' as const },
    text: String(value),
    observed: '2026-03-06T00:00:00Z',
    reading_id,
  });
  const [one, two] = [aRelease('r1', '抖音'), aRelease('r2', '快手')];
  const releases = [
    { ...one, now: [latest(5, 'x1')] },
    { ...two, now: [latest(9, 'x2')] },
  ];
  it('is made of the last figure of each platform, the largest first', () => {
    expect(partsOf(releases, 'plays').map((p) => [p.platform, p.figure.value, p.reading])).toEqual([
      ['快手', 9, 'x2'],
      ['抖音', 5, 'x1'],
    ]);
    expect(partsOf(releases, 'heat')).toEqual([]);
    expect([wherePlatform(releases, 'x2'), wherePlatform(releases, 'x9')]).toEqual(['快手', '']);
  });
  it('of periods leaves totals and what was withdrawn out', () => {
    const list = [
      aReading({ id: 'a', increment: true }),
      aReading({ id: 'b' }),
      aReading({ id: 'c', increment: true, withdrawn: true }),
    ];
    expect(addUp(list).map((p) => p.reading)).toEqual(['a']);
  });
});
