/** The rows of the calendar of a day or a week: under each place the whole of it and its areas, each a line. */
import { t } from '../lib/i18n.svelte';
import type { BookingRow } from './bookings';
import type { Location } from './places';
import type { Wish } from './slots';

export type Blackout = Location['blackouts'][number];

/** Line is one row of the calendar: a place or an area with its bookings and the times at which it cannot be had. */
export interface Line {
  /** id is place/area; no area stands for the whole place. */
  id: string;
  name: string;
  /** head names the place above its first line. */
  head?: { id: string; name: string; href: string };
  rows: BookingRow[];
  closed: Blackout[];
}

/** linesOf makes the rows: of one place where `only` names it, of every place with `all`, else of those that hold something. */
export function linesOf(rows: BookingRow[], places: Location[], only: string, all = false): Line[] {
  const known = new Map(places.map((p) => [p.id, p]));
  const names = new Map(rows.map((b) => [b.location_id, b.location]));
  const held = grouped(rows, (b) => b.location_id);
  for (const p of places) if (only ? p.id === only : all) names.set(p.id, p.name);
  const order = new Intl.Collator('zh-CN', { numeric: true });
  return [...names]
    .sort(([, a], [, b]) => order.compare(a, b))
    .flatMap(([id, name]) => {
      const [first, ...rest] = placeLines(id, held.get(id) ?? [], known.get(id));
      return first ? [{ ...first, head: { id, name, href: `/locations/${id}` } }, ...rest] : [];
    });
}

function grouped(rows: BookingRow[], by: (b: BookingRow) => string): Map<string, BookingRow[]> {
  const groups = new Map<string, BookingRow[]>();
  for (const b of rows) {
    const list = groups.get(by(b));
    if (list) list.push(b);
    else groups.set(by(b), [b]);
  }
  return groups;
}

/** placeLines are the lines of one place without its head. An area that is gone keeps a line while bookings name it. */
export function placeLines(id: string, rows: BookingRow[], place?: Pick<Location, 'areas' | 'blackouts'>): Line[] {
  const by = grouped(rows, (b) => b.area_id ?? '');
  const areas: [string, string][] = [['', ''], ...(place?.areas ?? []).map((a): [string, string] => [a.id, a.name])];
  const gone = [...by].filter(([area]) => !areas.some(([have]) => have === area));
  const lost = gone.map(([area, list]): [string, string] => [area, list[0]?.area ?? '']);
  return [...areas, ...lost].map(([area, label]) => ({
    id: `${id}/${area}`,
    name: label || t('locations.whole'),
    rows: by.get(area) ?? [],
    closed: (place?.blackouts ?? []).filter((x) => !x.area_id || x.area_id === area),
  }));
}

/** wishFor is what a press on a line asks for. */
export function wishFor(line: string): Wish {
  const [location = '', area = ''] = line.split('/');
  return { location, area };
}
