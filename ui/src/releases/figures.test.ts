import { describe, expect, it } from 'vitest';
import { observedAgain } from './acts';
import { betweenText, dayText, exact, moment, newsOf, originText, overText, scopeText, shown } from './figures';
import { aMilestone, aReading, aRelease } from './testing';

const zone = 'Asia/Shanghai';

describe('figures', () => {
  it('are cut when shown, and whole in the tip', () => {
    expect(shown({ value: 99_999_500, bound: 'exact' })).toBe('9999.9万');
    expect(exact({ value: 99_999_500, bound: 'exact' })).toBe('99,999,500');
  });
  it('mark a lower bound', () => {
    expect(shown({ value: 210_000_000, bound: 'lower' })).toBe('2.1亿+');
    expect(exact({ value: 210_000_000, lower: true })).toBe('至少 210,000,000');
  });
});

describe('moments', () => {
  it('show the day alone where only a day was given', () => {
    expect(moment('2026-03-05T15:59:59.999999999Z', zone)).toBe('2026-03-05');
    expect(moment('2026-03-05T06:30:00Z', zone)).toBe('2026-03-05 14:30');
    expect(moment('2026-03-05T06:30:00Z', zone, true)).toBe('2026-03-05');
  });
  it('meet the same key when a reading is entered again', () => {
    expect(observedAgain(aReading())).toBe('2026-03-05');
    expect(observedAgain(aReading({ day_only: false, observed: '2026-03-05T06:30:00Z' }))).toBe('2026-03-05T06:30:00Z');
  });
});

describe('milestones', () => {
  it('are said in the words of the trade', () => {
    expect(overText(aMilestone())).toBe('播放量破1亿');
    expect(overText(aMilestone({ metric: 'heat', threshold: 50_000_000 }))).toBe('热度破5000万');
  });
  it('name the sum, or the one platform that makes it', () => {
    const sum = aMilestone({ release_id: undefined, platform: undefined });
    expect(scopeText(sum, [aRelease()])).toBe('抖音');
    expect(scopeText(sum, [aRelease(), aRelease('r2', '快手')])).toBe('全平台合计');
    expect(scopeText(aMilestone(), [aRelease(), aRelease('r2', '快手')])).toBe('抖音');
  });
  it('count the days from the release, and say nothing where it is unknown', () => {
    expect([dayText(aMilestone({ days: 11 })), dayText(aMilestone({ days: 0 })), dayText(aMilestone())]).toEqual([
      '第 11 天',
      '上线当天',
      '',
    ]);
  });
  it('name both ends of the interval, or the first reading alone', () => {
    expect(betweenText(aMilestone(), zone)).toBe('首个读数即达到：2026-03-05 的 1.2亿');
    const previous = { at: '2026-03-02T15:59:59.999999999Z', value: 30_000_000, reading: 'x0' };
    expect(betweenText(aMilestone({ previous }), zone)).toBe('介于 2026-03-02 的 3000万 与 2026-03-05 的 1.2亿 之间');
  });
  it('say where a figure came from', () => {
    expect(originText(aReading().now.origin)).toBe('公开报道 · 周榜');
    expect(originText({ kind: 'typed' })).toBe('手工录入');
  });
});

describe('newsOf', () => {
  const releases = [aRelease(), aRelease('r2', '快手')];
  it('tells the highest of what was crossed at once and names the others', () => {
    const changes = [10_000_000, 200_000_000, 100_000_000].map((threshold, i) =>
      aMilestone({ id: `m${i}`, threshold }),
    );
    expect(newsOf(changes, releases, zone)).toEqual([
      { tone: 'milestone', text: '播放量破2亿 · 气运三角洲 · 抖音', more: '同时破 1亿、1000万' },
    ]);
  });
  it('keeps platforms and metrics apart', () => {
    const changes = [
      aMilestone(),
      aMilestone({ id: 'm2', release_id: 'r2', platform: '快手' }),
      aMilestone({ id: 'm3', metric: 'heat' }),
    ];
    expect(newsOf(changes, releases, zone).map((n) => n.text)).toEqual([
      '播放量破1亿 · 气运三角洲 · 抖音',
      '播放量破1亿 · 气运三角洲 · 快手',
      '热度破1亿 · 气运三角洲 · 抖音',
    ]);
  });
  it('tells a moved one once, with its new day and the reason', () => {
    const old = aMilestone({ state: 'moved', became: 'm9', why: '看错小数点', rev: 2 });
    const next = aMilestone({ id: 'm9', at: '2026-03-08T15:59:59.999999999Z' });
    expect(newsOf([old, next], releases, zone)).toEqual([
      { tone: 'info', text: '播放量破1亿 改为 2026-03-08 · 气运三角洲', more: '看错小数点' },
    ]);
  });
  it('tells a withdrawn one, and is silent where only a mark changed', () => {
    const gone = aMilestone({ state: 'withdrawn', rev: 2, why: '重复统计' });
    const marked = aMilestone({ id: 'm2', rev: 2 });
    expect(newsOf([gone, marked], releases, zone)).toEqual([
      { tone: 'info', text: '播放量破1亿 已撤回 · 气运三角洲', more: '重复统计' },
    ]);
  });
});
