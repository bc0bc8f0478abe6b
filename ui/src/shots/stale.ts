/** Why a shot may no longer fit its script, and where the two versions stand side by side. */
import type { Schema } from '../lib/client';

export type Staleness = Schema<'Staleness'>;
type Version = Pick<Schema<'ScriptVersion'>, 'id' | 'number'>;

/** compareHref lays the version that made a shot stale beside the one before it; undefined where there is none before. */
export function compareHref(title: string, versions: readonly Version[], stale: Staleness): string | undefined {
  const before = versions.filter((v) => v.number < stale.version).sort((a, b) => b.number - a.number)[0];
  if (!before || !versions.some((v) => v.id === stale.version_id)) return undefined;
  const query = new URLSearchParams({ a: before.id, b: stale.version_id });
  return `/titles/${title}/script/compare?${query}`;
}

/** changeOf says what happened to a line: it is gone, it is new, or it reads otherwise. */
export function changeOf(line: Staleness['lines'][number]): 'gone' | 'new' | 'edited' {
  if (!line.is) return 'gone';
  return line.was ? 'edited' : 'new';
}
