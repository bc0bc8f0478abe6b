/** What a chart draws: its lines put on their axes. Screen, picture, table and file are all made of this. */
import { acrossRange, levelsIn, linearRange, logRange, type Range } from './scale';
import { merge, type Drawn, spotsOf, within, type Line } from './lines';
import type { Unit } from './unit';

/** Ask is what is to be drawn and how. */
export interface Ask {
  lines: Line[];
  unit: Unit;
  thresholds: number[];
  log: boolean;
  /** aligned lays the lines over each other at their days of release. */
  aligned: boolean;
  /** days is how many days are shown, 0 for all. */
  days: number;
  /** off are the ids of lines that were switched off. */
  off: string[];
  zone: string;
}

/** Model is one drawing. */
export interface Model extends Ask {
  /** all are the lines with something to show, shown those of them that are switched on. */
  all: Drawn[];
  shown: Drawn[];
  xs: number[];
  columns: (number | undefined)[][];
  across: Range;
  up: Range;
  levels: { value: number; reached: boolean }[];
  /** lacking are names of lines that have points but no day of release to be laid by. */
  lacking: string[];
}

/** modelOf lays a chart out. */
export function modelOf(ask: Ask): Model {
  const placed = ask.lines.map((line, look) => ({ line, look, spots: spotsOf(line, ask.aligned, ask.zone) }));
  const all = within(
    placed.filter((d) => d.spots.length > 0),
    ask.days,
    ask.aligned,
  ).filter((d) => d.spots.length > 0);
  const on = all.filter((d) => !ask.off.includes(d.line.id));
  const shown = on.length > 0 ? on : all;
  const { xs, columns } = merge(shown);
  // A scale of powers has no place for nothing.
  const fit = ask.log ? columns.map((c) => c.map((v) => (v !== undefined && v > 0 ? v : undefined))) : columns;
  const values = fit.flat().filter((v) => v !== undefined);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const levels = values.length > 0 ? levelsIn(ask.thresholds, max) : [];
  const top = Math.max(max, ...levels.map((l) => l.value));
  const span = values.length > 0 ? { min, max: top } : { min: 1, max: 10 };
  return {
    ...ask,
    all,
    shown,
    xs,
    columns: fit,
    across: acrossRange(xs, ask.aligned),
    up: ask.log ? logRange(span) : linearRange(span),
    levels,
    lacking: ask.aligned ? ask.lines.filter((l) => l.points.length > 0 && !l.since).map((l) => l.name) : [],
  };
}
