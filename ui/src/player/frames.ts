/**
 * Frame arithmetic: the one place where a picture of a clip gets its number. A frame is an index within the file, from 0,
 * which is what notes and links keep; what people read is that index counted from the title's first number (0 or 1001).
 * Rates are fractions as the file has them (30000/1001), never rounded, so that frame 10,000 is as exact as frame 1.
 */
import type { Schema } from '../lib/client';

type Media = Schema<'Media'>;

/** Rate is frames a second as a fraction; `varies` says that frames last unequally long and the fraction is their mean. */
export interface Rate {
  num: number;
  den: number;
  varies: boolean;
}

/** rateOf is the rate that a clip's file states, or undefined for a still and for a file that states none. */
export function rateOf(media: Media): Rate | undefined {
  if (media.frame_num <= 0 || media.frame_den <= 0) return undefined;
  return { num: media.frame_num, den: media.frame_den, varies: media.variable_rate };
}

/** countOf is how many frames a clip has, at least one: counted in the file, else from its duration. */
export function countOf(media: Media): number {
  const rate = rateOf(media);
  if (media.frames > 0 || !rate) return Math.max(1, media.frames);
  return Math.max(1, Math.round((media.duration_ms * rate.num) / (1000 * rate.den)));
}

/** secondsOf is how long so many frames last. */
export function secondsOf(frames: number, rate: Rate): number {
  return (frames * rate.den) / rate.num;
}

/** middleOf is the time to seek to for a frame: its middle. At the edge a player shows the one before every third time. */
export function middleOf(index: number, rate: Rate): number {
  return secondsOf(index + 0.5, rate);
}

/** frameOf is the frame whose presentation time a player reports; files that count in milliseconds round it. */
export function frameOf(mediaTime: number, rate: Rate): number {
  return Math.round((mediaTime * rate.num) / rate.den);
}

/** frameWithin is the frame that is shown at a time between two edges. */
export function frameWithin(seconds: number, rate: Rate): number {
  return Math.floor((seconds * rate.num) / rate.den + 1e-4);
}

/** clampFrame keeps an index inside a clip. */
export function clampFrame(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

/** frameLabel is how a frame is written everywhere: F0, F1058. */
export function frameLabel(index: number, first: number): string {
  return `F${first + index}`;
}

/** rangeLabel is the same for a range, both ends included: F1058–1070. */
export function rangeLabel(index: number, last: number | undefined, first: number): string {
  return last === undefined || last === index
    ? frameLabel(index, first)
    : `${frameLabel(index, first)}–${first + last}`;
}

/** rateLabel writes a rate for people: 24, 25, 29.97, 60. */
export function rateLabel(rate: Rate): string {
  return String(Math.round((rate.num / rate.den) * 100) / 100);
}

/** clockLabel is a time as minutes, seconds and frames: 0:02:09. */
export function clockLabel(index: number, rate: Rate): string {
  const perSecond = Math.round(rate.num / rate.den);
  const seconds = Math.floor(index / perSecond);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}:${two(index % perSecond)}`;
}
