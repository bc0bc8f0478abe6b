/** A table of slots as its import shows it: which rows are in trouble, and whether it may be written. */
import type { Schema } from '../lib/client';
import { worst } from './clashes';

export type SlotPreview = Schema<'SlotPreview'>;
export type SlotRow = Schema<'SlotRow'>;
export type SlotChoice = Schema<'SlotChoice'>;

/** How rows look: a glyph and a tone; the word stands under schedule.row. */
export const rowLooks = {
  new: { glyph: '+', tone: 'pick' },
  confirm: { glyph: '✓', tone: 'pick' },
  same: { glyph: '=', tone: 'plain' },
  blocked: { glyph: '✕', tone: 'reject' },
  wrong: { glyph: '✕', tone: 'reject' },
  skipped: { glyph: '–', tone: 'plain' },
} as const;

/** troubled tells whether a row needs a look: it cannot be taken, or something is in its way. */
export function troubled(row: Pick<SlotRow, 'state' | 'conflicts' | 'errors'>): boolean {
  if (row.state === 'blocked' || row.state === 'wrong' || row.errors.length > 0) return true;
  const level = worst(row.conflicts);
  return level === 'hard' || level === 'soft';
}

/** hinders is what keeps a table from being written: rows that must be skipped, a reason that is missing, or nothing to write. */
export function hinders(p: SlotPreview, skip: boolean, reason: string): 'rows' | 'reason' | 'nothing' | '' {
  if (!skip && p.blocked + p.wrong > 0) return 'rows';
  if (p.new + p.confirm === 0) return 'nothing';
  return p.soft > 0 && !reason.trim() ? 'reason' : '';
}
