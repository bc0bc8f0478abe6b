/**
 * An episode as one continuous play: shot after shot, each a clip, a still, or a slate where nothing is picked yet. Where one
 * stands is a segment and a frame of it, so that no sum of times decides which frame is shown; times are worked out from that.
 */
import type { Schema } from '../lib/client';
import { clockLabel, countOf, frameWithin, middleOf, rateOf, secondsOf, type Rate } from '../player/frames';
import { isFilm } from '../player/media';

export type Play = Schema<'Play'>;
export type PlayScene = Schema<'PlayScene'>;
export type PlayShot = Schema<'PlayShot'>;
export type Shot = Schema<'Shot'>;
export type Take = Schema<'Take'>;

/** Segment is one shot's part of the play. Stills and slates have frames too, so that a step goes through them like through clips. */
export interface Segment {
  /** key changes when another take stands in; index is the place in the sequence. */
  key: string;
  index: number;
  shot: Shot;
  scene: PlayScene;
  take: Take | undefined;
  /** takes is how many candidates the shot has. */
  takes: number;
  kind: 'clip' | 'still' | 'slate';
  frames: number;
  rate: Rate;
  seconds: number;
  start: number;
}

/** Sequence is what is played: its segments, how long they last, and how much of that is slates. */
export interface Sequence {
  segments: Segment[];
  seconds: number;
  missing: number;
  missingSeconds: number;
  /** base is the rate that most clips have; running time is written in it. */
  base: Rate;
  /** ratio is width by height of the picture that most takes have. */
  ratio: number;
}

/** Spot is where one stands: a segment and a frame of it, from 0. */
export interface Spot {
  index: number;
  frame: number;
}

const fallback: Rate = { num: 25, den: 1, varies: true };
/** plain is how long a still or a slate stands when the shot has no planned length, in seconds. */
export const plain = 3;

/** nothing is the sequence before anything is read. */
export const nothing: Sequence = {
  segments: [],
  seconds: 0,
  missing: 0,
  missingSeconds: 0,
  base: fallback,
  ratio: 9 / 16,
};

/** sequenceOf lays scenes out one after another. `trial` stands in for a shot's pick, to be looked at between its neighbours. */
export function sequenceOf(scenes: PlayScene[], trial?: Take): Sequence {
  const rows = scenes.flatMap((scene) => scene.shots.map((row) => ({ scene, row })));
  const takes = rows.map(({ row }) => (trial?.shot_id === row.shot.id ? trial : row.take));
  const base = commonRate(takes);
  const segments: Segment[] = [];
  let start = 0;
  rows.forEach(({ scene, row }, index) => {
    const take = takes[index];
    const part = { ...lengthOf(row.shot, take, base), scene, shot: row.shot, take, takes: row.takes };
    segments.push({ ...part, key: `${row.shot.id} ${take?.id ?? ''}`, index, start });
    start += part.seconds;
  });
  const slates = segments.filter((s) => s.kind === 'slate');
  return {
    segments,
    seconds: start,
    missing: slates.length,
    missingSeconds: slates.reduce((sum, s) => sum + s.seconds, 0),
    base,
    ratio: commonRatio(takes),
  };
}

function lengthOf(
  shot: Shot,
  take: Take | undefined,
  base: Rate,
): Pick<Segment, 'kind' | 'frames' | 'rate' | 'seconds'> {
  const planned = shot.milliseconds > 0 ? shot.milliseconds / 1000 : plain;
  if (take && isFilm(take)) {
    const rate = rateOf(take.media);
    if (rate) {
      const frames = countOf(take.media);
      return { kind: 'clip', frames, rate, seconds: secondsOf(frames, rate) };
    }
    const seconds = take.media.duration_ms > 0 ? take.media.duration_ms / 1000 : planned;
    return { kind: 'clip', ...counted(seconds, fallback), seconds };
  }
  // An animated picture runs by itself, for as long as it says.
  const own = take?.media.animated && take.media.duration_ms > 0 ? take.media.duration_ms / 1000 : planned;
  return { kind: take ? 'still' : 'slate', ...counted(own, base), seconds: own };
}

function counted(seconds: number, rate: Rate): { frames: number; rate: Rate } {
  return { frames: Math.max(1, Math.round((seconds * rate.num) / rate.den)), rate };
}

function most<T>(values: T[]): T | undefined {
  const uses = new Map<T, number>();
  for (const v of values) uses.set(v, (uses.get(v) ?? 0) + 1);
  return [...uses].reduce<[T, number] | undefined>((a, b) => (a && a[1] >= b[1] ? a : b), undefined)?.[0];
}

function commonRate(takes: (Take | undefined)[]): Rate {
  const rates = takes.flatMap((take) => (take && isFilm(take) ? (rateOf(take.media) ?? []) : []));
  const text = most(rates.map((r) => `${r.num}/${r.den}`));
  return rates.find((r) => `${r.num}/${r.den}` === text) ?? fallback;
}

function commonRatio(takes: (Take | undefined)[]): number {
  const sized = takes.flatMap((take) => (take && take.media.width > 0 && take.media.height > 0 ? take.media : []));
  return most(sized.map((m) => Math.round((m.width / m.height) * 1000) / 1000)) ?? nothing.ratio;
}

/** sceneOnly keeps one scene, or all of them where there is no such scene. */
export function sceneOnly(scenes: PlayScene[], id: string): PlayScene[] {
  const one = scenes.filter((s) => s.id === id);
  return one.length > 0 ? one : scenes;
}

/** shotIn finds a shot of the play by id. */
export function shotIn(scenes: PlayScene[], id: string): Shot | undefined {
  for (const { shots } of scenes) for (const { shot } of shots) if (shot.id === id) return shot;
  return undefined;
}

/** withShot puts a shot as it is now into the play; undefined where its pick is none of the takes that are known. */
export function withShot(scenes: PlayScene[], shot: Shot, known: Take[]): PlayScene[] | undefined {
  const id = shot.pick?.take_id;
  const before = scenes.flatMap((s) => s.shots).flatMap((row) => row.take ?? []);
  const take = id ? [...known, ...before].find((x) => x.id === id) : undefined;
  if (id && !take) return undefined;
  const put = (row: PlayShot): PlayShot => (row.shot.id === shot.id ? { ...row, shot, take } : row);
  return scenes.map((scene) => ({ ...scene, shots: scene.shots.map(put) }));
}

/** indexOfShot is where a shot stands, -1 where it does not. */
export function indexOfShot(seq: Sequence, shot: string): number {
  return seq.segments.findIndex((s) => s.shot.id === shot);
}

/** inside keeps a spot within the sequence. */
export function inside(seq: Sequence, spot: Spot): Spot {
  const index = Math.max(0, Math.min(seq.segments.length - 1, spot.index));
  const frames = seq.segments[index]?.frames ?? 1;
  return { index, frame: Math.max(0, Math.min(frames - 1, spot.frame)) };
}

/** timeOf is when a spot's frame begins, in seconds from the start of the sequence. */
export function timeOf(seq: Sequence, spot: Spot): number {
  const seg = seq.segments[spot.index];
  return seg ? seg.start + Math.min(seg.seconds, secondsOf(spot.frame, seg.rate)) : 0;
}

/** spotAt is what is on the screen at a time; a cut belongs to the shot that begins there. */
export function spotAt(seq: Sequence, seconds: number): Spot {
  let index = 0;
  while (index < seq.segments.length - 1 && (seq.segments[index + 1]?.start ?? 0) <= seconds + 1e-6) index++;
  const seg = seq.segments[index];
  if (!seg) return { index: 0, frame: 0 };
  return inside(seq, { index, frame: frameWithin(Math.max(0, seconds - seg.start), seg.rate) });
}

/** stepped goes on by frames, over cuts in both directions, and stops at the ends. */
export function stepped(seq: Sequence, spot: Spot, by: number): Spot {
  let { index, frame } = inside(seq, spot);
  frame += by;
  while (frame < 0 && index > 0) frame += seq.segments[--index]!.frames;
  while (index < seq.segments.length - 1 && frame >= seq.segments[index]!.frames)
    frame -= seq.segments[index++]!.frames;
  return inside(seq, { index, frame });
}

/** skipped goes on by seconds, from the middle of the frame that is shown. */
export function skipped(seq: Sequence, spot: Spot, by: number): Spot {
  const seg = seq.segments[spot.index];
  if (!seg) return { index: 0, frame: 0 };
  const to = seg.start + Math.min(seg.seconds, middleOf(spot.frame, seg.rate)) + by;
  return to >= seq.seconds ? lastSpot(seq) : spotAt(seq, Math.max(0, to));
}

/** lastSpot is the last frame of all. */
export function lastSpot(seq: Sequence): Spot {
  return inside(seq, { index: seq.segments.length - 1, frame: Number.MAX_SAFE_INTEGER });
}

/** sceneRange is the first and the last segment of the scene that a segment belongs to. */
export function sceneRange(seq: Sequence, index: number): [number, number] {
  const scene = seq.segments[index]?.scene.id;
  let [from, to] = [index, index];
  while (from > 0 && seq.segments[from - 1]?.scene.id === scene) from--;
  while (to < seq.segments.length - 1 && seq.segments[to + 1]?.scene.id === scene) to++;
  return [from, to];
}

/** following is what is played after a segment: the next one, or at the end of a looped scene its first; undefined at the end. */
export function following(seq: Sequence, index: number, loop: boolean): number | undefined {
  const [from, to] = sceneRange(seq, index);
  if (loop && index === to) return from;
  return index + 1 < seq.segments.length ? index + 1 : undefined;
}

/** runningLabel is the time code of a spot within the episode: minutes, seconds and frames of the common rate. */
export function runningLabel(seq: Sequence, spot: Spot): string {
  return clockLabel(frameWithin(timeOf(seq, spot), seq.base), seq.base);
}
