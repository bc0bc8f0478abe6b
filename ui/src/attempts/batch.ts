/** One paste or drop: what became of each of its files, and the words that tell it. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import type { ApiError } from '../lib/problem';
import type { Arrival } from './arrival';

export type AttemptRow = Schema<'AttemptRow'>;

/** Became is what a file turned into. lost came but cannot be read; card is a text that waits for somebody's word. */
export type Became =
  | 'open'
  | 'new'
  | 'also'
  | 'joined'
  | 'duplicate'
  | 'beside'
  | 'card'
  | 'refused'
  | 'unknown'
  | 'lost'
  | 'system'
  | 'cancelled'
  | 'undone';

/** Outcome is one file of a batch; shot and label are where it was to go, row what the server answered. */
export interface Outcome {
  id: number;
  path: string;
  size: number;
  shot: string;
  label: string;
  became: Became;
  why: string;
  row?: AttemptRow;
  /** sending is its id in the queue of uploads. */
  sending?: number;
  /** card is the text itself, to be read and booked. */
  card?: Arrival;
}

/** Batch is the files that came together for one shot. */
export interface Batch {
  shot: string;
  label: string;
  all: Outcome[];
  told: boolean;
}

/** ended is what a result became by the server's answer. */
export function ended(row: AttemptRow): Became {
  if (row.duplicate) return 'duplicate';
  return row.matched === '' ? 'new' : 'joined';
}

/** failedAs sorts a failure: the server's word, a kind that is nobody's result, or bytes that cannot be had. */
export function failedAs(error: ApiError): Became {
  if (error.code === 'upload.kind') return 'unknown';
  if (error.code === 'upload.archive' || error.code === 'upload.gone') return 'lost';
  return 'refused';
}

/** settled tells whether every file of a batch has an end. */
export function settled(b: Batch): boolean {
  return b.all.every((o) => o.became !== 'open');
}

/** newOf are the outcomes that made an attempt, which can be taken back. */
export function newOf(all: Outcome[]): Outcome[] {
  return all.filter((o) => o.became === 'new' && o.row);
}

/** trouble are the ends that somebody should look at. */
const trouble: Became[] = ['refused', 'unknown', 'lost', 'card', 'cancelled'];

export const isTrouble = (o: Outcome): boolean => trouble.includes(o.became);

/** wantsPanel tells whether a toast is too small: many files, or some of them and anything unusual. */
export function wantsPanel(all: Outcome[]): boolean {
  const own = all.filter((o) => o.became !== 'system');
  const usual = (o: Outcome) => ['new', 'also', 'beside'].includes(o.became) && !o.row?.elsewhere?.length;
  return own.length > 10 || (own.length >= 2 && !own.every(usual));
}

/** headline says what was logged; '' where nothing was. */
export function headline(b: Batch): string {
  const n = newOf(b.all).length;
  return n > 0 ? t('attempts.logged', { n, label: b.label }) : '';
}

/** sentence says what one file became, without its name. */
export function sentence(o: Outcome): string {
  const n = o.row?.attempt.number ?? 0;
  switch (o.became) {
    case 'duplicate':
      return t('capture.became.duplicate', { n, label: o.label });
    case 'joined':
      return t('capture.became.joined', { n });
    case 'new':
    case 'also':
    case 'beside':
      return t(`capture.became.${o.became}`, { n });
    case 'refused':
    case 'unknown':
    case 'lost':
      return t(`capture.became.${o.became}`, { why: o.why });
    default:
      return t(`capture.became.${o.became}`);
  }
}

/** elsewhere says which other shots hold the same bytes; '' for none. */
export function elsewhere(o: Outcome): string {
  const labels = (o.row?.elsewhere ?? []).map((e) => e.shot_label);
  return labels.length > 0 ? t('capture.elsewhere', { labels: labels.join(t('capture.comma')) }) : '';
}
