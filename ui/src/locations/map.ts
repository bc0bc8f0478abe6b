/**
 * A map without tiles: points on a plane in metres around their middle, north up. The plane is true to scale near its
 * middle, and still good enough to see what lies beside what across a province.
 */

/** Spot is a place on the earth in degrees, WGS-84. */
export interface Spot {
  lat: number;
  lon: number;
}

/** XY is a point of the plane in metres, or of the screen in pixels; y grows downwards. */
export interface XY {
  x: number;
  y: number;
}

/** View is what the screen shows: the metres in its middle, and how many metres a pixel has. */
export interface View extends XY {
  mpp: number;
}

/** Size of the map on the screen in pixels. */
export interface Size {
  width: number;
  height: number;
}

const degree = 111_195; // metres of a degree of latitude on the sphere that distances are measured on
const nearest = 0.05;
const farthest = 20_000;

/** middleOf is the middle of the box around some spots. */
export function middleOf(spots: Spot[]): Spot {
  if (spots.length === 0) return { lat: 0, lon: 0 };
  const lats = spots.map((s) => s.lat);
  const lons = spots.map((s) => s.lon);
  return {
    lat: (Math.min(...lats) + Math.max(...lats)) / 2,
    lon: (Math.min(...lons) + Math.max(...lons)) / 2,
  };
}

/** project puts a spot on the plane around a middle. */
export function project(spot: Spot, middle: Spot): XY {
  const narrow = Math.cos((middle.lat * Math.PI) / 180);
  return { x: (spot.lon - middle.lon) * degree * narrow, y: (middle.lat - spot.lat) * degree };
}

/** toScreen is where a point of the plane stands on the screen. */
export function toScreen(p: XY, view: View, size: Size): XY {
  return { x: size.width / 2 + (p.x - view.x) / view.mpp, y: size.height / 2 + (p.y - view.y) / view.mpp };
}

const clamp = (mpp: number): number => Math.min(farthest, Math.max(nearest, mpp));

/** fit shows all points with `edge` pixels around; a single one with a kilometre around it. */
export function fit(points: XY[], size: Size, edge = 56): View {
  if (points.length === 0) return { x: 0, y: 0, mpp: 10 };
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const room = { width: Math.max(40, size.width - 2 * edge), height: Math.max(40, size.height - 2 * edge) };
  const mpp = Math.max((right - left) / room.width, (bottom - top) / room.height, 2000 / Math.max(200, size.width));
  return { x: (left + right) / 2, y: (top + bottom) / 2, mpp: clamp(mpp) };
}

/** zoom goes nearer (factor below 1) or away; what stands at `at` on the screen stays there. */
export function zoom(view: View, factor: number, size: Size, at?: XY): View {
  const mpp = clamp(view.mpp * factor);
  const dx = at ? at.x - size.width / 2 : 0;
  const dy = at ? at.y - size.height / 2 : 0;
  return { x: view.x + dx * (view.mpp - mpp), y: view.y + dy * (view.mpp - mpp), mpp };
}

/** pan moves what is seen by pixels: the points go the way of the hand. */
export function pan(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx * view.mpp, y: view.y - dy * view.mpp };
}

/** niceBelow is the largest 1, 2 or 5 × 10ⁿ that is not above a number. */
export function niceBelow(n: number): number {
  const base = 10 ** Math.floor(Math.log10(n));
  const step = [5, 2, 1].find((s) => s * base <= n * (1 + 1e-9)) ?? 1;
  return Number((step * base).toPrecision(1));
}

/** Bar is the scale: a round length and how many pixels it takes. */
export interface Bar {
  metres: number;
  pixels: number;
}

/** barOf is the longest round scale of at most `most` pixels. */
export function barOf(view: View, most = 120): Bar {
  const metres = niceBelow(most * view.mpp);
  return { metres, pixels: metres / view.mpp };
}

/** lengthText writes metres: 300 m, 1.2 km, 38 km; it cuts and never rounds up. */
export function lengthText(metres: number): string {
  if (metres < 1) return `${Number(metres.toPrecision(1))} m`;
  if (metres < 1000) return `${Math.floor(metres)} m`;
  const km = metres / 1000;
  return `${km < 10 ? Math.floor(km * 10) / 10 : Math.floor(km)} km`;
}

/** gridOf is where the lines of a grid with one scale's width cross the screen. */
export function gridOf(view: View, size: Size, bar: Bar): { xs: number[]; ys: number[] } {
  const lines = (middle: number, pixels: number): number[] => {
    const first = Math.ceil((middle - (pixels / 2) * view.mpp) / bar.metres) * bar.metres;
    const out: number[] = [];
    for (let at = first; out.length < 100; at += bar.metres) {
      const x = pixels / 2 + (at - middle) / view.mpp;
      if (x > pixels) break;
      out.push(x);
    }
    return out;
  };
  return { xs: lines(view.x, size.width), ys: lines(view.y, size.height) };
}

/** Mark is a point on the screen with its name; `first` ones get their label before others. */
export interface Mark extends XY {
  id: string;
  name: string;
  first?: boolean;
}

/** Label is where a name stands: the corner of its box, left and top. */
export interface Label extends XY {
  id: string;
  width: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const radius = 9;
const high = 18;
const gap = 3;
const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** widthOf is about how wide a name is at 12 px: a Chinese character takes twice a letter's room. */
export function widthOf(name: string): number {
  let units = 0;
  for (const c of name) units += c.codePointAt(0)! > 0x2e7f ? 2 : 1.15;
  return Math.min(168, Math.ceil(units * 6) + 8);
}

function around(m: Mark, width: number): XY[] {
  const away = radius + gap;
  return [
    { x: m.x + away, y: m.y - high / 2 },
    { x: m.x - away - width, y: m.y - high / 2 },
    { x: m.x - width / 2, y: m.y + away },
    { x: m.x - width / 2, y: m.y - away - high },
  ];
}

/** labelsOf places names so that none lies on another, on a point, or over the edge; a name without room is left out. */
export function labelsOf(marks: Mark[], size: Size): Label[] {
  const seen = marks.filter((m) => m.x >= 0 && m.y >= 0 && m.x <= size.width && m.y <= size.height);
  const points = seen.map((m) => ({
    id: m.id,
    left: m.x - radius,
    top: m.y - radius,
    right: m.x + radius,
    bottom: m.y + radius,
  }));
  const taken: Box[] = [];
  const labels: Label[] = [];
  for (const m of [...seen].sort((a, b) => Number(b.first ?? false) - Number(a.first ?? false))) {
    const width = widthOf(m.name);
    for (const at of around(m, width)) {
      const box = { left: at.x, top: at.y, right: at.x + width, bottom: at.y + high };
      if (box.left < 0 || box.top < 0 || box.right > size.width || box.bottom > size.height) continue;
      if (taken.some((t) => meets(t, box)) || points.some((p) => p.id !== m.id && meets(p, box))) continue;
      taken.push(box);
      labels.push({ id: m.id, ...at, width });
      break;
    }
  }
  return labels;
}
