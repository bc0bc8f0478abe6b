/**
 * The sheets of one title, read once for all cards of a list that name them: `know(titleId)` from an effect, then
 * `known(id)`. Nothing is read before somebody asks.
 */
import { get } from '../lib/client';
import { onEvent } from '../lib/events.svelte';
import type { Reference } from './sheets';

let sheets = $state.raw<ReadonlyMap<string, Reference>>(new Map());
let title = '';
let users = 0;
let stop: (() => void) | undefined;

/** know reads the sheets of a title and keeps them fresh while somebody looks; it returns how to stop. */
export function know(titleId: string): () => void {
  users++;
  if (titleId !== title) {
    stop?.();
    title = titleId;
    stop = onEvent({ title_id: titleId, kind: 'reference' }, () => void read(titleId));
    void read(titleId);
  }
  return () => {
    users--;
    if (users > 0) return;
    stop?.();
    stop = undefined;
    title = '';
  };
}

// A name that cannot be read leaves the edition without one; the card itself stands.
async function read(titleId: string): Promise<void> {
  try {
    const path = { title: titleId };
    const { items } = await get('/titles/{title}/references', { path, query: { archived: true } });
    if (titleId === title) sheets = new Map(items.map((r) => [r.id, r]));
  } catch {
    return;
  }
}

/** known is a sheet by its id, undefined while it is not read. */
export function known(id: string): Reference | undefined {
  return sheets.get(id);
}
