/** Telling a fresh attempt what it was drawn from: the sheets that the operator chose beside the prompt. */
import { get, patch, type Schema } from '../lib/client';
import { asError } from '../lib/problem';
import { chosenOn } from './chosen.svelte';

type Attempt = Schema<'Attempt'>;

/** sheetsIn names the sheets chosen on a shot, as a new attempt takes them: their current editions. */
export function sheetsIn(shot: string): Schema<'SheetIn'>[] {
  return chosenOn(shot).map((reference_id) => ({ reference_id }));
}

/** noteSheets writes the chosen sheets to an attempt that a file made; it gives the attempt as it now is. */
export async function noteSheets(a: Attempt): Promise<Attempt> {
  const sheets = sheetsIn(a.shot_id);
  if (sheets.length === 0) return a;
  const path = { attempt: a.id };
  try {
    return await patch('/attempts/{attempt}', { path, rev: a.rev, body: { sheets } });
  } catch (cause) {
    // A second file of the same attempt may have come in between.
    if (asError(cause).code !== 'stale') throw cause;
    const now = await get('/attempts/{attempt}', { path });
    return patch('/attempts/{attempt}', { path, rev: now.row.attempt.rev, body: { sheets } });
  }
}
