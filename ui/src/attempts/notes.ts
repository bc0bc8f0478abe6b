/** Notes of the reader, as sentences. */
import { t, tAny } from '../lib/i18n.svelte';

const differs = 'differs:';

/** noteText says a note in words; "differs:seed" names the field in which a tool and the file disagree. */
export function noteText(note: string): string {
  if (!note.startsWith(differs)) return tAny(`attempts.note.${note}`);
  return t('attempts.note.differs', { field: tAny(`attempts.field.${note.slice(differs.length)}`) });
}
