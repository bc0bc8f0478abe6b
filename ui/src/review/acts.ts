/** What an act is called that can be taken back: E03-S02-014 第 3 条：废片（脸崩）. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { wordOf, type Mark } from './marks';

type Act = Schema<'Act'>;

/** actWords is an act as one short sentence. */
export function actWords(act: Act): string {
  return [act.params.label, verbWords(act)].filter(Boolean).join(' ');
}

function verbWords(act: Act): string {
  const n = Number(act.params.number ?? 0);
  switch (act.verb) {
    case 'take.picked':
    case 'take.replaced':
      return t('review.picked', { n });
    case 'take.unpicked':
      return t('review.unpicked', { n });
    case 'shot.locked':
      return t('review.locked');
    case 'shot.unlocked':
      return t('review.unlocked');
    case 'shot.rework':
      return t('review.sentBack');
  }
  const many = Number(act.params.n ?? 1);
  const what = many > 1 ? t('review.takes', { n: many }) : t('review.take', { n });
  return t('review.markedAs', { what, word: markWord(act.params) });
}

function markWord(params: Record<string, string>): string {
  const mark: Mark = {};
  if (params.verdict) mark.verdict = params.verdict as Mark['verdict'];
  if (params.reason) mark.reason = params.reason as Mark['reason'];
  if (params.stars) mark.stars = Number(params.stars);
  if (params.colour) mark.colour = Number(params.colour);
  return wordOf(mark);
}
