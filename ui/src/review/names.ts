/** How a take is called: by number, kind, mark and stars, for eyes and for screen readers. */
import type { Schema } from '../lib/client';
import { tAny, t } from '../lib/i18n.svelte';

export type Take = Schema<'Take'>;

/** isFilm tells what a video element plays. */
export function isFilm(take: Take): boolean {
  return take.media.type.startsWith('video/');
}

/** isClip tells a moving take from a still one; an animated picture moves too. */
export function isClip(take: Take): boolean {
  return isFilm(take) || take.media.animated;
}

/** playUrl is what to play: the copy for browsers where they cannot play the original. */
export function playUrl(take: Take): string {
  return `/api/v1/takes/${take.id}/${take.media.proxy ? 'proxy' : 'original'}`;
}

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
