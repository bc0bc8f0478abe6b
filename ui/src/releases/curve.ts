/** The geometry of the curve of summed plays: pixels for points, thresholds and days. Values are whole counts. */
import type { Schema } from '../lib/client';

export type Point = Schema<'Point'>;

/** Spot is a point on the picture with what it stands for. */
export interface Spot {
  x: number;
  y: number;
  point: Point;
}

/** Picture is all that is drawn. width and height are of the plot, in pixels. */
export interface Picture {
  width: number;
  height: number;
  top: number;
  spots: Spot[];
  line: string;
  area: string;
  thresholds: { y: number; value: number; reached: boolean }[];
  ticks: { x: number; at: number }[];
}

const headroom = 1.08;
// A threshold that is not reached is drawn only where it does not flatten the curve.
const near = 1.4;

function scaleTop(max: number, thresholds: number[]): number {
  const next = thresholds.filter((v) => v > max).sort((a, b) => a - b)[0];
  return Math.max(1, next !== undefined && next <= max * near ? next : max) * headroom;
}

/** pictureOf lays points out; time runs from `since` (the first day of release) or the first point, values from zero. */
export function pictureOf(
  points: Point[],
  thresholds: number[],
  size: { width: number; height: number },
  since?: number,
): Picture {
  const { width, height } = size;
  const times = points.map((p) => Date.parse(p.at));
  const max = Math.max(0, ...points.map((p) => p.value));
  const top = scaleTop(max, thresholds);
  const first = Math.min(since ?? Infinity, ...times);
  const last = Math.max(...times);
  const across = last > first ? last - first : 1;
  const x = (at: number): number => (last > first ? ((at - first) / across) * width : width / 2);
  const y = (value: number): number => height - (value / top) * height;
  const spots = points.map((point, i) => ({ x: x(times[i] ?? 0), y: y(point.value), point }));
  const line = spots.map((s, i) => `${i === 0 ? 'M' : 'L'}${s.x.toFixed(1)} ${s.y.toFixed(1)}`).join('');
  const [head, tail] = [spots[0], spots.at(-1)];
  return {
    width,
    height,
    top,
    spots,
    line,
    area: head && tail ? `${line}L${tail.x.toFixed(1)} ${height}L${head.x.toFixed(1)} ${height}Z` : '',
    thresholds: spread(
      thresholds.filter((v) => v <= top).map((value) => ({ y: y(value), value, reached: value <= max })),
    ),
    ticks: points.length > 0 ? ticksOf(first, last, width).map((at) => ({ x: x(at), at })) : [],
  };
}

const apart = 14;

// Labels of thresholds that lie close together would cover each other; the higher one stays.
function spread(lines: Picture['thresholds']): Picture['thresholds'] {
  const kept: Picture['thresholds'] = [];
  for (const line of [...lines].sort((a, b) => b.value - a.value)) {
    if (kept.every((k) => Math.abs(k.y - line.y) >= apart)) kept.push(line);
  }
  return kept.reverse();
}

const tickRoom = 132;

function ticksOf(first: number, last: number, width: number): number[] {
  if (last <= first) return [first];
  const days = Math.floor((last - first) / 86_400_000);
  const n = Math.max(1, Math.min(6, days, Math.floor(width / tickRoom)));
  return Array.from({ length: n + 1 }, (_, i) => first + ((last - first) * i) / n);
}

/** nearest is the index of the spot closest to a place on the picture, -1 without any. */
export function nearest(spots: Spot[], x: number): number {
  let best = -1;
  for (const [i, s] of spots.entries()) {
    if (best < 0 || Math.abs(s.x - x) < Math.abs((spots[best]?.x ?? 0) - x)) best = i;
  }
  return best;
}
