/** The scopes of a title's milestones: the sum of plays, and each platform. */
import { t } from '../lib/i18n.svelte';
import type { MilestoneRow, ReleaseRow } from './figures';

/** Scope is what a chip narrows the ribbon to. */
export interface Scope {
  /** id is a release's, or `sum`. */
  id: string;
  label: string;
  n: number;
}

/** inScope tells whether a milestone is one of a scope. */
export function inScope(m: MilestoneRow, scope: string): boolean {
  return (m.release_id || 'sum') === scope;
}

/** scopesOf are the scopes that have milestones, the sum first, then the platforms in their order. */
export function scopesOf(list: MilestoneRow[], releases: ReleaseRow[]): Scope[] {
  const all = [
    { id: 'sum', label: t('releases.allPlatforms') },
    ...releases.map((r) => ({ id: r.release.id, label: r.release.platform })),
  ];
  return all.map((s) => ({ ...s, n: list.filter((m) => inScope(m, s.id)).length })).filter((s) => s.n > 0);
}
