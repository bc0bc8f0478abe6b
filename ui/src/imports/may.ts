/** Whether the reader may bring figures in at all; of which titles the server knows. */
import { can, me } from '../lib/session.svelte';

/** mayImport tells whether there is a title that the reader enters figures for. */
export function mayImport(): boolean {
  return can('reading.enter') || (me()?.memberships ?? []).some((m) => can('reading.enter', m.title_id));
}
