/** Records for tests: whole, with only what a test cares about changed. */
import type { MilestoneRow, Reading, ReleaseRow } from './figures';

const meta = { rev: 1, created: '2026-03-06T02:00:00Z', updated: '2026-03-06T02:00:00Z' };

/** aMilestone is 播放量破1亿 of one platform, reached on 5 March in Shanghai. */
export function aMilestone(change: Partial<MilestoneRow> = {}): MilestoneRow {
  return {
    ...meta,
    id: 'm1',
    title_id: 't1',
    release_id: 'r1',
    metric: 'plays',
    threshold: 100_000_000,
    at: '2026-03-05T15:59:59.999999999Z',
    value: 120_000_000,
    reading_id: 'x1',
    mark: 'exact',
    state: 'stands',
    title: '气运三角洲',
    platform: '抖音',
    ...change,
  };
}

/** aReading is 1.2亿 plays of release r1 for 5 March. */
export function aReading(change: Partial<Reading> = {}): Reading {
  return {
    ...meta,
    id: 'x1',
    title_id: 't1',
    release_id: 'r1',
    metric: 'plays',
    increment: false,
    observed: '2026-03-05T15:59:59.999999999Z',
    day_only: true,
    now: {
      text: '1.2亿',
      figure: { value: 120_000_000, step: 10_000_000, bound: 'exact' },
      by: 'p1',
      by_name: '罗运营',
      at: '2026-03-06T02:00:00Z',
      said: '2026-03-06T02:00:00Z',
      origin: { kind: 'press', note: '周榜' },
    },
    past: [],
    withdrawn: false,
    ...change,
  };
}

/** aRelease is r1 on 抖音. */
export function aRelease(id = 'r1', platform = '抖音'): ReleaseRow {
  const release = {
    ...meta,
    id,
    title_id: 't1',
    platform,
    region: 'CN',
    date: '2026-03-01',
    episodes: 80,
    url: '',
    note: '',
    external_id: '',
    price_model: '' as const,
    price_note: '',
    aliases: [],
    quiet: false,
  };
  return { release, title: '气运三角洲', now: [] };
}
