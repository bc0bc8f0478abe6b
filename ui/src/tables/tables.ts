/** What the page of table imports works out by itself: what a change of the reading leaves in force, and how rows are told. */
import { address, type Schema } from '../lib/client';

export type Preview = Schema<'TablePreview'>;
export type Choice = Schema<'TableChoice'>;
export type CellError = Schema<'CellError'>;
export type Outcome = Schema<'TableOutcome'>;

/** kinds are what the rows of an imported table may be. */
export const kinds = ['shots', 'kitsu-shots', 'kitsu-assets', 'kitsu-casting', 'kitsu-people'] as const;
export type Kind = (typeof kinds)[number];

/** OutKind is what may be written out: the same, and scenes. */
export type OutKind = Kind | 'scenes';

/** hasPlaces tells whether rows of a kind stand in an episode and a scene. */
export function hasPlaces(kind: Kind): boolean {
  return kind === 'shots' || kind === 'kitsu-shots';
}

/** asKind is what of a choice still holds when the rows are said to be something else. */
export function asKind(choice: Choice): Choice {
  const { encoding, separator, sheet, header_row } = choice;
  return { encoding, separator, sheet, header_row };
}

/** ranges writes rows as people read them: 1–3、7. Beyond `most` stretches the rest is left out with an ellipsis. */
export function ranges(rows: readonly number[], between = '、', most = 12): string {
  const sorted = [...new Set(rows)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const row of sorted) {
    const run = runs.at(-1);
    if (run && run[1] + 1 === row) run[1] = row;
    else runs.push([row, row]);
  }
  const told = runs.slice(0, most).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return told.join(between) + (runs.length > most ? `${between}…` : '');
}

/** Skips is the rows left out for one reason. */
export interface Skips {
  why: string;
  rows: number[];
}

/** skipsOf groups skipped rows by their reason, in the order in which the reasons first occur. */
export function skipsOf(skipped: Preview['skipped']): Skips[] {
  const by = new Map<string, number[]>();
  for (const s of skipped) by.set(s.why, [...(by.get(s.why) ?? []), s.row]);
  return [...by].map(([why, rows]) => ({ why, rows }));
}

/** ready tells whether there is something to import and nothing in its way. */
export function ready(p: Preview): boolean {
  return p.errors.length === 0 && p.new + p.changed > 0;
}

/** errorAt is the index of the first error in a row or after it, the last one where there is none after it. */
export function errorAt(errors: readonly CellError[], row: number): number {
  const at = errors.findIndex((e) => e.row >= row);
  return at < 0 ? errors.length - 1 : at;
}

/** exportHref is where a table of a title, or of one of its episodes, is written out. */
export function exportHref(
  title: string,
  kind: OutKind,
  format: 'csv' | 'xlsx',
  more: { order?: 'script' | 'place'; episode?: string } = {},
): string {
  return address('/titles/{title}/tables/{kind}', { title, kind }, { format, ...more });
}
