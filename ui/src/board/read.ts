/** What a board reads: all shots of an episode in a few calls, and the sheets of the title. */
import { get, type Schema } from '../lib/client';
import { wasAborted } from '../lib/problem';
import type { ShotRow } from './board';

/** episodeShots reads the shots of an episode by its number, each with its newest take; none for 0. */
export async function episodeShots(title: string, episode: number, signal: AbortSignal): Promise<ShotRow[]> {
  const rows: ShotRow[] = [];
  if (episode === 0) return rows;
  let after: string | undefined;
  do {
    const query = { episode, after, limit: 500 };
    const page = await get('/titles/{title}/shots', { path: { title }, query, signal });
    rows.push(...page.items);
    after = page.next || undefined;
  } while (after);
  return rows;
}

/** sheetsOf reads the sheets of a title; a board without them shows words instead. */
export async function sheetsOf(title: string, signal: AbortSignal): Promise<Schema<'Reference'>[]> {
  try {
    return (await get('/titles/{title}/references', { path: { title }, signal })).items;
  } catch (cause) {
    if (wasAborted(cause)) throw cause;
    return [];
  }
}
