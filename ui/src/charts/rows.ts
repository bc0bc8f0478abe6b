/** The table behind a chart and its file for a spreadsheet. */
import { date } from '../lib/format';
import { t } from '../lib/i18n.svelte';
import { dayOf, instant, wall } from '../locations/zone';
import { metricName, moment } from '../releases/figures';
import { dayAt, dayMs, type Spot } from './lines';
import type { Model } from './model';
import { valueCell } from './unit';

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

// 2026-03-05, or with a time and how far the studio's clock is ahead of UTC.
function stamp(at: string, zone: string): string {
  const day = dayOf(at, zone);
  if (moment(at, zone) === date(at, zone)) return day;
  const text = wall(at, zone);
  const ahead = Date.parse(`${text}Z`) - Math.floor(Date.parse(at) / 60_000) * 60_000;
  const [sign, minutes] = [ahead < 0 ? '-' : '+', Math.abs(ahead) / 60_000];
  const two = (n: number) => String(n).padStart(2, '0');
  return `${text}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const daysAfter = (at: string, since: string, zone: string): number =>
  Math.floor((Date.parse(at) - Date.parse(instant(`${since}T00:00`, zone))) / dayMs);

/** csvOf are the points of the lines shown: one observed figure a row, with its reading. */
export function csvOf(model: Model): (string | number)[][] {
  const { unit, zone } = model;
  const head = ['line', 'observed', 'day', 'value', 'unit', 'reading'] as const;
  const measure = unit.currency || (unit.metric === 'completion' ? '%' : metricName(unit.metric));
  const body = model.shown.flatMap(({ line, spots }) =>
    spots.map((s) => [
      line.name,
      stamp(s.at, zone),
      line.since ? daysAfter(s.at, line.since, zone) : '',
      valueCell(s.value, unit),
      measure,
      s.reading,
    ]),
  );
  return [head.map((h) => t(`charts.csv.${h}`)), ...body];
}
