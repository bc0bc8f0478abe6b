import { describe, expect, it } from 'vitest';
import '../lib/testing';
import {
  againstUsual,
  episodeCsv,
  episodeValue,
  groupCsv,
  groupKey,
  groupValue,
  medianText,
  otherWaits,
  rateText,
  reasonCount,
  reasonIds,
  stageCsv,
  stagesOf,
  usualText,
} from './funnel';
import { aFunnel, aGroup, anEpisode } from './testing';

describe('stages', () => {
  it('stand in the order of the work, each with the one before and its own wait', () => {
    const stages = stagesOf(aFunnel());
    expect(stages.map((s) => [s.id, s.n, s.before])).toEqual([
      ['drawn', 340, undefined],
      ['seen', 300, 340],
      ['shortlisted', 90, 300],
      ['picked', 41, 90],
      ['locked', 12, 41],
    ]);
    expect(stages.map((s) => s.wait?.n)).toEqual([undefined, 300, 80, undefined, 12]);
  });
  it('leave a wait that leaps over a step beside', () => {
    expect(otherWaits(aFunnel()).map((w) => [w.from, w.to])).toEqual([['drawn', 'picked']]);
  });
  it('say a wait in words with its n', () => {
    expect(medianText({ from: 'drawn', to: 'seen', n: 1041, median_s: 3 * 3600 })).toBe('约 3 小时（n=1,041）');
  });
});

describe('a rate', () => {
  it('has its n beside it, and is two counts where n is small', () => {
    expect(rateText(41, 340)).toBe('12%（n=340）');
    expect(rateText(3, 4)).toBe('3/4');
    expect(rateText(9, 9)).toBe('9/9');
    expect(rateText(9, 10)).toBe('90%（n=10）');
    expect(rateText(0, 0)).toBe('–');
  });
  it('is cut, never rounded up', () => {
    expect(rateText(999, 1000)).toBe('99%（n=1,000）');
  });
});

describe('draws against usual', () => {
  const usual = { size: '近景', median: 6, n: 17 };
  it('name the size that the shots have in common, or the title', () => {
    expect(usualText(24, usual)).toBe('24 抽 · 同景别中位 6 · n=17');
    expect(usualText(24, { ...usual, size: '' })).toBe('24 抽 · 全剧中位 6 · n=17');
    expect(usualText(24, undefined)).toBe('24 抽');
  });
  it('are far above from twice the median on', () => {
    expect([6, 7, 11, 12].map((n) => againstUsual(n, usual))).toEqual(['usual', 'above', 'above', 'far']);
    expect(againstUsual(4, { ...usual, median: 2 })).toBe('above');
    expect(againstUsual(99, { ...usual, n: 0 })).toBe('unknown');
    expect(againstUsual(99, undefined)).toBe('unknown');
  });
});

describe('reasons', () => {
  it('are those that occur', () => {
    expect(reasonIds(aFunnel())).toEqual(['face', 'hand']);
  });
  it('leave no rejection out: those without a word stand last', () => {
    const f = aFunnel({ rejected: 210 });
    expect(reasonIds(f)).toEqual(['face', 'hand', '']);
    expect(reasonCount(f, '')).toBe(10);
    expect(reasonCount(aFunnel(), '')).toBe(0);
  });
});

describe('groups', () => {
  it('sort by any figure, and have no rate where they have no takes', () => {
    const g = aGroup();
    expect([groupValue(g, 'takes'), groupValue(g, 'r.hand'), groupValue(g, 'r.face')]).toEqual([200, 30, 90]);
    expect(groupValue(g, 'hit')).toBe(0.15);
    expect(groupValue(aGroup({ takes: 0 }), 'hit')).toBeUndefined();
  });
  it('tell two people of one name apart', () => {
    const two = [aGroup({ id: 'p1', name: '李丽' }), aGroup({ id: 'p2', name: '李丽' })];
    expect(new Set(two.map(groupKey)).size).toBe(2);
  });
});

describe('files', () => {
  it('hold the funnel with raw seconds', () => {
    expect(stageCsv(aFunnel())[2]).toEqual(['看过', 300, 0.8823, 10_800, 300]);
  });
  it('hold a table of groups with its total, and an unknown model by name', () => {
    const rows = groupCsv(aFunnel(), aFunnel().models, 'model');
    expect(rows[0]).toEqual(['模型', '抽出', '选中', '候选命中率', '废片', '脸崩', '手崩']);
    expect(rows[1]).toEqual(['可灵 2.5', 200, 30, 0.15, 120, 90, 30]);
    expect(rows[2]?.[0]).toBe('没有记录模型');
    expect(rows.at(-1)).toEqual(['合计', 340, 41, 0.1205, 200, 150, 50]);
  });
  it('hold the episodes', () => {
    const rows = episodeCsv([anEpisode(), anEpisode({ number: 2, takes: 0, returned: 0, picked: 0 })]);
    expect(rows[0]).toHaveLength(rows[1]!.length);
    expect(rows[1]).toEqual([1, '夜场', 20, 120, 110, 340, 300, 90, 41, 12, 0.1205, 0.3727]);
    expect(rows[2]?.slice(-2)).toEqual(['', '']);
    expect(episodeValue(anEpisode(), 'drawHit')).toBeCloseTo(41 / 110);
  });
});
