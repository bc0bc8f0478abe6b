/** Kinds of line that are set by hand before an import, and which lines are chosen for that. */
import type { Schema } from '../lib/client';
import { kindOrder, type Line, type LineKind } from './lines';

export type Correction = Schema<'Correction'>;

/** kindKeys is the key that makes the chosen lines each kind. */
export const kindKeys: Record<LineKind, string> = {
  episode: '1',
  scene: '2',
  cast: '3',
  action: '4',
  speech: '5',
  note: '6',
  end: '7',
  title: '8',
  bio: '9',
  contents: '0',
  unknown: 'u',
};

/** kindsByKey is every kind in the order of its key. */
export const kindsByKey = (Object.keys(kindKeys) as LineKind[]).sort(
  (a, b) => Number(a === 'unknown') - Number(b === 'unknown') || order(kindKeys[a]) - order(kindKeys[b]),
);

// 0 stands right of 9 on a keyboard.
function order(key: string): number {
  return key === '0' ? 10 : Number(key);
}

/** correct makes lines one kind; a line that was set before is set anew. In the order of the file. */
export function correct(have: Correction[], lines: number[], kind: LineKind): Correction[] {
  const now = new Set(lines);
  const next = [...have.filter((c) => !now.has(c.line)), ...[...now].map((line) => ({ line, kind }))];
  return next.sort((a, b) => a.line - b.line);
}

/** withoutLines leaves lines to the reader again. */
export function withoutLines(have: Correction[], lines: number[]): Correction[] {
  return have.filter((c) => !lines.includes(c.line));
}

/** Marks is what was set by hand, by the number of the line. */
export type Marks = ReadonlyMap<number, LineKind>;

/** marksOf looks corrections up. */
export function marksOf(have: Correction[]): Marks {
  return new Map(have.map((c) => [c.line, c.kind]));
}

/** kindNow is what a line is to be: as set by hand, also while the server has not read it so yet. */
export function kindNow(line: Line, marks: Marks): string {
  return marks.get(line.n) ?? line.kind;
}

/** countsNow counts kinds as they are to be, in the order in which a reader meets them. */
export function countsNow(lines: Line[], marks: Marks): { kind: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const kind = kindNow(line, marks);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const names = [...kindOrder, ...[...counts.keys()].filter((k) => !kindOrder.includes(k as LineKind))];
  return names.map((kind) => ({ kind, n: counts.get(kind) ?? 0 })).filter((c) => c.n > 0);
}

/** filterNow keeps the lines that are to be of one kind; '' keeps all. */
export function filterNow(lines: Line[], marks: Marks, kind: string): Line[] {
  return kind ? lines.filter((line) => kindNow(line, marks) === kind) : lines;
}

/** doubtful tells whether a person should look at a line: it was not recognised, or its kind is a weak guess. */
export function doubtful(line: Line, marks: Marks): boolean {
  return !marks.has(line.n) && (line.low || line.kind === 'unknown');
}

/** nextDoubtful is the index of the next such line in a direction, going round at the ends; -1 where there is none. */
export function nextDoubtful(lines: Line[], marks: Marks, from: number, by: 1 | -1): number {
  for (let step = 1; step <= lines.length; step++) {
    const at = (((from + by * step) % lines.length) + lines.length) % lines.length;
    if (doubtful(lines[at]!, marks)) return at;
  }
  return -1;
}

/** stretch is the numbers of the lines between two places of a list, both included. */
export function stretch(lines: Line[], anchor: number, current: number): number[] {
  const [from, to] = anchor < current ? [anchor, current] : [current, anchor];
  return lines.slice(Math.max(0, from), to + 1).map((line) => line.n);
}
