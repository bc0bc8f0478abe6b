/**
 * One segment's picture on the screen. Up to three layers lie on one another: the one that is seen and its neighbours, which
 * already hold their first frame, so that a cut only changes which one lies on top.
 */
import { Clip } from '../player/clip.svelte';
import { rateOf } from '../player/frames';
import type { Segment, Take } from './sequence';

export class Layer {
  readonly key: string;
  readonly segment: Segment;
  readonly clip: Clip | undefined;
  /** ready tells that a picture is there to be shown. */
  ready = $state(false);
  /** broken tells that the browser cannot show the file; the layer then stands for its length like a still. */
  broken = $state(false);
  #frame = $state(0);
  #came = () => undefined as void;
  #first = new Promise<void>((done) => (this.#came = done));
  #end = () => undefined as void;
  #ended = new Promise<void>((done) => (this.#end = done));

  constructor(segment: Segment) {
    this.key = segment.key;
    this.segment = segment;
    this.clip = segment.kind === 'clip' && segment.take ? new Clip(rated(segment.take, segment)) : undefined;
    this.ready = segment.kind === 'slate';
    if (this.ready) this.#came();
  }

  /** runs tells that a video element keeps the time; all else is timed by the reel. */
  get runs(): boolean {
    return this.clip !== undefined && !this.broken;
  }

  /** frame is the frame on the screen. */
  get frame(): number {
    return this.runs ? this.clip!.frame : this.#frame;
  }

  /** count places a still or a slate, whose frames are only counted. */
  count(frame: number): void {
    this.#frame = frame;
  }

  /** attach gives the layer the element that it plays in. */
  attach = (video: HTMLVideoElement): (() => void) => {
    const leave = this.clip!.attach(video);
    // Where the first frame stands in time is only known before anything was sought.
    if (typeof video.requestVideoFrameCallback === 'function') video.requestVideoFrameCallback(() => this.#came());
    else video.addEventListener('loadeddata', () => this.#came(), { once: true });
    video.addEventListener('error', () => this.fail(), { once: true });
    return () => {
      leave();
      this.#end();
    };
  };

  /** show brings a frame to this layer and ends once it is there, or it is known that it will not come. */
  async show(frame: number): Promise<void> {
    this.#frame = frame;
    await Promise.race([this.#first, this.#ended]);
    if (this.runs && this.clip!.at !== frame) {
      this.clip!.seek(frame);
      await Promise.race([this.clip!.settled(), this.#ended]);
    }
    this.ready = true;
  }

  /** drawn is told by the picture of a still. */
  drawn(): void {
    this.#came();
  }

  /** fail is told by an element that cannot show its file. */
  fail(): void {
    this.broken = true;
    this.#end();
  }
}

// A file that states no rate is counted in the frames of its segment.
function rated(take: Take, segment: Segment): Take {
  if (rateOf(take.media)) return take;
  const { num, den } = segment.rate;
  return {
    ...take,
    media: { ...take.media, frame_num: num, frame_den: den, frames: segment.frames, variable_rate: true },
  };
}
