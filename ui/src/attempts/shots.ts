/** My shots in the order that one works through them. A shot that moves on keeps its place, so that keys stay predictable. */
import type { Schema } from '../lib/client';
import { lang } from '../lib/i18n.svelte';

export type ShotRow = Schema<'ShotRow'>;

/** Section is a titled run of shots: those sent back, then one per title. */
export interface Section {
  id: string;
  kind: 'rework' | 'title';
  title: string;
  rows: ShotRow[];
}

const done = (row: ShotRow) => row.shot.state === 'picked' || row.shot.state === 'locked';

function inOrder(a: ShotRow, b: ShotRow): number {
  return (
    Number(done(a)) - Number(done(b)) ||
    a.shot.episode - b.shot.episode ||
    a.shot.scene_order - b.shot.scene_order ||
    a.shot.order - b.shot.order
  );
}

/** isDone tells whether a shot wants no more attempts for now. */
export const isDone = done;

/** matchesText tells whether every word of a filter occurs in a shot, after NFKC and without case. */
export function matchesText(row: ShotRow, filter: string): boolean {
  const s = row.shot;
  const text = [s.label, s.description, s.dialogue, s.characters, row.title].join(' ').normalize('NFKC').toLowerCase();
  return filter
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** sectionsOf puts what was sent back first and the rest under its title, finished shots last. */
export function sectionsOf(rows: ShotRow[], filter = ''): Section[] {
  const shown = filter.trim() ? rows.filter((r) => matchesText(r, filter.trim())) : rows;
  const back = shown.filter((r) => r.shot.state === 'rework').sort(inOrder);
  const titles = new Map<string, ShotRow[]>();
  for (const row of shown) {
    if (row.shot.state === 'rework') continue;
    titles.set(row.shot.title_id, [...(titles.get(row.shot.title_id) ?? []), row]);
  }
  const order = new Intl.Collator(lang());
  const byTitle = [...titles].map(([id, list]): Section => {
    return { id, kind: 'title', title: list[0]?.title ?? '', rows: list.sort(inOrder) };
  });
  byTitle.sort((a, b) => order.compare(a.title, b.title));
  return back.length > 0 ? [{ id: 'rework', kind: 'rework', title: '', rows: back }, ...byTitle] : byTitle;
}

/** stepFrom is the shot some steps from the current one in the list as shown; a current one that is filtered out counts as before the first. */
export function stepFrom(sections: Section[], current: string, by: number): ShotRow | undefined {
  const flat = sections.flatMap((s) => s.rows);
  const at = flat.findIndex((r) => r.shot.id === current);
  if (at < 0) return flat[by > 0 ? 0 : flat.length - 1];
  return flat[Math.max(0, Math.min(flat.length - 1, at + by))];
}
