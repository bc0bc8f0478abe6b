/**
 * The shape of strokes. A drawing is stored in a picture's own measures (1/10000 of width and height); lengths are only true in
 * a box with the picture's proportions, whose shorter side is 1000, so that a stroke's size is its thickness there.
 */
import { getStrokeOutlinePoints, getStrokePoints } from 'perfect-freehand';
import type { Stroke } from './link';

/** Box is the size of the drawing's ground; its shorter side is 1000. */
export interface Box {
  w: number;
  h: number;
}

/** Pt is a place in a box with the pressure there (0 to 1). */
export type Pt = [x: number, y: number, pressure: number];

const grain = 10_000;
const half = 0.5;
const soft = { thinning: 0.5, smoothing: 0.5 };

/** boxOf is the box of a picture by width / height. */
export function boxOf(ratio: number): Box {
  if (!(ratio > 0) || !Number.isFinite(ratio)) return { w: 1000, h: 1000 };
  return ratio >= 1 ? { w: 1000 * ratio, h: 1000 } : { w: 1000, h: 1000 / ratio };
}

/** placed reads stored points into a box. */
export function placed(points: number[], box: Box): Pt[] {
  const out: Pt[] = [];
  for (let i = 0; i + 2 < points.length; i += 3) {
    out.push([(points[i]! / grain) * box.w, (points[i + 1]! / grain) * box.h, points[i + 2]! / 1000]);
  }
  return out;
}

const within = (n: number, most: number) => Math.round(Math.max(0, Math.min(1, n)) * most);

/** stored writes points of a box as whole numbers; what lies outside the picture is moved to its edge. */
export function stored(points: Pt[], box: Box): number[] {
  return points.flatMap(([x, y, p]) => [within(x / box.w, grain), within(y / box.h, grain), within(p, 1000)]);
}

/**
 * inked turns what a pointer left into what is drawn. Shaking is smoothed out, though the end stays under the pointer; a pointer
 * that feels no pressure gets some from its speed, as perfect-freehand does it, so that a stored stroke looks the same however
 * few points it keeps.
 */
export function inked(raw: Pt[], size: number, feels: boolean): Pt[] {
  const points = getStrokePoints(raw, { size, streamline: 0.4, last: true });
  let pressure = half;
  return points.map((p) => {
    if (feels) return [p.point[0], p.point[1], p.pressure];
    const speed = Math.min(1, p.distance / size);
    pressure = Math.min(1, pressure + (1 - speed - pressure) * speed * 0.275);
    return [p.point[0], p.point[1], pressure];
  });
}

function farthest(points: Pt[], from: number, to: number, size: number): { at: number; off: number } {
  const [a, b] = [points[from]!, points[to]!];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const long = dx * dx + dy * dy;
  let [at, off] = [from, 0];
  for (let i = from + 1; i < to; i++) {
    const p = points[i]!;
    const t = long === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / long));
    // A difference in pressure counts as far as it moves the stroke's edge.
    const edge = (p[2] - (a[2] + (b[2] - a[2]) * t)) * size * half;
    const d = Math.hypot(p[0] - a[0] - dx * t, p[1] - a[1] - dy * t, edge);
    if (d > off) [at, off] = [i, d];
  }
  return { at, off };
}

/** simplified drops points without moving the stroke's edge by more than `off` (Ramer, Douglas and Peucker, with pressure). */
export function simplified(points: Pt[], size: number, off: number): Pt[] {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const open: [number, number][] = [[0, points.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const far = farthest(points, span[0], span[1], size);
    if (far.off <= off) continue;
    keep.add(far.at);
    open.push([span[0], far.at], [far.at, span[1]]);
  }
  return points.filter((_, i) => keep.has(i));
}

/** shortened simplifies until at most `most` points are left. */
export function shortened(points: Pt[], size: number, most: number): Pt[] {
  let out = points;
  for (let off = 0.5; off <= 64 && (out === points || out.length > most); off *= 2) out = simplified(points, size, off);
  return out.length > most ? out.filter((_, i) => i < most - 1 || i === out.length - 1) : out;
}

const short = (n: number) => n.toFixed(1);

/** outline is the path around a pen's stroke, closed, to be filled. */
export function outline(points: Pt[], size: number): string {
  const inner = getStrokePoints(points, { size, streamline: 0, last: true });
  const edge = getStrokeOutlinePoints(inner, { ...soft, size, simulatePressure: false, last: true });
  if (edge.length < 3) return '';
  const at = (i: number) => edge[i % edge.length]!;
  let d = `M${short(at(0)[0])} ${short(at(0)[1])}Q`;
  edge.forEach((p, i) => {
    const next = at(i + 1);
    d += `${short(p[0])} ${short(p[1])} ${short((p[0] + next[0]) / 2)} ${short((p[1] + next[1]) / 2)} `;
  });
  return `${d.trimEnd()}Z`;
}

/** arrow is the shaft and the head of an arrow from a to b, as two paths; the head keeps its shape on a short shaft. */
export function arrow(a: Pt, b: Pt, size: number): { shaft: string; head: string } {
  const long = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const [ux, uy] = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
  const wing = Math.min(12 + size * 3, Math.max(long, size * 2));
  const wide = wing * half;
  const [rx, ry] = [b[0] - ux * wing, b[1] - uy * wing];
  const [nx, ny] = [rx + ux * wing * 0.25, ry + uy * wing * 0.25];
  const left = `${short(rx - uy * wide)} ${short(ry + ux * wide)}`;
  const right = `${short(rx + uy * wide)} ${short(ry - ux * wide)}`;
  return {
    shaft: `M${short(a[0])} ${short(a[1])}L${short(nx)} ${short(ny)}`,
    head: `M${short(b[0])} ${short(b[1])}L${left}L${short(nx)} ${short(ny)}L${right}Z`,
  };
}

/** corners are the left upper and the right lower corner of a box that was drawn in any direction. */
export function corners(a: Pt, b: Pt): { x: number; y: number; w: number; h: number } {
  return {
    x: Math.min(a[0], b[0]),
    y: Math.min(a[1], b[1]),
    w: Math.abs(a[0] - b[0]),
    h: Math.abs(a[1] - b[1]),
  };
}

/** wideOf guesses how wide a text is drawn: an ideograph is as wide as it is high, a letter a little over half. */
export function wideOf(text: string, size: number): number {
  return [...text].reduce((sum, c) => sum + (/[\u1100-\uffff]|[\ud800-\udfff]/.test(c) ? 1 : 0.58), 0) * size;
}

/** textAt is the left upper corner of a text: where it was put, but moved so that as much of it as can be stays on the picture. */
export function textAt(stroke: Stroke, box: Box): { x: number; y: number } {
  const [[x, y] = [0, 0]] = placed(stroke.points, box);
  const wide = wideOf(stroke.text ?? '', stroke.size);
  return { x: Math.max(0, Math.min(x, box.w - wide)), y: Math.max(0, Math.min(y, box.h - stroke.size * 1.2)) };
}

function away(p: Pt, a: Pt, b: Pt): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const long = dx * dx + dy * dy;
  const t = long === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / long));
  return Math.hypot(p[0] - a[0] - dx * t, p[1] - a[1] - dy * t);
}

const inside = (p: Pt, x: number, y: number, w: number, h: number, near: number) =>
  p[0] >= x - near && p[0] <= x + w + near && p[1] >= y - near && p[1] <= y + h + near;

/** touches tells whether a place lies on a stroke, or within `near` of it. The middle of a box is not on it. */
export function touches(stroke: Stroke, place: Pt, near: number, box: Box): boolean {
  const points = placed(stroke.points, box);
  const [a, b = a] = points;
  if (!a || !b) return false;
  if (stroke.tool === 'text') {
    const at = textAt(stroke, box);
    return inside(place, at.x, at.y, wideOf(stroke.text ?? '', stroke.size), stroke.size * 1.2, near);
  }
  const reach = near + stroke.size / 2;
  if (stroke.tool === 'box') {
    const c = corners(a, b);
    if (!inside(place, c.x, c.y, c.w, c.h, reach)) return false;
    return !inside(place, c.x + reach, c.y + reach, c.w - 2 * reach, c.h - 2 * reach, 0);
  }
  if (points.length === 1) return away(place, a, a) <= reach;
  return points.some((p, i) => i > 0 && away(place, points[i - 1]!, p) <= reach);
}

/** drawnPoints counts the points of a drawing, of which the server takes so many. */
export function drawnPoints(strokes: Stroke[]): number {
  return strokes.reduce((n, s) => n + s.points.length / 3, 0);
}
