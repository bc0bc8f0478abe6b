/** What is done to the candidates of a script's place, each with its way back. */
import { del, patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';

export type ScriptPlace = Schema<'ScriptPlace'>;
export type Candidate = Schema<'CandidateRow'>;
type Element = Schema<'Element'>;

const link = (e: Element, location: string): Promise<Element> =>
  patch('/elements/{element}', { path: { element: e.id }, rev: e.rev, body: { location_id: location } });

/** rowsOf are the candidates as they are shown: the locked one first, also where it never was put forward. */
export function rowsOf(place: ScriptPlace): Candidate[] {
  const rows = [...place.candidates].sort((a, b) => Number(b.locked) - Number(a.locked));
  const { locked } = place;
  if (!locked || rows.some((r) => r.location.id === locked.id)) return rows;
  return [{ location_id: locked.id, location: locked, locked: true, note: '', by: '', at: locked.created }, ...rows];
}

/** lock makes a location the place, or with '' frees it again. */
export async function lock(
  place: ScriptPlace,
  location: { id: string; name: string },
  changed: () => void,
): Promise<void> {
  const was = place.element.location_id ?? '';
  const what = { place: place.element.name, location: location.name };
  try {
    const next = await link(place.element, location.id);
    const label = location.id ? t('places.did.locked', what) : t('places.did.unlocked', what);
    did(label, async () => {
      await link(next, was);
      changed();
    });
  } catch (cause) {
    toastError(cause);
  }
  changed();
}

/** drop takes a candidate back; taking that back puts it forward again with its note. */
export async function drop(place: ScriptPlace, row: Candidate, changed: () => void): Promise<void> {
  const element = place.element.id;
  try {
    await del('/elements/{element}/candidates/{location}', {
      path: { element, location: row.location.id },
      rev: place.element.rev,
    });
    did(t('places.did.dropped', { place: place.element.name, location: row.location.name }), async () => {
      await post('/elements/{element}/candidates', {
        path: { element },
        body: { location_id: row.location.id, note: row.note },
      });
      changed();
    });
  } catch (cause) {
    toastError(cause);
  }
  changed();
}
