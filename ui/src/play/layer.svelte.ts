/**
 * One segment's picture on the screen. Up to three layers lie on one another: the one that is seen and its neighbours, which
 * already hold their first frame, so that a cut only changes which one lies on top.
 */
import { Clip } from '../player/clip.svelte';
import type { Segment } from './sequence';

export class Layer {
  readonly key: string;
  readonly segment: Segment;
  readonly clip: Clip | undefined;
  /** ready tells that a picture is there to be shown. */
  ready = $state(false);
  /** broken tells that the browser cannot show the file; the layer then stands as a slate does. */
  broken = $state(false);
  #frame = $state(0);
  #waiting: (() => void)[] = [];

  constructor(segment: Segment) {
    this.key = segment.key;
    this.segment = segment;
    this.clip = segment.kind === 'clip' && segment.take ? new Clip(segment.take) : undefined;
    this.ready = segment.kind === 'slate';
  }

  /** runs tells that a video element keeps the time; all else is timed by the reel. */
  get runs(): boolean {
    return this.clip !== undefined && !this.broken;
  }

  /** frame is the frame on the screen. */
  get frame(): number {
    return this.runs ? this.clip!.frame : this.#frame;
  }

  /** set places a still or a slate, whose frames are only counted. */
  set frame(frame: number) {
    this.#frame = frame;
  }

  /** show brings a frame to this layer and ends once it is there, or it is known that it will not come. */
  async show(frame: number): Promise<void> {
    if (!this.runs) {
      this.#frame = frame;
      if (this.ready || this.broken) return;
      return new Promise((done) => this.#waiting.push(done));
    }
    if (this.ready && this.clip!.at === frame) return;
    this.clip!.seek(frame);
    const failed = new Promise<void>((done) => this.#waiting.push(done));
    await Promise.race([this.clip!.settled(), failed]);
    if (!this.broken) this.ready = true;
  }

  /** drawn is told by the picture of a still. */
  drawn(): void {
    this.ready = true;
    this.#settle();
  }

  /** fail is told by an element that cannot show its file. */
  fail(): void {
    this.#frame = 0;
    this.broken = true;
    this.ready = true;
    this.#settle();
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done();
  }
}
