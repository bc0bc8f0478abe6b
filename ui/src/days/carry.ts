/** Strips that move together: which gap they land in, what of them changes anything, and the list that takes a move back. */
import type { Schema } from '../lib/client';
import { bySort, type DayBoard, type DayRow, type Spot, type StripScene } from './days';

export type StripGo = Schema<'StripGo'>;

/** Carried is a strip with where it stands. */
export interface Carried {
  strip: StripScene;
  from: Spot;
}

/** ownOf are the places of those that stand on a day, from the first. */
export function ownOf(items: Carried[], day: string): number[] {
  if (day === '') return [];
  return items
    .filter((c) => c.from.day === day)
    .map((c) => c.from.at)
    .sort((a, b) => a - b);
}

/** landing is where strips land that are let go in a gap: on their own day the gaps that they leave close. */
export function landing(items: Carried[], to: Spot): Spot {
  return { day: to.day, at: to.at - ownOf(items, to.day).filter((at) => at < to.at).length };
}

/** gapOf is the gap as it is seen, with the strips themselves still in it, of a place that is counted without them. */
export function gapOf(items: Carried[], to: Spot): Spot {
  return { day: to.day, at: ownOf(items, to.day).reduce((gap, own) => (own < gap ? gap + 1 : gap), to.at) };
}

/** going are those that a drop moves: the pool has no order of its own, so that what is in it stays. */
export function going(items: Carried[], to: Spot): Carried[] {
  return items.filter((c) => c.from.day !== '' || to.day !== '');
}

/** stays tells whether a drop would change nothing. */
export function stays(items: Carried[], to: Spot): boolean {
  if (to.day === '') return going(items, to).length === 0;
  if (items.some((c) => c.from.day !== to.day)) return false;
  const { at } = landing(items, to);
  return items.every((c, i) => c.from.at === at + i);
}

/** movesOf is a drop as the server takes it, in the order in which the strips are carried. */
export function movesOf(items: Carried[], to: Spot): StripGo[] {
  const { at } = landing(items, to);
  return going(items, to).map(({ strip, from }, i) => ({
    scene_id: strip.scene.id,
    from: from.day || undefined,
    to: to.day || undefined,
    at: to.day === '' ? 0 : at + i,
  }));
}

/** backOf takes a drop back: each strip to where it stood, those in front first, so that every place is right when its turn comes. */
export function backOf(items: Carried[], to: Spot): StripGo[] {
  return going(items, to)
    .toSorted((a, b) => a.from.at - b.from.at)
    .map(({ strip, from }) => ({
      scene_id: strip.scene.id,
      from: to.day || undefined,
      to: from.day || undefined,
      at: from.day === '' ? 0 : from.at,
    }));
}

/** applied is the board after a drop: the days as the server gave them, and the pool as the drop left it. */
export function applied(board: DayBoard, items: Carried[], days: DayRow[]): DayBoard {
  const fresh = new Map(days.map((d) => [d.day.id, d]));
  const gone = new Set(items.map((c) => c.strip.scene.id));
  const rest = board.pool.filter((s) => !gone.has(s.scene.id));
  // A scene that stands on another day too is in no pool.
  const on = new Set(board.days.flatMap((d) => (fresh.get(d.day.id) ?? d).scenes.map((s) => s.scene.id)));
  const freed = items.filter((c) => !on.has(c.strip.scene.id));
  const pool = [...rest, ...freed.map(({ strip }) => ({ ...strip, on_day: undefined, begins: undefined }))];
  return { ...board, pool: pool.sort(bySort), days: board.days.map((d) => fresh.get(d.day.id) ?? d) };
}

/** stepped moves what was picked up by keys: up and down among the gaps of a day, left and right through pool and days. */
export function stepped(board: DayBoard, at: Spot, dx: number, dy: number, items: Carried[] = []): Spot {
  const lists = ['', ...board.days.map((d) => d.day.id)];
  const here = Math.max(0, lists.indexOf(at.day));
  const next = Math.max(0, Math.min(lists.length - 1, here + dx));
  const day = lists[next] ?? '';
  const most = (board.days[next - 1]?.scenes.length ?? 0) - ownOf(items, day).length;
  return { day, at: Math.max(0, Math.min(most, next === here ? at.at + dy : at.at)) };
}
