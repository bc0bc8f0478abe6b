import { describe, expect, it } from 'vitest';
import { anomalyHref, anomalyText, countOf, inOrder, staleText, type Anomaly, type Health } from './health';

const zone = 'Asia/Shanghai';
const none: Health = {
  stale: [],
  stale_count: 0,
  strays: [],
  stray_count: 0,
  anomalies: [],
  anomaly_count: 0,
  provisional: [],
  provisional_count: 0,
};
const drop: Anomaly = {
  title_id: 't1',
  title: '气运三角洲',
  release_id: 'r1',
  platform: '抖音',
  metric: 'plays',
  kind: 'drop',
  from: { at: '2026-03-05T15:59:59.999999999Z', value: 120_000_000, reading: 'x1' },
  to: { at: '2026-03-06T15:59:59.999999999Z', value: 110_000_000, reading: 'x2' },
  reading_id: 'x2',
};

describe('data health', () => {
  it('is in order only where nothing at all waits', () => {
    expect(inOrder(none)).toBe(true);
    expect(inOrder({ ...none, stray_count: 1 })).toBe(false);
  });
  it('counts what is not listed too', () => {
    expect(countOf({ ...none, anomalies: [drop], anomaly_count: 130 }, 'anomalies')).toBe(130);
  });
  it('names both points of an anomaly and leads to its reading', () => {
    expect(anomalyText(drop, zone)).toBe('2026-03-05 1.2亿 → 2026-03-06 1.1亿');
    expect(anomalyHref(drop)).toBe('/titles/t1/releases?reading=x2');
  });
  it('tells how long a release is silent, and since when', () => {
    const one = { title_id: 't1', title: '', release_id: 'r1', platform: '抖音', days: 5 };
    expect(staleText({ ...one, fresh: '2026-03-05T15:59:59.999999999Z' }, zone)).toBe(
      '5 天没有读数 · 最近一次 2026-03-05',
    );
    expect(staleText(one, zone)).toBe('5 天没有读数 · 还没有任何读数');
  });
});
