/** Axes: from where to where, and which lines are labelled. Plain numbers, so that they can be checked. */
import { addDays, dayOf, instant } from '../locations/zone';
import { dayMs } from './lines';

export interface Range {
  min: number;
  max: number;
}

const headroom = 1.06;
// A threshold that is not reached is drawn only where it does not flatten the curve.
const near = 1.4;

/** levelsIn is the thresholds that a chart with this greatest value shows: those reached, and the next one where it is near. */
export function levelsIn(thresholds: number[], max: number): { value: number; reached: boolean }[] {
  const next = Math.min(...thresholds.filter((v) => v > max));
  return thresholds
    .filter((v) => v <= max || (v === next && v <= max * near))
    .map((value) => ({ value, reached: value <= max }));
}

/** linearRange begins at zero: a cut axis makes small growth look great. */
export function linearRange(values: Range): Range {
  const min = Math.min(0, values.min);
  const max = Math.max(1, values.max);
  return { min: min < 0 ? min * headroom : 0, max: max * headroom };
}

const down = (v: number): number => 10 ** Math.floor(Math.log10(v));

/** logRange ends at 1, 2 or 5 of a power of ten on both sides; values must be above zero. */
export function logRange(values: Range): Range {
  const min = Math.max(1, values.min);
  const max = Math.max(min, values.max);
  const low = [5, 2, 1].map((m) => m * down(min)).find((v) => v <= min) ?? 1;
  const high = [1, 2, 5, 10].map((m) => m * down(max)).find((v) => v >= max * 1.02) ?? max * 10;
  return { min: low, max: high > low ? high : low * 10 };
}

/** niceStep is the 1, 2 or 5 of a power of ten that parts a span into at most `most` pieces. */
function niceStep(span: number, most: number): number {
  const rough = span / Math.max(1, most);
  const ten = down(rough);
  return ([1, 2, 5, 10].find((m) => m * ten >= rough * 0.999_999) ?? 10) * ten;
}

/** linearTicks are round values on the axis; counts are whole, so no tick lies between two of them. */
export function linearTicks({ min, max }: Range, most: number): number[] {
  const step = Math.max(1, niceStep(max - min, most));
  const out: number[] = [];
  for (let i = Math.ceil(min / step); i * step <= max; i++) out.push(i * step);
  return out;
}

/** logTicks are powers of ten, with 2 and 5 of each where there is room. */
export function logTicks({ min, max }: Range, most: number): number[] {
  const wide = [1, 2, 5].flatMap((m) => decades(min, max).map((d) => m * d));
  const fit = (list: number[]) => list.filter((v) => v >= min && v <= max).sort((a, b) => a - b);
  const all = fit(wide);
  if (all.length <= most) return all;
  const tens = fit(decades(min, max));
  const every = Math.ceil(tens.length / Math.max(1, most));
  return tens.filter((_, i) => i % every === 0);
}

function decades(min: number, max: number): number[] {
  const out: number[] = [];
  for (let e = Math.floor(Math.log10(min)); 10 ** e <= max; e++) out.push(10 ** e);
  return out;
}

const steps = [1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730];
const stepFor = (days: number, most: number): number =>
  steps.find((s) => days / s <= Math.max(1, most)) ?? Math.ceil(days / Math.max(1, most));

/** dayTicks are days since release on an aligned axis. */
export function dayTicks({ min, max }: Range, most: number): number[] {
  const step = stepFor(max - min, most);
  const out: number[] = [];
  for (let d = Math.ceil(min / step) * step; d <= max; d += step) out.push(d + 0);
  return out;
}

/** dateTicks are ends of days in the studio's zone, in milliseconds: where the figure of a day stands (R1). */
export function dateTicks({ min, max }: Range, most: number, zone: string): number[] {
  const step = stepFor((max - min) / dayMs, most);
  const out: number[] = [];
  for (let day = dayOf(new Date(min), zone); ; day = addDays(day, step)) {
    const end = Date.parse(instant(`${addDays(day, 1)}T00:00`, zone)) - 1;
    if (end > max) return out;
    out.push(end);
  }
}

/** acrossRange is the axis of time or days, never without width. */
export function acrossRange(xs: number[], aligned: boolean): Range {
  const day = aligned ? 1 : dayMs;
  const min = Math.min(xs[0] ?? 0, aligned ? 0 : Infinity);
  const max = xs.at(-1) ?? 0;
  return max - min >= day ? { min, max } : { min: min - day / 2, max: max + day / 2 };
}

/** spread leaves labels that lie apart; of two that would cover each other the higher value stays. y grows downwards. */
export function spread<T extends { value: number; y: number }>(labels: T[], apart: number): T[] {
  const kept: T[] = [];
  for (const label of [...labels].sort((a, b) => b.value - a.value)) {
    if (kept.every((k) => Math.abs(k.y - label.y) >= apart)) kept.push(label);
  }
  return kept;
}
