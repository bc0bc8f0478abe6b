/** Marks on takes: what a key sets, how it looks before the server has answered, and how it is taken back. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { verdictWord, type Take } from './names';

export type TakeRow = Schema<'TakeRow'>;
export type Verdict = Take['verdict'];
export type Reason = NonNullable<Schema<'VerdictIn'>['reason']>;

/** Mark is what one key sets: a verdict, the stars, a colour. */
export interface Mark {
  verdict?: Verdict;
  reason?: Reason;
  reason_text?: string;
  stars?: number;
  colour?: number;
}

/** Pending is a mark on its way to the server. */
export interface Pending {
  id: number;
  takes: ReadonlySet<string>;
  mark: Mark;
}

/** marked is a take as it will be once the server has taken a mark. */
export function marked(take: Take, mark: Mark): Take {
  const next = { ...take };
  if (mark.stars !== undefined) next.stars = mark.stars;
  if (mark.colour !== undefined) next.colour = mark.colour;
  if (mark.verdict !== undefined) {
    next.verdict = mark.verdict;
    next.reason = mark.verdict === 'rejected' ? mark.reason : undefined;
    next.reason_text = mark.verdict === 'rejected' ? mark.reason_text : undefined;
  }
  return next;
}

/** withPending shows rows with all marks on their way, in the order in which they were made. */
export function withPending(rows: TakeRow[], pending: Pending[]): TakeRow[] {
  if (pending.length === 0) return rows;
  return rows.map((row) => {
    const mine = pending.filter((p) => p.takes.has(row.take.id));
    return mine.length === 0 ? row : { ...row, take: mine.reduce((take, p) => marked(take, p.mark), row.take) };
  });
}

/** merged puts the takes of an answer into rows; takes that are not there are left out. */
export function merged(rows: TakeRow[], answer: Take[]): TakeRow[] {
  const fresh = new Map(answer.map((x) => [x.id, x]));
  return rows.map((row) => {
    const take = fresh.get(row.take.id);
    return take ? { ...row, take } : row;
  });
}

/** changes tells whether a mark would change a take at all. */
export function changes(take: Take, mark: Mark): boolean {
  const next = marked(take, mark);
  return (
    next.verdict !== take.verdict ||
    (next.reason ?? '') !== (take.reason ?? '') ||
    (next.reason_text ?? '') !== (take.reason_text ?? '') ||
    next.stars !== take.stars ||
    next.colour !== take.colour
  );
}

/** wordOf says what a mark sets: 废片（脸崩）, 4 星, 未看, 红. */
export function wordOf(mark: Mark): string {
  if (mark.colour !== undefined) return colourWord(mark.colour);
  if (mark.verdict === undefined) return mark.stars ? t('stars.n', { n: mark.stars }) : t('review.noStars');
  return verdictWord(marked({ stars: 0 } as Take, mark));
}

/** labelOf says what was marked as what: 第 8 条：废片（脸崩）, or 12 条：可用. */
export function labelOf(takes: Take[], mark: Mark): string {
  const what = takes.length === 1 ? t('review.take', { n: takes[0]!.number }) : t('review.takes', { n: takes.length });
  return t('review.markedAs', { what, word: wordOf(mark) });
}

const colours = ['none', 'red', 'yellow', 'green', 'blue'] as const;

/** colourName is the token of a colour label: 0 none, 1 red, 2 yellow, 3 green, 4 blue. */
export function colourName(colour: number): (typeof colours)[number] {
  return colours[colour] ?? 'none';
}

/** colourWord names a colour label for people. */
export function colourWord(colour: number): string {
  return t(`review.colour.${colourName(colour)}`);
}
