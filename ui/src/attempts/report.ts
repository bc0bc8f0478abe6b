/** The account of one or more batches: counted, filtered, and as a text to send to somebody. */
import { t } from '../lib/i18n.svelte';
import { elsewhere, isTrouble, sentence, type Outcome } from './batch';

/** Part is a filter of the account. */
export type Part = 'all' | 'new' | 'joined' | 'duplicate' | 'beside' | 'trouble' | 'rest';

export const parts: Part[] = ['all', 'new', 'joined', 'duplicate', 'beside', 'trouble', 'rest'];

/** partOf is the filter under which an outcome stands, besides all. */
export function partOf(o: Outcome): Part {
  if (isTrouble(o)) return 'trouble';
  if (o.became === 'new' || o.became === 'joined' || o.became === 'duplicate' || o.became === 'beside') return o.became;
  return o.became === 'also' ? 'new' : 'rest';
}

/** inPart filters; trouble comes first in all. */
export function inPart(all: Outcome[], part: Part): Outcome[] {
  if (part !== 'all') return all.filter((o) => partOf(o) === part);
  return [...all.filter(isTrouble), ...all.filter((o) => !isTrouble(o))];
}

/** countsOf counts each filter; those with nothing in them are left out. */
export function countsOf(all: Outcome[]): { part: Part; n: number }[] {
  return parts.map((part) => ({ part, n: inPart(all, part).length })).filter((c) => c.n > 0);
}

/** titleOf says in a few words what the account is of. */
export function titleOf(all: Outcome[]): string {
  const labels = [...new Set(all.map((o) => o.label))];
  const n = all.length;
  return labels.length === 1 ? t('capture.report.one', { n, label: labels[0]! }) : t('capture.report.many', { n });
}

/** asText is the account as plain lines: counts first, then each file with what became of it. */
export function asText(all: Outcome[]): string {
  const counts = countsOf(all)
    .filter((c) => c.part !== 'all')
    .map((c) => `${t(`capture.part.${c.part}`)} ${c.n}`);
  const lines = inPart(all, 'all').map((o) => [o.path, o.label, sentence(o), elsewhere(o)].filter(Boolean).join('\t'));
  return [titleOf(all), counts.join(t('capture.comma')), '', ...lines].join('\n');
}
