/** What a chart says to a screen reader. */
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
