/**
 * The lines of a chart: what was observed, put on one axis of time or of days since release. Nothing is worked out between
 * two points: where a line has no point, it has its last one (product.md R2, R5).
 */
import type { Schema } from '../lib/client';
import { addDays, instant } from '../locations/zone';

export type Point = Schema<'Point'>;

/** Line is one line of a chart. */
export interface Line {
  id: string;
  name: string;
  /** since is the first day of release, '' where it is unknown; such a line cannot be laid beside others by it. */
  since: string;
  /** main marks the sum, drawn a little stronger. */
  main?: boolean;
  /** points in the order of time. */
  points: Point[];
  /** href is where a point's reading is shown. */
  href: (p: Point) => string;
}

/** Spot is a point at its place: x is milliseconds, or days after the end of the day of release. */
export interface Spot extends Point {
  x: number;
}

/** Drawn is a line with its spots and its number among all lines, which decides its colour, dash and mark. */
export interface Drawn {
  line: Line;
  look: number;
  spots: Spot[];
}

export const dayMs = 86_400_000;

// A reading with only a date is kept a moment before midnight: it stands at the end of its day.
const place = (days: number): number => Math.round(days * 1e6) / 1e6 + 0;

/** spotsOf puts a line's points on the axis. The end of the day of release is day 0, as in figures after n days. */
export function spotsOf(line: Line, aligned: boolean, zone: string): Spot[] {
  if (!aligned) return line.points.map((p) => ({ ...p, x: Date.parse(p.at) }));
  if (!line.since) return [];
  const zero = Date.parse(instant(`${addDays(line.since, 1)}T00:00`, zone));
  return line.points.map((p) => ({ ...p, x: place((Date.parse(p.at) - zero) / dayMs) }));
}

/** dayAt is the day counted from that of release (0) that a place on an aligned axis lies in. */
export function dayAt(x: number): number {
  return Math.ceil(x) + 0;
}

/** within leaves the spots of the last days, or of the first ones after release; 0 days leaves all. */
export function within(drawn: Drawn[], days: number, aligned: boolean): Drawn[] {
  if (days <= 0) return drawn;
  const last = Math.max(...drawn.map((d) => d.spots.at(-1)?.x ?? -Infinity));
  const keep = (s: Spot): boolean => (aligned ? s.x <= days : s.x >= last - days * dayMs);
  return drawn.map((d) => ({ ...d, spots: d.spots.filter(keep) }));
}

/** merge lays lines over one column of x, rising; a line has undefined where nothing was observed. */
export function merge(drawn: Drawn[]): { xs: number[]; columns: (number | undefined)[][] } {
  const xs = [...new Set(drawn.flatMap((d) => d.spots.map((s) => s.x)))].sort((a, b) => a - b);
  const row = new Map(xs.map((x, i) => [x, i]));
  const columns = drawn.map((d) => {
    const column = new Array<number | undefined>(xs.length).fill(undefined);
    for (const s of d.spots) column[row.get(s.x) ?? 0] = s.value;
    return column;
  });
  return { xs, columns };
}

/** latest is the last spot at or before a place, undefined before the first. */
export function latest(spots: Spot[], x: number): Spot | undefined {
  let [low, high] = [0, spots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spots[middle]?.x ?? Infinity) <= x) low = middle + 1;
    else high = middle;
  }
  return spots[low - 1];
}

/** nearest is the index of the place closest to x, -1 without any. */
export function nearest(xs: number[], x: number): number {
  let best = -1;
  for (const [i, at] of xs.entries()) {
    if (best < 0 || Math.abs(at - x) < Math.abs((xs[best] ?? 0) - x)) best = i;
  }
  return best;
}

const far = 10;

/** stepTo is where a key moves the cursor among n places, undefined for a key that moves nothing. */
export function stepTo(key: string, at: number, n: number): number | undefined {
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - far, PageDown: at + far, Home: 0, End: n - 1 }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(n - 1, to));
}
