/** Which lines of a scene belong to which shot, and how they are chosen by pointer and by key. */
import type { Schema } from '../lib/client';

type ShotRow = Schema<'ShotRow'>;

/** LinkedShot is another shot that a line belongs to. */
export interface LinkedShot {
  id: string;
  number: string;
  label: string;
}

/** othersOf tells for every line the other shots that it is linked to, in the order of the scene. */
export function othersOf(rows: readonly ShotRow[], shotId: string): Map<string, LinkedShot[]> {
  const out = new Map<string, LinkedShot[]>();
  for (const { shot } of rows) {
    if (shot.id === shotId) continue;
    const { id, number, label } = shot;
    for (const line of shot.lines) out.set(line, [...(out.get(line) ?? []), { id, number, label }]);
  }
  return out;
}

/** stretch is the ids between two of them, both included; none where one is unknown. */
export function stretch(ids: readonly string[], a: string, b: string): string[] {
  const [from, to] = [ids.indexOf(a), ids.indexOf(b)];
  return from < 0 || to < 0 ? [] : ids.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** Choosing is a choice of lines under way: what is chosen, the line it began at, and what was chosen before that. */
export interface Choosing {
  chosen: string[];
  anchor: string;
  base: string[];
  /** on tells whether the stretch from the anchor is chosen or dropped. */
  on: boolean;
}

/** begun is a choice of what a shot is linked to now. */
export function begun(lines: readonly string[]): Choosing {
  return { chosen: [...lines], anchor: '', base: [...lines], on: true };
}

/** pressed toggles a line, and begins a stretch there. */
export function pressed(c: Choosing, id: string): Choosing {
  const on = !c.chosen.includes(id);
  const chosen = on ? [...c.chosen, id] : c.chosen.filter((x) => x !== id);
  return { chosen, anchor: id, base: c.chosen, on };
}

/** anchored begins a stretch of chosen lines at a line, without choosing or dropping anything yet. */
export function anchored(c: Choosing, id: string): Choosing {
  return { ...c, anchor: id, base: c.chosen, on: true };
}

/** reached draws the stretch from where the choice began to a line; what was chosen outside of it stays. */
export function reached(c: Choosing, ids: readonly string[], id: string): Choosing {
  const part = stretch(ids, c.anchor || id, id);
  const rest = c.base.filter((x) => !part.includes(x));
  return { ...c, anchor: c.anchor || id, chosen: c.on ? [...rest, ...part] : rest };
}

/** inOrder is the chosen lines in the order of the scene; ids that are not in it are left out. */
export function inOrder(ids: readonly string[], chosen: readonly string[]): string[] {
  return ids.filter((id) => chosen.includes(id));
}

/** differs tells whether two choices name different lines. */
export function differs(a: readonly string[], b: readonly string[]): boolean {
  return a.length !== b.length || a.some((id) => !b.includes(id));
}
