/** The points of a chart as a file for a spreadsheet. */
import { saveCsv } from '../funnel/csv';
import { date } from '../lib/format';
import { t } from '../lib/i18n.svelte';
import { dayOf, daysBetween, wall } from '../locations/zone';
import { metricName, moment } from '../releases/figures';
import type { Model } from './model';
import { valueCell } from './unit';

// 2026-03-05, or with a time and how far the studio's clock is ahead of UTC.
function stamp(at: string, zone: string): string {
  if (moment(at, zone) === date(at, zone)) return dayOf(at, zone);
  const text = wall(at, zone);
  const ahead = Date.parse(`${text}Z`) - Math.floor(Date.parse(at) / 60_000) * 60_000;
  const [sign, minutes] = [ahead < 0 ? '-' : '+', Math.abs(ahead) / 60_000];
  const two = (n: number) => String(n).padStart(2, '0');
  return `${text}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** csvOf are the points of the lines shown: one observed figure a row, with its reading. */
export function csvOf(model: Model): (string | number)[][] {
  const { unit, zone } = model;
  const head = ['line', 'observed', 'day', 'value', 'unit', 'reading'] as const;
  const measure = unit.currency || (unit.metric === 'completion' ? '%' : metricName(unit.metric));
  const body = model.shown.flatMap(({ line, spots }) =>
    spots.map((s) => [
      line.name,
      stamp(s.at, zone),
      line.since ? daysBetween(line.since, dayOf(s.at, zone)) : '',
      valueCell(s.value, unit),
      measure,
      s.reading,
    ]),
  );
  return [head.map((h) => t(`charts.csv.${h}`)), ...body];
}

/** saveFile gives the points to the reader. */
export function saveFile(words: string[], model: Model): void {
  saveCsv(words, csvOf(model));
}
