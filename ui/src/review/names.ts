/** How a take is called: by number, kind, mark and stars, for eyes and for screen readers. */
import { tAny, t } from '../lib/i18n.svelte';
import { isClip, type Take } from '../player/media';

export type { Take };

/** verdictWord is the verdict as one word, a rejection with its reason. */
export function verdictWord(take: Take): string {
  if (take.verdict !== 'rejected' || !take.reason) return t(`state.verdict.${take.verdict}`);
  const reason = take.reason === 'other' && take.reason_text ? take.reason_text : tAny(`reason.${take.reason}`);
  return t('review.rejectedFor', { reason });
}

/** takeName is the whole name: "第 8 条，视频，选用，4 星". */
export function takeName(take: Take, picked: boolean): string {
  const parts = [
    t('review.take', { n: take.number }),
    isClip(take) ? t('review.kind.clip') : t('review.kind.picture'),
    picked ? t('review.pick') : verdictWord(take),
  ];
  if (take.stars > 0) parts.push(t('stars.n', { n: take.stars }));
  return parts.join(t('review.comma'));
}

/** shapeOf is the better cell for a shot's takes: upright where most of them are. */
export function shapeOf(takes: Take[]): 'portrait' | 'landscape' {
  const upright = takes.filter((x) => x.media.height >= x.media.width).length;
  return upright * 2 >= takes.length ? 'portrait' : 'landscape';
}
