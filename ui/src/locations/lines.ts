/** The rows of the schedule's week: under each place the whole of it and the areas that hold something. */
import { t } from '../lib/i18n.svelte';
import type { BookingRow } from './bookings';
import type { Location } from './places';
import type { Wish } from './slots';

/** Line is one row of the calendar: a place or an area with its bookings. head names the place above its first line. */
export interface Line {
  id: string;
  name: string;
  head?: { name: string; href: string };
  rows: BookingRow[];
}

/** linesOf makes the rows; `only` shows one place with all its areas, held or not. A line's id is place/area. */
export function linesOf(rows: BookingRow[], places: Location[], only: string): Line[] {
  const names = new Map(rows.map((b) => [b.location_id, b.location]));
  for (const p of places) if (p.id === only) names.set(p.id, p.name);
  const lines: Line[] = [];
  for (const [id, name] of [...names].sort(([, a], [, b]) => a.localeCompare(b, 'zh-CN'))) {
    const here = rows.filter((b) => b.location_id === id);
    const areas = areasOf(
      here,
      places.find((p) => p.id === id),
      only === id,
    );
    const of = areas.map(([area, label]) => ({
      id: `${id}/${area}`,
      name: label || t('locations.whole'),
      rows: here.filter((b) => (b.area_id ?? '') === area),
    }));
    lines.push(...of.map((line, i) => (i === 0 ? { ...line, head: { name, href: `/locations/${id}` } } : line)));
  }
  return lines;
}

function areasOf(rows: BookingRow[], place: Location | undefined, all: boolean): [string, string][] {
  const held = new Map(rows.map((b) => [b.area_id ?? '', b.area]));
  const known: [string, string][] = [['', ''], ...(place?.areas ?? []).map((a): [string, string] => [a.id, a.name])];
  const gone = [...held].filter(([id]) => !known.some(([have]) => have === id));
  return [...known.filter(([id]) => all || held.has(id)), ...gone];
}

/** wishFor is what a press on a line asks for. */
export function wishFor(line: string): Wish {
  const [location = '', area = ''] = line.split('/');
  return { location, area };
}
