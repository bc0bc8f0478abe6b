/** What the reading of a script warns of, in the reader's words. The codes are the server's (server/studio/script). */
import type { Schema } from '../lib/client';
import { t, tAny } from '../lib/i18n.svelte';

export type Warning = Schema<'ScriptWarning'>;

function holes(w: Warning): Record<string, string> {
  const params: Record<string, string> = { ...w.params };
  if (params.what) params.what = tAny(`scripts.what.${params.what}`);
  if (params.encoding) params.encoding = encodingName(params.encoding);
  if (params.code) params.code = tAny(`scripts.sort.${params.code}`);
  return params;
}

/** warningText is the sentence of a warning, without its line number. */
export function warningText(w: Warning): string {
  const variant = w.code === 'low_speaker' || (w.code === 'no_scene' && !w.params?.episode);
  const tail = variant ? `${w.code}_${w.params?.as ?? 'whole'}` : w.code;
  return tAny(`scripts.warning.${tail}`, holes(w));
}

/** sortCounts counts warnings by code, in the order in which the codes first occur. */
export function sortCounts(warnings: Warning[]): { code: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const w of warnings) if (w.code !== 'more') counts.set(w.code, (counts.get(w.code) ?? 0) + 1);
  return [...counts].map(([code, n]) => ({ code, n }));
}

/** sortName is what warnings of one code are called together. */
export function sortName(code: string): string {
  return tAny(`scripts.sort.${code}`);
}

/** encodingName writes an encoding for people; a Word file has none of its own. */
export function encodingName(encoding: string): string {
  return encoding ? tAny(`scripts.encoding.${encoding}`) : t('scripts.encoding.none');
}
