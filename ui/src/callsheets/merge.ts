/** Two people type into one sheet: cells that only one of them changed are joined, and both texts of the others are kept. */
import { valueAt, withRows, withValue, type CallTyped } from './sheet';

/** Both is a cell, or a whole list ("crew"), that two people changed differently; what one typed stands in the sheet. */
export interface Both {
  path: string;
  theirs: CallTyped;
}

/** Merged is the joined sheet with what cannot be joined. */
export interface Merged {
  typed: CallTyped;
  both: Both[];
}

type Rows = Record<string, string>[];
const keyed = { cast: 'element_id', scenes: 'scene_id' } as const;
const placed = ['meals', 'crew', 'contacts'] as const;

const fieldsOf = (t: CallTyped): string[] =>
  Object.entries(t).flatMap(([name, value]) => (typeof value === 'string' ? [name] : []));

/** pathsOf lists every cell of three states of a sheet; a list whose length changed counts as one cell. */
function pathsOf(states: CallTyped[]): string[] {
  const paths = fieldsOf(states[0]!);
  for (const [list, id] of Object.entries(keyed)) {
    const rows = states.flatMap((s) => (s as unknown as Record<string, Rows>)[list]!);
    const fields = new Set(rows.flatMap((r) => Object.keys(r)).filter((f) => f !== id));
    for (const key of new Set(rows.map((r) => r[id]))) for (const f of fields) paths.push(`${list}.${key}.${f}`);
  }
  for (const list of placed) {
    const lists = states.map((s) => s[list] as unknown as Rows);
    if (new Set(lists.map((l) => l.length)).size > 1) paths.push(list);
    else {
      const fields = new Set(lists.flat().flatMap((r) => Object.keys(r)));
      lists[0]!.forEach((_, i) => fields.forEach((f) => paths.push(`${list}.${i}.${f}`)));
    }
  }
  return paths;
}

const isList = (path: string): path is (typeof placed)[number] => (placed as readonly string[]).includes(path);

const wordsOf = (row: Record<string, string>): string =>
  Object.entries(row)
    .flatMap(([name, value]) => (value && !name.endsWith('_id') ? [value] : []))
    .join(' ');

/** textAt is a cell as text; of a whole list its rows, one on a line. */
export function textAt(t: CallTyped, path: string): string {
  if (!isList(path)) return valueAt(t, path);
  const rows = t[path] as unknown as Rows;
  return rows.map(wordsOf).join('\n');
}

const same = (a: CallTyped, b: CallTyped, path: string): boolean =>
  isList(path) ? JSON.stringify(a[path]) === JSON.stringify(b[path]) : valueAt(a, path) === valueAt(b, path);

/** copied is a sheet with one cell, or list, taken from another. */
export function copied(into: CallTyped, from: CallTyped, path: string): CallTyped {
  if (isList(path)) return withRows(into, path, from[path] as unknown as Rows);
  return same(into, from, path) ? into : withValue(into, path, valueAt(from, path));
}

/** merged joins what was typed here with what was saved elsewhere since `base`. */
export function merged(base: CallTyped, mine: CallTyped, theirs: CallTyped): Merged {
  let typed = theirs;
  const both: Both[] = [];
  for (const path of pathsOf([base, mine, theirs])) {
    if (same(mine, base, path) || same(mine, theirs, path)) continue;
    if (!same(theirs, base, path)) both.push({ path, theirs });
    typed = copied(typed, mine, path);
  }
  return { typed, both };
}

/** outgoing is what may be saved while somebody has not decided yet: their text stays where two differ. */
export function outgoing(typed: CallTyped, both: Both[]): CallTyped {
  return both.reduce((t, b) => copied(t, b.theirs, b.path), typed);
}
