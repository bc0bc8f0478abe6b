/** The table behind a chart. */
import { t } from '../lib/i18n.svelte';
import { moment } from '../releases/figures';
import { dayAt, type Spot } from './lines';
import type { Model } from './model';

/** Row is one place of the axis with what was observed there, by line. */
export interface Row {
  x: number;
  /** at is when it was observed, as the reading says it; of several on one day of release, the first line's. */
  at: string;
  spots: (Spot | undefined)[];
}

/** rowsOf are all places, the latest first. */
export function rowsOf(model: Model): Row[] {
  const rows = new Map<number, Row>();
  for (const [i, d] of model.shown.entries()) {
    for (const s of d.spots) {
      const row = rows.get(s.x) ?? { x: s.x, at: s.at, spots: model.shown.map(() => undefined) };
      row.spots[i] = s;
      rows.set(s.x, row);
    }
  }
  return [...rows.values()].sort((a, b) => b.x - a.x);
}

/** dayText names a place of an aligned axis: the day of release, or how many days after. */
export function dayText(x: number): string {
  const n = dayAt(x);
  return n === 0 ? t('charts.day0') : t('charts.dayN', { n });
}

/** whenText names a row: its moment, or its day counted from the release. */
export function whenText(model: Model, row: { x: number; at: string }): string {
  return model.aligned ? dayText(row.x) : moment(row.at, model.zone);
}
