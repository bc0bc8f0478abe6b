import { describe, expect, it } from 'vitest';
import { csvCell } from '../funnel/csv';
import { csvOf } from './csv';
import type { Line } from './lines';
import { colourOf, dashOf, looks, markPath } from './looks';
import { modelOf, type Ask } from './model';
import { rowsOf, whenText } from './rows';
import { spokenOf } from './says';
import { sourceOf, subOf } from './words';

const line = (id: string, since: string, points: [string, number][]): Line => ({
  id,
  name: id,
  since,
  points: points.map(([at, value], i) => ({ at, value, reading: `${id}${i}` })),
  href: (p) => `?reading=${p.reading}`,
});
const douyin = line('抖音', '2026-03-01', [
  ['2026-03-01T15:59:59.999999999Z', 0],
  ['2026-03-03T15:59:59.999999999Z', 60_000_000],
]);
const evil = line('=快手', '', [['2026-03-02T06:30:00Z', 110_000_000]]);
const ask: Ask = {
  lines: [douyin, evil],
  unit: { metric: 'plays' },
  thresholds: [10_000_000, 100_000_000, 500_000_000],
  log: false,
  aligned: false,
  days: 0,
  off: [],
  zone: 'Asia/Shanghai',
};

describe('modelOf', () => {
  it('keeps a line’s look when another is switched off', () => {
    const model = modelOf({ ...ask, off: ['抖音'] });
    expect(model.shown.map((d) => [d.line.id, d.look])).toEqual([['=快手', 1]]);
    expect(model.all).toHaveLength(2);
  });
  it('draws all rather than nothing', () => {
    expect(modelOf({ ...ask, off: ['抖音', '=快手'] }).shown).toHaveLength(2);
  });
  it('leaves nothing out of a scale of powers but what has no place there', () => {
    const model = modelOf({ ...ask, log: true });
    expect(model.columns[0]).toEqual([undefined, undefined, 60_000_000]);
    expect(model.up.min).toBeGreaterThan(0);
  });
  it('says which lines cannot be laid by their day of release', () => {
    const model = modelOf({ ...ask, aligned: true });
    expect(model.lacking).toEqual(['=快手']);
    expect(model.xs).toEqual([0, 2]);
  });
  it('stands with nothing at all', () => {
    const model = modelOf({ ...ask, lines: [] });
    expect([model.xs, model.levels]).toEqual([[], []]);
    expect(model.up.max).toBeGreaterThan(model.up.min);
  });
  it('shows the thresholds reached', () => {
    expect(modelOf(ask).levels).toEqual([
      { value: 10_000_000, reached: true },
      { value: 100_000_000, reached: true },
    ]);
  });
});

describe('the table and the file', () => {
  it('hold every point once, the latest first', () => {
    const model = modelOf(ask);
    const rows = rowsOf(model);
    expect(rows.map((r) => r.spots.map((s) => s?.value))).toEqual([
      [60_000_000, undefined],
      [undefined, 110_000_000],
      [0, undefined],
    ]);
    expect(rows.map((r) => whenText(model, r))).toEqual(['2026-03-03', '2026-03-02 14:30', '2026-03-01']);
  });
  it('give whole numbers, days and zones, and no formula', () => {
    const rows = csvOf(modelOf(ask));
    expect(rows[2]).toEqual(['抖音', '2026-03-03', 2, 60_000_000, '播放量', '抖音1']);
    expect(rows[3]).toEqual(['=快手', '2026-03-02T14:30+08:00', '', 110_000_000, '播放量', '=快手0']);
    expect(csvCell(rows[3]?.[0] ?? '')).toBe("'=快手");
  });
});

describe('words', () => {
  it('read out each line at a place, and say when it is older', () => {
    const model = modelOf(ask);
    expect(spokenOf(model, Date.parse('2026-03-03T15:59:59.999Z'))).toBe(
      '2026-03-03：抖音 6000万；=快手 1.1亿（截至 2026-03-02 14:30）',
    );
    expect(spokenOf(model, Date.parse('2026-03-01T15:59:59.999Z'))).toBe('2026-03-01：抖音 0');
  });
  it('say on a picture how it is drawn and of how many readings', () => {
    const model = modelOf({ ...ask, log: true, days: 7, off: ['抖音'] });
    expect(subOf(model)).toBe('时间按 Asia/Shanghai · 最近 7 天 · 对数刻度 · 未画出：抖音');
    expect(sourceOf(model, '金沙湖', new Date('2026-03-10T01:00:00Z'))[0]).toBe(
      '来源：金沙湖 的 1 条读数，截至 2026-03-02 14:30 · Chouka 抽卡 · 制图于 2026-03-10 09:00',
    );
  });
});

describe('looks', () => {
  it('differ without colour', () => {
    const all = Array.from({ length: looks }, (_, i) => i);
    expect(new Set(all.map((i) => markPath(i, 0, 0, 4))).size).toBe(looks);
    expect(new Set(all.map((i) => dashOf(i).join(' '))).size).toBe(looks);
    expect(new Set(all.map(colourOf)).size).toBe(looks);
    expect(markPath(looks, 0, 0, 4)).toBe(markPath(0, 0, 0, 4));
  });
});
