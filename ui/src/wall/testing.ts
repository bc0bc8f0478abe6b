/** Titles of the wall for tests: whole, with only what a test cares about changed. */
import type { Board, Forecast, Growth, Latest, PlatformFigure } from './wall';

const noon = (day: string): string => `${day}T04:00:00Z`;

/** aLatest is 1.2亿 plays. */
export function aLatest(change: Partial<Latest> = {}): Latest {
  return {
    metric: 'plays',
    figure: { value: 120_000_000, step: 10_000_000, bound: 'exact' },
    text: '1.2亿',
    observed: noon('2026-03-06'),
    reading_id: 'x2',
    ...change,
  };
}

/** aPlatform is the release r1 on 抖音. */
export function aPlatform(change: Partial<PlatformFigure> = {}): PlatformFigure {
  return { release_id: 'r1', platform: '抖音', region: 'CN', quiet: false, now: [aLatest()], ...change };
}

/** aGrowth is 2000万 more in a day. */
export function aGrowth(change: Partial<Growth> = {}): Growth {
  return {
    value: 20_000_000,
    from: { at: noon('2026-03-05'), value: 100_000_000, reading: 'x1' },
    to: { at: noon('2026-03-06'), value: 120_000_000, reading: 'x2' },
    ...change,
  };
}

/** aForecast is 2亿 between 10 and 14 March. */
export function aForecast(change: Partial<Forecast> = {}): Forecast {
  return {
    threshold: 200_000_000,
    left: 80_000_000,
    days: 5,
    fast: 20_000_000,
    slow: 10_000_000,
    earliest: '2026-03-10',
    latest: '2026-03-14',
    ...change,
  };
}

/** aBoard is 气运三角洲 with 1.2亿 plays on one platform. */
export function aBoard(change: Partial<Board> = {}, wall: Partial<Board['wall']> = {}): Board {
  return {
    title: {
      id: 't1',
      rev: 1,
      created: noon('2026-03-01'),
      updated: noon('2026-03-01'),
      name: '气运三角洲',
      code: 'QYSJZ',
      kind: 'AI漫剧',
      company: '金沙湖',
      note: '',
      stage: 'on',
      paused: false,
      aliases: [],
      first_frame: 1001,
      facts: [],
      demo: false,
    },
    episodes: 0,
    scenes: 0,
    shots: 0,
    picked: 0,
    to_review: 0,
    attempts: 0,
    takes: 0,
    plays: { value: 120_000_000, lower: false, at: noon('2026-03-06'), parts: 1 },
    wall: { platforms: [aPlatform()], provisional: 0, anomalies: 0, days: 5, ...wall },
    ...change,
  };
}
