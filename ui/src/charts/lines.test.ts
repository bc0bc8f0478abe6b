import { describe, expect, it } from 'vitest';
import { dayAt, latest, merge, nearest, spotsOf, stepTo, within, type Drawn, type Line } from './lines';

const zone = 'Asia/Shanghai';
const line = (id: string, since: string, points: [string, number][]): Line => ({
  id,
  name: id,
  since,
  points: points.map(([at, value]) => ({ at, value, reading: `${id} ${at}` })),
  href: (p) => `?reading=${p.reading}`,
});
const drawn = (lines: Line[], aligned: boolean): Drawn[] =>
  lines.map((l, look) => ({ line: l, look, spots: spotsOf(l, aligned, zone) }));

describe('spotsOf', () => {
  const one = line('a', '2026-03-01', [
    ['2026-03-01T15:59:59.999999999Z', 10],
    ['2026-03-02T04:00:00Z', 20],
    ['2026-03-08T15:59:59.999999999Z', 30],
  ]);

  it('puts the figure of the end of a day at that day after release', () => {
    const xs = spotsOf(one, true, zone).map((s) => s.x);
    expect(xs).toEqual([0, 0.5, 7]);
    expect(xs.map(dayAt)).toEqual([0, 1, 7]);
  });
  it('reckons the day of release in the studio’s zone', () => {
    expect(spotsOf(one, true, 'UTC')[2]?.x).toBeCloseTo(6.6667, 3);
  });
  it('places nothing by a day of release that nobody knows', () => {
    expect(spotsOf({ ...one, since: '' }, true, zone)).toEqual([]);
    expect(spotsOf({ ...one, since: '' }, false, zone)).toHaveLength(3);
  });
  it('names the moments before the end of the day of release as that day', () => {
    expect(Object.is(dayAt(-0.4), 0)).toBe(true);
  });
});

describe('merge', () => {
  it('lays lines over one column and leaves holes where nothing was observed', () => {
    const a = line('a', '', [
      ['2026-03-01T00:00:00Z', 1],
      ['2026-03-03T00:00:00Z', 3],
    ]);
    const b = line('b', '', [
      ['2026-03-02T00:00:00Z', 20],
      ['2026-03-03T00:00:00Z', 30],
    ]);
    const { xs, columns } = merge(drawn([a, b], false));
    expect(xs).toHaveLength(3);
    expect([...xs].sort((x, y) => x - y)).toEqual(xs);
    expect(columns).toEqual([
      [1, undefined, 3],
      [undefined, 20, 30],
    ]);
  });
  it('lets two titles meet at the same day after release', () => {
    const a = line('a', '2026-03-01', [['2026-03-08T15:59:59.999999999Z', 1]]);
    const b = line('b', '2026-01-10', [['2026-01-17T15:59:59.999999999Z', 2]]);
    expect(merge(drawn([a, b], true))).toEqual({ xs: [7], columns: [[1], [2]] });
  });
});

describe('within', () => {
  const a = line('a', '2026-03-01', [
    ['2026-03-01T15:59:59.999Z', 1],
    ['2026-03-08T15:59:59.999Z', 2],
    ['2026-03-20T15:59:59.999Z', 3],
  ]);
  it('keeps the last days by date and the first days after release', () => {
    expect(within(drawn([a], false), 7, false)[0]?.spots.map((s) => s.value)).toEqual([3]);
    expect(within(drawn([a], true), 7, true)[0]?.spots.map((s) => s.value)).toEqual([1, 2]);
    expect(within(drawn([a], true), 0, true)[0]?.spots).toHaveLength(3);
  });
});

describe('reading off', () => {
  const spots = spotsOf(
    line('a', '', [
      ['2026-03-01T00:00:00Z', 1],
      ['2026-03-03T00:00:00Z', 3],
    ]),
    false,
    zone,
  );
  it('says the last figure before, and never a later one', () => {
    expect(latest(spots, Date.UTC(2026, 2, 2))?.value).toBe(1);
    expect(latest(spots, Date.UTC(2026, 2, 3))?.value).toBe(3);
    expect(latest(spots, Date.UTC(2026, 1, 1))).toBeUndefined();
    expect(latest([], 5)).toBeUndefined();
  });
  it('finds the place under the pointer', () => {
    expect([nearest([1, 5, 11], -50), nearest([1, 5, 11], 6), nearest([1, 5, 11], 99), nearest([], 1)]).toEqual([
      0, 1, 2, -1,
    ]);
  });
  it('steps by keys and stays on the line', () => {
    const moves: [string, number, number | undefined][] = [
      ['ArrowLeft', 0, 0],
      ['ArrowRight', 0, 1],
      ['ArrowRight', 29, 29],
      ['PageUp', 15, 5],
      ['PageDown', 25, 29],
      ['Home', 12, 0],
      ['End', 12, 29],
      ['x', 12, undefined],
    ];
    for (const [key, at, to] of moves) expect(stepTo(key, at, 30), key).toBe(to);
  });
});
