import { describe, expect, it } from 'vitest';
import { groupsOf, linesOf, notesOf, readMetric, readRange, type Curves } from './curves';

const point = { at: '2026-03-08T15:59:59.999999999Z', value: 5, reading: 'x1' };
const line = (id: string, platform: string, change: Partial<Curves['lines'][number]> = {}) => ({
  release_id: id,
  platform,
  region: 'CN',
  date: '2026-03-02',
  summed: false,
  points: [point],
  ...change,
});
const href = () => '';

describe('the curves of a title', () => {
  it('begin with the sum, from the first day of release on any platform', () => {
    const curves = {
      metric: 'plays',
      lines: [line('r1', '抖音'), line('r2', '红果', { date: '2026-03-01' })],
      sum: [point],
    };
    expect(linesOf(curves, '', href).map((l) => [l.id, l.since])).toEqual([
      ['sum', '2026-03-01'],
      ['r1', '2026-03-02'],
      ['r2', '2026-03-01'],
    ]);
  });
  it('of one platform need no sum', () => {
    const curves = { metric: 'plays', lines: [line('r1', '抖音'), line('r2', '红果', { points: [] })], sum: [point] };
    expect(linesOf(curves, '', href).map((l) => l.id)).toEqual(['r1']);
  });
  it('draw the heat of one platform at a time, and say why', () => {
    const curves = { metric: 'heat', lines: [line('r1', '抖音'), line('r2', '抖音', { region: 'US' })], sum: [] };
    expect(groupsOf(curves)).toEqual(['抖音', '抖音 US']);
    expect(linesOf(curves, '抖音 US', href).map((l) => l.id)).toEqual(['r2']);
    expect(notesOf(curves)[0]).toContain('不能跨平台比较');
  });
  it('draw amounts of one currency at a time', () => {
    const lines = [line('r1', '抖音', { currency: 'CNY', summed: true }), line('r2', 'ReelShort', { currency: 'USD' })];
    expect(groupsOf({ metric: 'revenue', lines, sum: [] })).toEqual(['CNY', 'USD']);
    expect(notesOf({ metric: 'revenue', lines, sum: [] })).toEqual(['由各期增量累加：抖音']);
  });
});

describe('the address', () => {
  it('names no metric that the reader may not see', () => {
    expect([readMetric('revenue', false), readMetric('revenue', true), readMetric('x', true)]).toEqual([
      'plays',
      'revenue',
      'plays',
    ]);
    expect([readRange('30'), readRange('31'), readRange('')]).toEqual([30, 0, 0]);
  });
});
