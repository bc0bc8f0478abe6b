/** What a chart says in words: to a screen reader, and on its picture. */
import { dateTime } from '../lib/format';
import { t } from '../lib/i18n.svelte';
import { moment } from '../releases/figures';
import { latest } from './lines';
import type { Model } from './model';
import { dayText, whenText } from './rows';
import { valueText } from './unit';

/** spokenOf reads the lines out at a place of the axis; one that was observed earlier says when. */
export function spokenOf(model: Model, x: number): string {
  const spots = model.shown.map((d) => ({ name: d.line.name, spot: latest(d.spots, x) }));
  const at = spots.find((s) => s.spot?.x === x)?.spot;
  if (!at) return '';
  const parts = spots.flatMap(({ name, spot }) => {
    if (!spot) return [];
    const value = valueText(spot.value, model.unit);
    if (spot.x === x) return [`${name} ${value}`];
    return [t('charts.readOld', { name, value, at: model.aligned ? dayText(spot.x) : moment(spot.at, model.zone) })];
  });
  return t('charts.read', { at: whenText(model, at), list: parts.join(t('charts.semicolon')) });
}

/** subOf says how a picture is drawn. */
export function subOf(model: Model): string {
  const off = model.all.filter((d) => !model.shown.includes(d)).map((d) => d.line.name);
  return [
    model.aligned ? t('charts.sub.aligned') : t('charts.sub.date', { zone: model.zone }),
    model.days > 0 ? t(model.aligned ? 'charts.sub.first' : 'charts.sub.last', { n: model.days }) : '',
    model.log ? t('charts.sub.log') : '',
    model.unit.currency ?? '',
    off.length > 0 ? t('charts.sub.off', { list: off.join(t('releases.comma')) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** sourceOf are the lines at the foot of a picture: how many figures, up to when, of whom, and what the lines are not. */
export function sourceOf(model: Model, studio: string, now: Date = new Date()): string[] {
  const spots = model.shown.flatMap((d) => d.spots);
  const newest = spots
    .map((s) => s.at)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  return [
    t('charts.source', {
      n: spots.length,
      at: newest ? moment(newest, model.zone) : '–',
      studio: studio || 'Chouka',
      now: dateTime(now, model.zone),
    }),
    t('charts.how.picture'),
  ];
}
