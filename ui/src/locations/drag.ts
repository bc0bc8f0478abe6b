/** The arithmetic of dragging: what a pointer or an arrow key makes of a slot. Times are milliseconds. */

import { addDays, instant, wall } from './zone';

const minute = 60_000;
/** coarse and fine are the steps, in minutes, to which a slot keeps: without and with Shift. */
export const coarse = 15;
export const fine = 5;
// The longest booking that the server takes.
const longest = 60 * 24 * 60 * minute;

/** LineSlot is a stretch of time on a line of the calendar. */
export interface LineSlot {
  line: string;
  start: number;
  end: number;
}

/** Grip is where a slot was taken: as a whole, by an edge, or on empty ground, where a new one begins. */
export type Grip = 'make' | 'move' | 'start' | 'end';

/** Drag is a slot under way: as it was, by what it was taken and where the pointer was then. */
export interface Drag {
  grip: Grip;
  was: LineSlot;
  at: number;
}

/** snap is the nearest step of so many minutes; every zone's clock stands on such steps too. */
export function snap(ms: number, step: number): number {
  return Math.round(ms / (step * minute)) * step * minute;
}

/** dragged is the slot when the pointer has come to a time and a line. Only what is moved as a whole changes its line. */
export function dragged(drag: Drag, at: number, line: string, step: number): LineSlot {
  const { was, grip } = drag;
  const least = step * minute;
  switch (grip) {
    case 'make': {
      const [from, to] = at < drag.at ? [at, drag.at] : [drag.at, at];
      const start = snap(from, step);
      return within({ line: was.line, start, end: Math.max(snap(to, step), start + least) }, 'end');
    }
    case 'move': {
      const start = snap(was.start + at - drag.at, step);
      return { line, start, end: start + was.end - was.start };
    }
    case 'start':
      return within({ ...was, start: Math.min(snap(was.start + at - drag.at, step), was.end - least) }, 'start');
    case 'end':
      return within({ ...was, end: Math.max(snap(was.end + at - drag.at, step), was.start + least) }, 'end');
  }
}

function within(slot: LineSlot, edge: 'start' | 'end'): LineSlot {
  if (slot.end - slot.start <= longest) return slot;
  return edge === 'end' ? { ...slot, end: slot.start + longest } : { ...slot, start: slot.end - longest };
}

/** nudged is the slot after an arrow key: it moves in time and over lines, and with Shift its end moves. Undefined for other keys. */
export function nudged(slot: LineSlot, key: string, shift: boolean, lines: string[]): LineSlot | undefined {
  const by = { ArrowLeft: -coarse * minute, ArrowRight: coarse * minute }[key];
  if (by !== undefined) {
    if (!shift) return { ...slot, start: slot.start + by, end: slot.end + by };
    return within({ ...slot, end: Math.max(slot.end + by, slot.start + coarse * minute) }, 'end');
  }
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (step === undefined || shift) return undefined;
  const line = lines[lines.indexOf(slot.line) + step];
  return line === undefined ? slot : { ...slot, line };
}

/** shifted is the slot so many days later, at the same hours by the clock of a zone. */
export function shifted(slot: LineSlot, days: number, zone: string): LineSlot {
  const was = wall(new Date(slot.start), zone);
  const start = Date.parse(instant(`${addDays(was.slice(0, 10), days)}${was.slice(10)}`, zone));
  return { ...slot, start, end: start + slot.end - slot.start };
}

/** dayNudged is the slot after an arrow key in a month: a day on or back, a week down or up. Undefined for other keys. */
export function dayNudged(slot: LineSlot, key: string, zone: string): LineSlot | undefined {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key];
  return by === undefined ? undefined : shifted(slot, by, zone);
}

/** same tells whether a slot is where it was. */
export function same(a: LineSlot, b: LineSlot): boolean {
  return a.line === b.line && a.start === b.start && a.end === b.end;
}
