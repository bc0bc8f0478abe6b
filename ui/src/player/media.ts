/** What of a take moves, and where its pictures are. */
import type { Schema } from '../lib/client';

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

/** pictureUrl is a derived picture of a take, or undefined while there is none. */
export function pictureUrl(take: Take, size: 'thumb' | 'preview'): string | undefined {
  return take.media.derived === 'ready' ? `/api/v1/takes/${take.id}/${size}` : undefined;
}
