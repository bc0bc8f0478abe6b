/** What a row of the queue says, in words. */
import { t } from '../lib/i18n.svelte';
import type { Eaten, Gone, QueueRow } from './queue';

/** goneGlyph stands before the word, so that no colour has to say it. */
export function goneGlyph(gone: Gone): string {
  return { picked: '✓', drawing: '↺', deleted: '✕', left: '–' }[gone.why];
}

/** goneWord says why a shot no longer waits: 王制片已选, 回到抽卡. */
export function goneWord(gone: Gone): string {
  return gone.by && gone.why === 'picked' ? t('review.gone.pickedBy', { name: gone.by }) : t(`review.gone.${gone.why}`);
}

/** takesWord is the takes with those nobody has looked at: 9 · 未看 4. */
export function takesWord(row: QueueRow): string {
  return row.unseen > 0
    ? t('review.row.unseen', { takes: row.takes, n: row.unseen })
    : t('review.row.takes', { takes: row.takes });
}

/** drawsWord is the draws against the usual: 24 抽 · 中位 6. */
export function drawsWord(row: Eaten): string {
  return row.usual
    ? t('review.row.drawsOf', { draws: row.attempts, usual: row.usual.median })
    : t('review.row.draws', { draws: row.attempts });
}

/** usualWord says what the usual rests on. */
export function usualWord(row: Eaten): string {
  if (!row.usual) return '';
  const { size, median, n } = row.usual;
  return size ? t('review.row.usualSize', { size, median, n }) : t('review.row.usual', { median, n });
}
