/** Pictures of clips, made in the browser where the server has no ffmpeg. */
import { address, randomKey, type Schema } from '../lib/client';
import { onEvent } from '../lib/events.svelte';
import { t } from '../lib/i18n.svelte';
import { me } from '../lib/session.svelte';
import { toast } from '../lib/toasts.svelte';
import { sendFile } from '../lib/upload';

const longest = 960;
const patience = 20_000;

/** posterAt is the second that shows a clip best: a little way in, past a black first frame, but inside a very short one. */
export function posterAt(duration: number): number {
  return Number.isFinite(duration) && duration > 0 ? Math.min(0.5, duration / 4) : 0;
}

/** fitInto scales a size down to a longest edge; it never scales up. */
export function fitInto(width: number, height: number, edge: number): [number, number] {
  const scale = Math.min(1, edge / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

function once(video: HTMLVideoElement, name: string): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error('the clip did not answer')), patience);
    const end = (then: () => void) => () => {
      clearTimeout(timer);
      then();
    };
    video.addEventListener(name, end(done), { once: true });
    video.addEventListener(
      'error',
      end(() => fail(new Error('the browser cannot read this clip'))),
      { once: true },
    );
  });
}

async function draw(video: HTMLVideoElement): Promise<Blob> {
  const [width, height] = fitInto(video.videoWidth, video.videoHeight, longest);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  if (!blob) throw new Error('no picture came out of the clip');
  return blob;
}

/** posterOf makes a JPEG out of a local clip, or of the original at an address. It fails where the browser cannot read the clip. */
export async function posterOf(source: File | string): Promise<Blob> {
  const url = typeof source === 'string' ? source : URL.createObjectURL(source);
  const video = document.createElement('video');
  Object.assign(video, { muted: true, playsInline: true, preload: 'auto' });
  try {
    const loaded = once(video, 'loadeddata');
    video.src = url;
    await loaded;
    const sought = once(video, 'seeked');
    video.currentTime = posterAt(video.duration);
    await sought;
    return await draw(video);
  } finally {
    video.removeAttribute('src');
    video.load();
    if (typeof source !== 'string') URL.revokeObjectURL(url);
  }
}

/** sendPoster gives a clip its picture. */
export async function sendPoster(take: string, picture: Blob): Promise<void> {
  const file = new File([picture], 'poster.jpg', { type: 'image/jpeg' });
  const url = address('/takes/{take}/poster', { take });
  await sendFile({ body: file, url }, randomKey(), () => undefined, new AbortController().signal);
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * givePoster makes the picture of a fresh clip where the server has no ffmpeg; one clip at a time, so that a hundred do
 * not fight for the decoder. Without the local file the original is read back.
 */
export function givePoster(row: Schema<'AttemptRow'>, name: string, file?: File): void {
  const take = row.takes.at(-1);
  if (!take || me()?.ffmpeg !== false || !take.media.type.startsWith('video/')) return;
  turn = turn.then(async () => {
    try {
      await posterFor(take.id, file ?? address('/takes/{take}/original', { take: take.id }));
    } catch {
      toast(t('attempts.noPoster', { name }));
    }
  });
}

// The server may still be finding out that it cannot make the picture when ours arrives; then ours is sent once more.
async function posterFor(take: string, source: File | string): Promise<void> {
  const picture = await posterOf(source);
  const stop = onEvent({ object: take, verb: 'media.missing' }, (e) => {
    if (e) void sendPoster(take, picture).catch(() => undefined);
  });
  setTimeout(stop, 30_000);
  await sendPoster(take, picture);
}
