/**
 * A script that was previewed and not imported: the server keeps its file for a day under its hash, and this tab keeps how it
 * is to be read, so that a closed preview, a reload or a wrong turn loses no correction.
 */
import type { Schema } from '../lib/client';

export type KeptScript = Schema<'KeptScript'>;

/** KeptDraft is such a script with the size of its file in bytes and when it was last touched (milliseconds since 1970). */
export interface KeptDraft {
  kept: KeptScript;
  bytes: number;
  at: number;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const day = 24 * 60 * 60 * 1000;

function keyOf(person: string, title: string): string {
  return `chouka.script.${person}.${title}`;
}

function isDraft(x: unknown): x is KeptDraft {
  const d = x as Partial<KeptDraft> | null;
  return typeof d?.at === 'number' && typeof d.bytes === 'number' && typeof d.kept?.sha256 === 'string';
}

/** readDraft is the draft of a title; one that the server has forgotten by now is dropped. */
export function readDraft(shelf: Shelf, person: string, title: string, now: number): KeptDraft | undefined {
  try {
    const found: unknown = JSON.parse(shelf.getItem(keyOf(person, title)) ?? 'null');
    if (isDraft(found) && now - found.at < day) return found;
  } catch {
    // What cannot be read is no draft.
  }
  shelf.removeItem(keyOf(person, title));
  return undefined;
}

/** keepDraft writes the draft of a title; a full shelf only means that it does not outlive the page. */
export function keepDraft(shelf: Shelf, person: string, title: string, draft: KeptDraft): void {
  try {
    shelf.setItem(keyOf(person, title), JSON.stringify(draft));
  } catch {
    shelf.removeItem(keyOf(person, title));
  }
}

/** dropDraft forgets it. */
export function dropDraft(shelf: Shelf, person: string, title: string): void {
  shelf.removeItem(keyOf(person, title));
}
