/** Draws a model with uPlot, on the screen or, larger, for a picture. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { t } from '../lib/i18n.svelte';
import { marksOf } from './layout';
import { latest, nearest } from './lines';
import { colourOf, dashOf, markPath } from './looks';
import type { Model } from './model';
import { dateTicks, dayTicks, linearTicks, logTicks, spread } from './scale';
import { axisText, tickText } from './unit';

/** Inks are the colours of the theme in force, by token. */
export type Inks = (token: string) => string;

/** inksOf reads tokens where an element stands. */
export function inksOf(element: HTMLElement): Inks {
  const style = getComputedStyle(element);
  return (token) => style.getPropertyValue(token).trim();
}

/** Size is that of a drawing, axes included, in pixels of the page. */
export interface Size {
  width: number;
  height: number;
  /** scale enlarges lines and letters, for a picture. */
  scale: number;
}

const font = (px: number): string =>
  `${px}px "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`;
const crowded = 9;
const apart = 44;

// The marks of one line, all in one path.
function marks(model: Model, k: number): uPlot.Series.Points.PathBuilder {
  return (u, si) => {
    const d = model.shown[si - 1];
    const ratio = uPlot.pxRatio;
    const column = model.columns[si - 1] ?? [];
    const spots = column.flatMap((v, i) =>
      v === undefined ? [] : [[u.valToPos(model.xs[i] ?? 0, 'x', true), u.valToPos(v, 'y', true)] as const],
    );
    const picked = marksOf(
      spots.map(([x]) => x),
      crowded * k * ratio,
      apart * k * ratio,
    );
    const path = new Path2D(
      picked.map((i) => markPath(d?.look ?? 0, spots[i]?.[0] ?? 0, spots[i]?.[1] ?? 0, 3.4 * k * ratio)).join(''),
    );
    return { stroke: null, fill: path, clip: null, flags: 1 };
  };
}

function series(model: Model, inks: Inks, k: number): uPlot.Series[] {
  const lines = model.shown.map((d): uPlot.Series => ({
    scale: 'y',
    stroke: () => inks(colourOf(d.look)),
    width: (d.line.main ? 2.5 : 1.75) * k,
    dash: dashOf(d.look).map((n) => n * k),
    spanGaps: true,
    points: { show: true, fill: () => inks(colourOf(d.look)), width: 0, paths: marks(model, k) },
  }));
  return [{}, ...lines];
}

function axes(model: Model, inks: Inks, { width, height, scale: k }: Size): uPlot.Axis[] {
  const across = Math.max(2, Math.floor(width / k / 84));
  const up = Math.max(3, Math.floor(height / k / 44));
  const grid = { stroke: () => inks('--line'), width: k };
  const look = { font: font(12 * k), stroke: () => inks('--fg-2'), ticks: { show: false } };
  return [
    {
      ...look,
      scale: 'x',
      size: 26 * k,
      gap: 6 * k,
      grid: { show: false },
      border: { show: true, stroke: () => inks('--fg-2'), width: k },
      splits: () => (model.aligned ? dayTicks(model.across, across) : dateTicks(model.across, across, model.zone)),
      values: (_, at) =>
        at.map((x, i) => (model.aligned ? t('charts.tick', { n: x }) : tickText(x, model.zone, at[i - 1]))),
    },
    {
      ...look,
      scale: 'y',
      size: (_, values) => (12 + 8 * Math.max(4, ...(values ?? []).map(wideOf))) * k,
      gap: 6 * k,
      grid,
      splits: () => (model.log ? logTicks(model.up, up) : linearTicks(model.up, up)),
      values: (_, at) => at.map((v) => axisText(v, model.unit)),
      filter: (_, at) => at,
    },
  ];
}

// Chinese letters are about twice as wide as figures.
const wideOf = (text: string): number => [...text].reduce((n, c) => n + (c > '\u2e80' ? 1.6 : 0.9), 0);

/** drawLevels draws the thresholds under the lines, with their values at the right; those reached are gold. */
function drawLevels(u: uPlot, model: Model, inks: Inks, k: number): void {
  const { ctx, bbox } = u;
  const n = k * uPlot.pxRatio;
  const levels = model.levels.map((l) => ({ ...l, y: u.valToPos(l.value, 'y', true) }));
  const named = spread(levels, 14 * n);
  ctx.save();
  ctx.font = font(Math.round(12 * n));
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const l of levels) {
    const ink = inks(l.reached ? '--milestone' : '--fg-2');
    ctx.strokeStyle = ctx.fillStyle = ink;
    ctx.lineWidth = n;
    ctx.setLineDash(l.reached ? [] : [2 * n, 4 * n]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, l.y);
    ctx.lineTo(bbox.left + bbox.width, l.y);
    ctx.stroke();
    if (!named.some((x) => x.value === l.value)) continue;
    ctx.fillText((l.reached ? '★ ' : '') + axisText(l.value, model.unit), bbox.left + bbox.width + 6 * n, l.y);
  }
  ctx.restore();
}

/** optionsOf are uPlot's options for a model; onCursor is told the place of x that the pointer is nearest to. */
export function optionsOf(model: Model, inks: Inks, size: Size, onCursor?: (i: number) => void): uPlot.Options {
  const k = size.scale;
  const right = model.levels.length > 0 ? 76 : 18;
  return {
    width: size.width,
    height: size.height,
    ms: 1,
    legend: { show: false },
    padding: [10 * k, right * k, 0, 0],
    scales: {
      x: { time: false, range: [model.across.min, model.across.max] },
      y: { distr: model.log ? 3 : 1, log: 10, range: [model.up.min, model.up.max] },
    },
    series: series(model, inks, k),
    axes: axes(model, inks, size),
    cursor: {
      show: onCursor !== undefined,
      y: false,
      drag: { x: false, y: false, setScale: false },
      move: (u, left, top) => {
        const at = nearest(model.xs, u.posToVal(left, 'x'));
        return left < 0 ? [left, top] : [u.valToPos(model.xs[at] ?? 0, 'x'), top];
      },
      // Beside a point observed elsewhere a line shows its last one, never a later one.
      dataIdx: (_, si, i) => {
        const spot = latest(model.shown[si - 1]?.spots ?? [], model.xs[i] ?? 0);
        return spot ? model.xs.indexOf(spot.x) : null;
      },
      points: { size: 11, width: 2, fill: () => inks('--bg-0') },
    },
    hooks: {
      drawAxes: [(u) => drawLevels(u, model, inks, k)],
      // Only what the pointer does counts: uPlot tells of its own beginnings too.
      setCursor: [(u) => u.cursor.event && onCursor?.(u.cursor.idx ?? -1)],
    },
  };
}

/** dataOf is a model's data as uPlot takes it. */
export function dataOf(model: Model): uPlot.AlignedData {
  return [model.xs, ...model.columns];
}

/** drawBeside draws a model beside the page, never into it. */
export function drawBeside(model: Model, inks: Inks, size: Size): Promise<HTMLCanvasElement> {
  return new Promise((drawn) => {
    const options = optionsOf(model, inks, size);
    options.hooks = { ...options.hooks, draw: [(u) => drawn(u.ctx.canvas)] };
    new uPlot(options, dataOf(model), (_, init) => init());
  });
}
