import { describe, expect, it } from 'vitest';
import { anomalyText, type AnomalyRow } from './anomalies';

const drop: AnomalyRow = {
  title_id: 't1',
  title: '气运三角洲',
  release_id: 'r1',
  platform: '抖音',
  metric: 'plays',
  kind: 'drop',
  from: { at: '2026-03-05T15:59:59.999999999Z', value: 120_000_000, reading: 'x1' },
  to: { at: '2026-03-06T06:30:00Z', value: 110_000_000, reading: 'x2' },
  reading_id: 'x2',
};

describe('an anomaly', () => {
  it('is said with both readings, in the studio’s zone', () => {
    const money: AnomalyRow = {
      ...drop,
      metric: 'revenue',
      currency: 'USD',
      from: { ...drop.from, value: 6_000_000_000 },
      to: { ...drop.to, value: 5_500_000_000 },
    };
    expect(anomalyText(money, 'Asia/Shanghai')).toBe('抖音 收入：2026-03-05 的 $60万 → 2026-03-06 14:30 的 $55万');
    expect(anomalyText(drop, 'Asia/Shanghai')).toBe('抖音 播放量：2026-03-05 的 1.2亿 → 2026-03-06 14:30 的 1.1亿');
  });
});
