/** Notes as they are read: each with its answers, take by take, and what the time line and the picture show of them. */
import { covers, type Note, type Stroke } from './link';

/** Thread is a note with its answers, oldest first. */
export interface Thread {
  note: Note;
  answers: Note[];
}

/** Marker is a note on the time line; last is there for a range. */
export interface Marker {
  id: string;
  frame: number;
  last?: number;
  done: boolean;
}

const byTime = (a: Note, b: Note) => a.created.localeCompare(b.created) || a.id.localeCompare(b.id);

/** threadsOf gathers answers under their notes: what is said of the whole take first, then along the clip. */
export function threadsOf(notes: Note[]): Thread[] {
  const there = new Map(notes.filter((n) => !n.deleted).map((n) => [n.id, n]));
  const root = (n: Note): Note | undefined => {
    let at: Note | undefined = n;
    for (let deep = 0; at?.parent && deep < 8; deep++) at = there.get(at.parent);
    return at?.parent ? undefined : at;
  };
  const threads = new Map<string, Thread>();
  const live = [...there.values()].sort(byTime);
  for (const note of live) if (!note.parent) threads.set(note.id, { note, answers: [] });
  for (const note of live) if (note.parent) threads.get(root(note)?.id ?? '')?.answers.push(note);
  return [...threads.values()].sort((a, b) => (a.note.frame ?? -1) - (b.note.frame ?? -1) || byTime(a.note, b.note));
}

/** TakeThreads is the threads of one take; number is that of the take where the page knows it. */
export interface TakeThreads {
  take: string;
  number: number | undefined;
  threads: Thread[];
}

/** byTake puts the threads of the take on the screen first, those of the others behind it by the number of the take. */
export function byTake(threads: Thread[], current: string, numbers: ReadonlyMap<string, number>): TakeThreads[] {
  const takes = new Map<string, Thread[]>([[current, []]]);
  for (const th of threads) takes.set(th.note.take_id, [...(takes.get(th.note.take_id) ?? []), th]);
  const rank = (x: TakeThreads) => (x.take === current ? -1 : (x.number ?? Infinity));
  return [...takes]
    .map(([take, list]) => ({ take, number: numbers.get(take), threads: list }))
    .filter((x) => x.take !== '')
    .sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

/** openCounts is the number of notes of each take that are not done; answers do not count. */
export function openCounts(threads: Thread[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { note } of threads) if (!note.done) counts.set(note.take_id, (counts.get(note.take_id) ?? 0) + 1);
  return counts;
}

/** markersOf are the notes of a take that have a place on its time line, along it. */
export function markersOf(threads: Thread[], take: string): Marker[] {
  return threads.flatMap(({ note }) => {
    if (note.take_id !== take || note.frame === undefined) return [];
    return [{ id: note.id, frame: note.frame, last: note.last, done: !!note.done }];
  });
}

/**
 * drawnAt is what is drawn on the picture now. A chosen note shows its own drawing and hides the others; without one all open
 * notes of the frame show theirs. What was drawn on the whole of a clip shows only when it is chosen.
 */
export function drawnAt(threads: Thread[], take: string, frame: number | undefined, chosen = ''): Stroke[] {
  const here = threads
    .map((th) => th.note)
    .filter((n) => n.take_id === take && n.drawing.length > 0)
    .filter((n) => (n.frame === undefined ? frame === undefined || n.id === chosen : covers(n, frame)));
  const own = here.find((n) => n.id === chosen);
  return own ? own.drawing : here.filter((n) => !n.done).flatMap((n) => n.drawing);
}
