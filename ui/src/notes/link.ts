/** Where a note points: its frames as people write them, and the address that opens it. */
import type { Schema } from '../lib/client';
import { rangeLabel } from '../player/frames';

export type Note = Schema<'Note'>;
export type NoteRow = Schema<'NoteRow'>;
export type Stroke = Schema<'Stroke'>;
export type MemberRow = Schema<'MemberRow'>;

/** spanLabel is the label of the frame or the range that a note speaks of: F1058, F1058–1070. '' for the whole take. */
export function spanLabel(at: { frame?: number; last?: number }, first: number): string {
  return at.frame === undefined ? '' : rangeLabel(at.frame, at.last, first);
}

/** covers tells whether a note speaks of a frame: the one it was made on, or any of its range. */
export function covers(at: { frame?: number; last?: number }, frame: number | undefined): boolean {
  return at.frame !== undefined && frame !== undefined && frame >= at.frame && frame <= (at.last ?? at.frame);
}

type Place = Pick<Note, 'id' | 'title_id' | 'shot_id' | 'take_id' | 'frame'>;

/** noteLink is the address of a note in the review room: shot, take and frame (index from 0) come with it. */
export function noteLink(note: Place): string {
  const query = new URLSearchParams({ shot: note.shot_id, take: note.take_id });
  if (note.frame !== undefined) query.set('f', String(note.frame));
  query.set('note', note.id);
  return `/titles/${encodeURIComponent(note.title_id)}/review?${query}`;
}
