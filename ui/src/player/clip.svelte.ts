/**
 * A clip on the screen: a video element whose frames have numbers. The number comes from the picture that the browser
 * really presented (requestVideoFrameCallback), not from the clock, which runs ahead of it; where a browser has no such
 * call, from the clock.
 */
import { clampFrame, countOf, frameOf, frameWithin, middleOf, rateOf, secondsOf, type Rate } from './frames';
import type { Take } from './media';

/** Clip is made for one take; `{@attach clip.attach}` gives it its element. */
export class Clip {
  readonly take: Take;
  /** rate is the file's, or 25 where it states none, which then counts as varying. */
  readonly rate: Rate;
  /** count is how many frames there are and seconds how long they last. */
  readonly count: number;
  readonly seconds: number;
  /** frame is the index of the frame that is on the screen. */
  frame = $state(0);
  ready = $state(false);
  failed = $state(false);
  #video: HTMLVideoElement | undefined;
  /** origin is the presentation time of the first frame; some files begin late. */
  #origin = 0;
  #untouched = true;
  #asked: number | undefined;
  #sent: number | undefined;
  #waiting: (() => void)[] = [];

  constructor(take: Take) {
    this.take = take;
    this.rate = rateOf(take.media) ?? { num: 25, den: 1, varies: true };
    this.count = countOf(take.media);
    this.seconds = secondsOf(this.count, this.rate);
  }

  /** attach takes an element over until it goes away. */
  attach = (video: HTMLVideoElement): (() => void) => {
    this.#video = video;
    const stop = new AbortController();
    const on = (name: keyof HTMLMediaElementEventMap, run: () => void) =>
      video.addEventListener(name, run, { signal: stop.signal });
    on('loadeddata', () => {
      this.ready = true;
      this.#go();
    });
    on('seeked', () => this.#arrived());
    on('error', () => (this.failed = true));
    if (video.readyState >= 2) this.ready = true;
    const leave = this.#watchFrames(video, on);
    return () => {
      stop.abort();
      leave();
      // Without this a browser keeps the decoder and the file of a clip that nobody sees any more.
      video.removeAttribute('src');
      video.load();
      this.#settle();
      this.#video = undefined;
      this.ready = false;
    };
  };

  #watchFrames(video: HTMLVideoElement, on: (name: 'timeupdate', run: () => void) => void): () => void {
    if (typeof video.requestVideoFrameCallback !== 'function') {
      on('timeupdate', () => this.#show(frameWithin(video.currentTime, this.rate)));
      return () => undefined;
    }
    let handle = 0;
    const presented = (_: number, meta: VideoFrameCallbackMetadata) => {
      if (this.#untouched && video.currentTime === 0) this.#origin = meta.mediaTime;
      this.#show(frameOf(meta.mediaTime - this.#origin, this.rate));
      if (!video.seeking && this.#asked === this.#sent) this.#settle();
      handle = video.requestVideoFrameCallback(presented);
    };
    handle = video.requestVideoFrameCallback(presented);
    return () => video.cancelVideoFrameCallback(handle);
  }

  #show(index: number): void {
    const frame = clampFrame(index, this.count);
    if (frame !== this.frame) this.frame = frame;
  }

  /** at is the frame that one is about to see: the one asked for, else the one on the screen. */
  get at(): number {
    return this.#asked ?? this.frame;
  }

  /** now is the time within the clip in seconds. */
  get now(): number {
    if (this.#asked !== undefined || !this.#video) return middleOf(this.at, this.rate);
    return Math.max(0, this.#video.currentTime - this.#origin);
  }

  get playing(): boolean {
    return !!this.#video && !this.#video.paused && !this.#video.ended;
  }

  get ended(): boolean {
    return !!this.#video?.ended;
  }

  /** seek shows a frame. Asked again before it arrived, only the newest one is gone to. */
  seek(index: number): void {
    this.#asked = clampFrame(index, this.count);
    this.#go();
  }

  #go(): void {
    const video = this.#video;
    if (this.#asked === undefined || !video || video.readyState < 1 || video.seeking) return;
    this.#untouched = false;
    this.#sent = this.#asked;
    video.currentTime = this.#origin + middleOf(this.#asked, this.rate);
  }

  // The picture comes a moment after the seek has ended; until then a next step counts from what was asked for.
  #arrived(): void {
    if (this.#asked !== undefined && this.#asked !== this.#sent) return this.#go();
    const shows = this.#asked === undefined || this.#asked === this.frame;
    if (typeof this.#video?.requestVideoFrameCallback !== 'function') this.#show(this.#asked ?? this.frame);
    else if (!shows && !document.hidden) return;
    this.#settle();
  }

  /** settled ends once the frame that was asked for last is on the screen, or the clip is gone. */
  settled(): Promise<void> {
    if (this.#asked === undefined && !this.#video?.seeking) return Promise.resolve();
    return new Promise((done) => this.#waiting.push(done));
  }

  #settle(): void {
    this.#asked = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done();
  }

  /** play runs from where it stands; it tells whether the browser let it. */
  async play(): Promise<boolean> {
    try {
      await this.#video?.play();
      return !!this.#video;
    } catch {
      return false;
    }
  }

  pause(): void {
    this.#video?.pause();
  }

  /** set speed, sound and whether the browser itself begins again at the end, which alone is seamless. */
  set(how: { speed?: number; sound?: boolean; loop?: boolean }): void {
    const video = this.#video;
    if (!video) return;
    if (how.speed !== undefined && video.playbackRate !== how.speed) video.playbackRate = how.speed;
    if (how.sound !== undefined) video.muted = !how.sound;
    if (how.loop !== undefined) video.loop = how.loop;
  }
}
