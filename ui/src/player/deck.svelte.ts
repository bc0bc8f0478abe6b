/**
 * The deck plays up to nine clips as one: one clock, one speed, one loop. The longest clip leads. Clips that are merely
 * started together drift apart by a hundred milliseconds and never heal, so the others are led after it: a little faster or
 * slower for less than an eighth of a second, by a jump beyond that.
 */
import type { Clip } from './clip.svelte';
import { clampFrame, frameWithin, middleOf, secondsOf } from './frames';

const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
const jumpOver = 0.12;
const bend = 0.08;

/** chase is how a follower comes back to its place: a speed, or a jump. `late` is how many seconds it is behind. */
export function chase(late: number, speed: number, frame: number): { speed: number; jump: boolean } {
  if (Math.abs(late) > jumpOver) return { speed, jump: true };
  if (Math.abs(late) < frame / 4) return { speed, jump: false };
  return { speed: speed * (1 + Math.max(-bend, Math.min(bend, late))), jump: false };
}

export class Deck {
  clips = $state.raw<Clip[]>([]);
  playing = $state(false);
  speed = $state(1);
  loop = $state(true);
  /** from and to are the ends of the loop as frames of the leading clip, both shown. */
  from = $state<number | undefined>();
  to = $state<number | undefined>();
  /** sounding is the take whose sound is heard; '' for none. */
  sounding = $state('');
  #offsets = $state.raw<ReadonlyMap<string, number>>(new Map());
  #turn = 0;

  /** lead is the longest clip; the first of equals. */
  readonly lead = $derived.by(() => this.clips.reduce<Clip | undefined>(longer, undefined));

  /** join takes a clip in; it returns how to leave. */
  join(clip: Clip): () => void {
    this.clips = [...this.clips, clip];
    return () => {
      this.clips = this.clips.filter((c) => c !== clip);
      if (this.clips.length === 0) this.stop();
    };
  }

  /** offset is by how many of its own frames a clip runs ahead of the common time. */
  offset(take: string): number {
    return this.#offsets.get(take) ?? 0;
  }

  /** shift moves one clip against the others by some of its frames. */
  shift(take: string, by: number): void {
    const next = new Map(this.#offsets);
    next.set(take, this.offset(take) + by);
    this.#offsets = next;
    const clip = this.clips.find((c) => c.take.id === take);
    if (!clip || this.playing) return;
    if (clip === this.lead) this.seek(this.common());
    else clip.seek(clip.at + by);
  }

  #ahead(clip: Clip): number {
    return secondsOf(this.offset(clip.take.id), clip.rate);
  }

  /** common is the frame of the leading clip at the common time, its own offset taken off. */
  common(): number {
    return this.lead ? this.lead.at - this.offset(this.lead.take.id) : 0;
  }

  /** seek shows one moment in all clips: a frame of the leading one. */
  seek(frame: number): void {
    const lead = this.lead;
    if (!lead) return;
    const to = clampFrame(frame, lead.count);
    const time = middleOf(to, lead.rate);
    for (const clip of this.clips) {
      clip.seek(clip === lead ? to + this.offset(clip.take.id) : frameWithin(time + this.#ahead(clip), clip.rate));
    }
  }

  /** show brings one clip to one of its frames, and the others with it. */
  show(take: string, frame: number): void {
    const clip = this.clips.find((c) => c.take.id === take);
    const lead = this.lead;
    if (!clip || !lead) return;
    this.stop();
    const time = middleOf(frame - this.offset(take), clip.rate);
    this.seek(clip === lead ? frame - this.offset(take) : frameWithin(time, lead.rate));
    clip.seek(frame);
  }

  /** step goes on by frames; it stops what plays. */
  step(by: number): void {
    this.stop();
    this.seek(this.common() + by);
  }

  /** skip goes on by seconds. */
  skip(seconds: number): void {
    const lead = this.lead;
    if (lead) this.seek(this.common() + Math.round((seconds * lead.rate.num) / lead.rate.den));
  }

  /** end shows the first or the last frame. */
  end(last: boolean): void {
    this.stop();
    this.seek(last ? (this.lead?.count ?? 1) - 1 : 0);
  }

  toggle(): void {
    if (this.playing) this.stop();
    else void this.play();
  }

  async play(): Promise<void> {
    const lead = this.lead;
    if (!lead) return;
    const at = this.common();
    const end = this.to ?? lead.count - 1;
    if (at >= end || (this.from !== undefined && at < this.from)) this.seek(this.from ?? 0);
    this.playing = true;
    this.#tune();
    const let_ = await Promise.all(this.clips.map((c) => c.play()));
    if (!let_.includes(true)) this.playing = false;
    cancelAnimationFrame(this.#turn);
    this.#turn = requestAnimationFrame(this.#follow);
  }

  /** stop pauses all clips on the same moment. */
  stop(): void {
    cancelAnimationFrame(this.#turn);
    if (!this.playing) return;
    this.playing = false;
    for (const clip of this.clips) clip.pause();
    this.seek(this.common());
  }

  readonly #follow = (): void => {
    const lead = this.lead;
    if (!this.playing || !lead) return;
    const last = this.to ?? lead.count - 1;
    // A single clip without a loop of its own is begun again by the browser, without a seam.
    if (lead.ended || (this.to !== undefined && this.common() >= last)) {
      if (!this.loop) return this.stop();
      this.seek(this.from ?? 0);
      for (const clip of this.clips) void clip.play();
    }
    for (const clip of this.clips) if (clip !== lead) this.#lead(clip, lead.now - this.#ahead(lead));
    this.#turn = requestAnimationFrame(this.#follow);
  };

  #lead(clip: Clip, time: number): void {
    const goal = time + this.#ahead(clip);
    const frame = secondsOf(1, clip.rate);
    if (goal < 0 || goal > clip.seconds - frame / 2) {
      if (clip.playing) clip.pause();
      const still = goal < 0 ? 0 : clip.count - 1;
      if (clip.at !== still) clip.seek(still);
      return;
    }
    const { speed, jump } = chase(goal - clip.now, this.speed, frame);
    if (jump) clip.seek(frameWithin(goal, clip.rate));
    clip.set({ speed });
    if (!clip.playing) void clip.play();
  }

  #tune(): void {
    const alone = this.clips.length === 1 && this.loop && this.to === undefined;
    for (const clip of this.clips)
      clip.set({ speed: this.speed, sound: clip.take.id === this.sounding, loop: alone && this.from === undefined });
  }

  /** faster goes some steps up or down the speeds. */
  faster(by: number): void {
    const at = speeds.indexOf(this.speed);
    this.speed = speeds[Math.max(0, Math.min(speeds.length - 1, at + by))] ?? 1;
    this.#tune();
  }

  /** mark sets an end of the loop where the deck stands; an end beyond the other one takes that away. */
  mark(end: 'from' | 'to'): void {
    const at = this.common();
    this[end] = at;
    if (this.from !== undefined && this.to !== undefined && this.from >= this.to) {
      if (end === 'from') this.to = undefined;
      else this.from = undefined;
    }
    this.#tune();
  }

  /** unmark takes both ends away. */
  unmark(): void {
    this.from = undefined;
    this.to = undefined;
    this.#tune();
  }

  toggleLoop(): void {
    this.loop = !this.loop;
    this.#tune();
  }

  /** listen goes through the clips' sounds and silence: exactly one is heard at a time. */
  listen(): void {
    const order = [...this.clips.map((c) => c.take.id), ''];
    this.sounding = order[(order.indexOf(this.sounding) + 1) % order.length] ?? '';
    this.#tune();
  }

  /** silence is for a deck whose clips change. */
  reset(): void {
    this.unmark();
    this.#offsets = new Map();
  }
}

function longer(a: Clip | undefined, b: Clip): Clip {
  return a && a.seconds >= b.seconds ? a : b;
}
