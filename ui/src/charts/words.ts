/** What stands around the picture of a chart. */
import { dateTime } from '../lib/format';
import { t } from '../lib/i18n.svelte';
import { moment } from '../releases/figures';
import type { Model } from './model';

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
