import { describe, expect, it } from 'vitest';
import { aMilestone } from '../releases/testing';
import {
  choiceWords,
  exportedText,
  fieldName,
  figuresOf,
  gapText,
  hinders,
  marksOf,
  valueText,
  writes,
  type Import,
} from './lines';
import { aCount, aPreview } from './testing';

const before = { id: 'i1' } as Import;

describe('an import', () => {
  it('tells every count, and what is rarer only where there is some', () => {
    const ids = (change = {}) => figuresOf(aCount(change)).map((f) => f.id);
    expect(ids()).toEqual(['new', 'duplicate', 'up', 'down', 'older', 'revived', 'unmatched', 'wrong', 'skipped']);
    expect(ids({ releases: 1, titles: 2 }).slice(-2)).toEqual(['releases', 'titles']);
  });
  it('writes what is new, corrected, revived or history, and no duplicate', () => {
    expect(writes(aCount({ new: 1, up: 2, down: 4, revived: 8, older: 16, duplicate: 32, unmatched: 64 }))).toBe(31);
  });
  it.each([
    ['', {}],
    ['lacking', { lacking: ['date'] }],
    ['nothing', { count: aCount({ duplicate: 3 }) }],
    ['', { count: aCount({ unmatched: 3 }) }],
    ['same', { count: aCount({ unmatched: 3, duplicate: 2 }), before }],
    ['same', { count: aCount({ duplicate: 2 }), before }],
    ['', { count: aCount({ up: 1 }), before }],
  ])('is hindered by %j where %j', (why, change) => {
    expect(hinders(aPreview(change))).toBe(why);
  });
});

it('sets what increments come to against what totals grew by', () => {
  const gap = { metric: 'revenue', currency: 'CNY', increments: 12_500_000, totals: -30_000 } as Parameters<
    typeof gapText
  >[0];
  expect(gapText(gap)).toBe('新增合计 CNY 1,250.00，累计增长 CNY −3.00');
});

describe('the words of a file', () => {
  it('name its fields, metrics as everywhere', () => {
    expect(['title', 'external_id', 'plays', 'plays_more', 'unheard'].map(fieldName)).toEqual([
      '剧名',
      '平台剧目编号',
      '播放量',
      '播放量（当期新增）',
      'unheard',
    ]);
  });
  it('say how it was read and leave out what was open', () => {
    const words = choiceWords({ encoding: 'gb18030', header_row: 3, columns: ['title', '', 'plays'], currency: '' });
    expect(words.map(([, value]) => value)).toEqual(['GB18030（含 GBK）', '3', '剧名、播放量', '累计总数']);
  });
  it('write the time of the export in the zone of the studio, and as it stands where it is no time', () => {
    expect(exportedText('2026-03-06T14:30:05.123+08:00', 'Asia/Shanghai')).toBe('2026-03-06 14:30');
    expect(exportedText('2026-03-06T16:30:00Z', 'Asia/Shanghai')).toBe('2026-03-07 00:30');
    expect(exportedText('昨天', 'Asia/Shanghai')).toBe('昨天');
    expect(exportedText(undefined, 'Asia/Shanghai')).toBe('');
  });
});

describe('values', () => {
  it.each([
    ['plays', 210_000_000, '', '210,000,000'],
    ['completion', 4625, '', '46.25%'],
    ['completion', 5, '', '0.05%'],
    ['revenue', 12_500_009_999, 'CNY', 'CNY 1,250,000.99'],
    ['spend', -5_000, 'USD', 'USD −0.50'],
  ])('of %s are whole: %i', (metric, value, currency, text) => {
    expect(valueText(metric, value, currency)).toBe(text);
  });
});

describe('milestones in an import', () => {
  const later = aMilestone({ id: 'm2', at: '2026-03-06T15:59:59.999999999Z' });
  it('that go are told first, then those that move with where to, then those that come', () => {
    const gone = aMilestone({ id: 'm3', threshold: 2e8, state: 'withdrawn' });
    const moved = aMilestone({ state: 'moved', became: 'm2' });
    const come = aMilestone({ id: 'm4', title_id: 't2' });
    const marks = marksOf([come, later, moved, gone]);
    expect(marks.map((m) => [m.kind, m.row.id, m.next?.id])).toEqual([
      ['gone', 'm3', undefined],
      ['moved', 'm1', 'm2'],
      ['come', 'm4', undefined],
    ]);
  });
  it('find what they became by what they are of, where a dry run gives no id', () => {
    const marks = marksOf([aMilestone({ state: 'moved', became: '' }), { ...later, id: '' }]);
    expect(marks.map((m) => [m.kind, m.next?.at])).toEqual([['moved', later.at]]);
  });
});
