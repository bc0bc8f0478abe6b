/**
 * The list of shots that wait, as it stands on the screen: what is drawn never moves and never goes by itself. Shots that
 * arrive are counted, shots that leave stay dimmed in their place, until the list is drawn anew.
 */
import type { Schema } from '../lib/client';

export type QueueRow = Schema<'QueueRow'>;
export type QueueFilter = Schema<'QueueFilter'>;

/** Gone is why a shot no longer waits: picked by somebody, back to drawing, deleted, or for a reason not told here. */
export interface Gone {
  why: 'picked' | 'drawing' | 'deleted' | 'left';
  /** by is the name of who did it, '' for oneself and where that is not known. */
  by: string;
}

/** Drawn is the rows on the screen, beside what waits by the latest reading. */
export interface Drawn {
  rows: readonly QueueRow[];
  /** at is where a shot stands in rows. */
  at: ReadonlyMap<string, number>;
  gone: ReadonlyMap<string, Gone>;
  /** waiting is all that wait by the latest reading, in the server's order, drawn or not. */
  waiting: readonly QueueRow[];
}

function places(rows: readonly QueueRow[]): Map<string, number> {
  return new Map(rows.map((row, i) => [row.shot_id, i]));
}

/** drawn is a list as it is first drawn; a shot read twice, because it moved meanwhile, stands where it was read first. */
export function drawn(read: readonly QueueRow[]): Drawn {
  const seen = new Set<string>();
  const rows = read.filter((row) => !seen.has(row.shot_id) && seen.add(row.shot_id));
  return { rows, at: places(rows), gone: new Map(), waiting: rows };
}

/** grown has a further page of the first reading at its end. */
export function grown(d: Drawn, page: readonly QueueRow[]): Drawn {
  const { rows, at } = drawn([...d.rows, ...page]);
  return { rows, at, gone: d.gone, waiting: [...d.waiting, ...rows.slice(d.rows.length)] };
}

/** refreshed takes a new reading: rows say what is new of them in their place; `hints` say why some are no longer there. */
export function refreshed(d: Drawn, latest: readonly QueueRow[], hints: ReadonlyMap<string, Gone> = new Map()): Drawn {
  const now = new Map(latest.map((row) => [row.shot_id, row]));
  const gone = new Map<string, Gone>();
  const rows = d.rows.map((row) => {
    const next = now.get(row.shot_id);
    if (next) return next;
    gone.set(row.shot_id, hints.get(row.shot_id) ?? d.gone.get(row.shot_id) ?? { why: 'left', by: '' });
    return row;
  });
  return { rows, at: d.at, gone, waiting: latest };
}

/** departed has one shot that no longer waits, before any reading says so. */
export function departed(d: Drawn, shot: string, why: Gone): Drawn {
  const waiting = d.waiting.filter((row) => row.shot_id !== shot);
  if (!d.at.has(shot)) return { ...d, waiting };
  return { ...d, waiting, gone: new Map(d.gone).set(shot, why) };
}

/** returned has one shot that waits again, in the place where it stands; by the server's order it is the last now. */
export function returned(d: Drawn, shot: string): Drawn {
  const at = d.at.get(shot);
  const gone = new Map(d.gone);
  if (at === undefined || !gone.delete(shot)) return d;
  return { ...d, gone, waiting: [...d.waiting, d.rows[at]!] };
}

/** arrivals is how many wait that are not drawn. */
export function arrivals(d: Drawn): number {
  return d.waiting.reduce((n, row) => n + (d.at.has(row.shot_id) ? 0 : 1), 0);
}

/**
 * behind is the place in `to` from which a shot is gone on from that stands in `from` only: before the first of those that
 * stood behind it and are still there.
 */
export function behind(from: Drawn, to: Drawn, shot: string): number | undefined {
  const at = from.at.get(shot);
  if (at === undefined) return undefined;
  for (const row of from.rows.slice(at + 1)) {
    const place = to.at.get(row.shot_id);
    if (place !== undefined) return place;
  }
  return to.rows.length;
}

/**
 * nextOf is the next shot in the order on the screen that still waits; at the end it begins again at the start. `gap` is the
 * place where a shot stood that is not in the list; without one it is entered at its start, backwards at its end.
 */
export function nextOf(d: Drawn, from: string, by: 1 | -1, gap?: number): QueueRow | undefined {
  const count = d.rows.length;
  const at = d.at.get(from);
  const start = at ?? (by > 0 ? (gap ?? 0) - 1 : (gap ?? count));
  for (let step = 1; step <= count; step++) {
    const row = d.rows[(((start + by * step) % count) + count) % count]!;
    if (row.shot_id !== from && !d.gone.has(row.shot_id)) return row;
  }
  return undefined;
}

/** Eaten is what a shot has eaten in draws, and what its kind usually takes. */
export type Eaten = Pick<QueueRow, 'attempts' | 'usual'>;

/** drawsOf is the draws a shot needed against the usual; `much` from twice the usual and five draws on. */
export function drawsOf(row: Eaten): { draws: number; usual: number; much: boolean } {
  const usual = row.usual?.median ?? 0;
  return { draws: row.attempts, usual, much: usual > 0 && row.attempts >= 5 && row.attempts >= 2 * usual };
}
