/**
 * Plays a sequence without a gap. One clock runs: a clip's own while it is on top, ours for stills and slates. The neighbours
 * of what is seen wait underneath with their first frame drawn; a picture leaves the top only when the next one is there.
 */
import { tick as drawn, untrack } from 'svelte';
import { frameWithin, secondsOf } from '../player/frames';
import { Layer } from './layer.svelte';
import {
  following,
  indexOfShot,
  inside,
  lastSpot,
  nothing,
  skipped,
  spotAt,
  stepped,
  timeOf,
  type Segment,
  type Sequence,
  type Spot,
} from './sequence';

const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
// A page that was hidden comes back with one long turn; nobody saw that time pass.
const longestTurn = 0.25;

export class Reel {
  seq = $state.raw<Sequence>(nothing);
  layers = $state.raw<Layer[]>([]);
  /** front is the key of the layer on top. */
  front = $state('');
  playing = $state(false);
  /** waiting tells that the next picture is not there yet. */
  waiting = $state(false);
  speed = $state(1);
  sound = $state(false);
  loop = $state(false);
  #index = $state(0);
  #asked = $state.raw<Spot>();
  #elapsed = 0;
  #turn = 0;
  #before = 0;
  #call = 0;

  readonly top = $derived.by(() => this.layers.find((l) => l.key === this.front));

  /** spot is what is on the screen. */
  readonly spot: Spot = $derived.by(() => ({ index: this.#index, frame: this.top?.frame ?? 0 }));

  /** at is what one is about to see: what was asked for last, else what is on the screen. */
  readonly at: Spot = $derived.by(() => this.#asked ?? this.spot);

  readonly segment: Segment | undefined = $derived.by(() => this.seq.segments[this.at.index]);

  /** seconds is the time of the sequence. */
  readonly seconds = $derived.by(() => timeOf(this.seq, this.at));

  /** set takes a new sequence over and stays on the shot that is seen; `start` says where to begin otherwise. */
  set(seq: Sequence, start: Spot = { index: 0, frame: 0 }): void {
    const here = untrack(() => this.segment);
    const { frame } = untrack(() => this.at);
    this.seq = seq;
    const index = here ? indexOfShot(seq, here.shot.id) : -1;
    const to = inside(seq, index >= 0 ? { index, frame } : start);
    const next = seq.segments[to.index];
    if (!next) return this.#clear();
    if (next.key === here?.key && this.front === here.key) {
      this.#index = to.index;
      if (this.#asked) this.#asked = { ...this.#asked, index: to.index };
      this.#prepare();
    } else void this.goTo(to);
  }

  #clear(): void {
    this.stop();
    this.layers = [];
    this.front = '';
    this.#index = 0;
    this.#asked = undefined;
  }

  #layerOf(segment: Segment): Layer {
    const have = untrack(() => this.layers).find((l) => l.key === segment.key);
    if (have) return have;
    const made = new Layer(segment);
    this.layers = [...untrack(() => this.layers), made];
    return made;
  }

  /** goTo shows a frame. What is seen stays until that is there; asked again before, only the newest counts. */
  async goTo(spot: Spot): Promise<void> {
    const to = inside(this.seq, spot);
    const segment = this.seq.segments[to.index];
    if (!segment) return;
    const call = ++this.#call;
    this.#asked = to;
    const layer = this.#layerOf(segment);
    if (layer.key !== this.front) this.top?.clip?.pause();
    await drawn();
    await layer.show(to.frame);
    if (call !== this.#call) return;
    this.#asked = undefined;
    this.#onTop(layer, to.index);
    this.#elapsed = secondsOf(to.frame, segment.rate);
    if (this.playing) this.#run(layer);
  }

  #onTop(layer: Layer, index: number): void {
    const before = this.top;
    this.#index = index;
    this.front = layer.key;
    this.waiting = false;
    if (before && before !== layer) {
      before.clip?.pause();
      before.clip?.set({ sound: false });
    }
    this.#prepare();
  }

  // What is further away is let go.
  #prepare(): void {
    const index = untrack(() => this.#index);
    const next = following(this.seq, index, this.loop);
    const wanted = [index, next, index - 1, this.#asked?.index];
    const keys = new Set([this.front, ...wanted.map((i) => (i === undefined ? undefined : this.seq.segments[i]?.key))]);
    this.layers = untrack(() => this.layers).filter((l) => keys.has(l.key));
    void this.#fetchAround(index, next);
  }

  // The next picture is fetched before the one behind, and both wait for the one that is seen.
  async #fetchAround(index: number, next: number | undefined): Promise<void> {
    if (next !== undefined && next !== index) await this.#fetch(this.seq.segments[next], 0);
    if (index === this.#index && !this.#asked) await this.#fetch(this.seq.segments[index - 1]);
  }

  async #fetch(segment: Segment | undefined, frame?: number): Promise<void> {
    if (!segment || segment.key === this.front) return;
    const layer = this.#layerOf(segment);
    await drawn();
    if (layer.key !== this.front) await layer.show(frame ?? (layer.ready ? layer.frame : segment.frames - 1));
  }

  #run(layer: Layer): void {
    if (!layer.runs) return;
    layer.clip!.set({ speed: this.speed, sound: this.sound, loop: false });
    void layer.clip!.play().then((may) => {
      if (!may && this.playing && layer.key === this.front) this.stop();
    });
  }

  toggle(): void {
    if (this.playing) this.stop();
    else void this.play();
  }

  async play(): Promise<void> {
    if (this.playing || this.seq.segments.length === 0) return;
    const last = lastSpot(this.seq);
    this.playing = true;
    if (!this.loop && this.at.index === last.index && this.at.frame >= last.frame) {
      await this.goTo({ index: 0, frame: 0 });
    } else if (!this.#asked && this.top) this.#run(this.top);
    if (!this.playing) return;
    this.#before = performance.now();
    cancelAnimationFrame(this.#turn);
    this.#turn = requestAnimationFrame(this.#go);
  }

  stop(): void {
    cancelAnimationFrame(this.#turn);
    this.waiting = false;
    if (!this.playing) return;
    this.playing = false;
    const top = this.top;
    top?.clip?.pause();
    // A clip runs on a little after the call; the frame that is seen is the one to stay on.
    if (top?.runs && !this.#asked) top.clip!.seek(top.frame);
  }

  readonly #go = (now: number): void => {
    if (!this.playing) return;
    const passed = Math.min(longestTurn, Math.max(0, now - this.#before) / 1000);
    this.#before = now;
    if (!this.#asked) this.#advance(passed);
    if (this.playing) this.#turn = requestAnimationFrame(this.#go);
  };

  #advance(passed: number): void {
    const layer = this.top;
    const segment = this.seq.segments[this.#index];
    if (!layer || !segment) return;
    if (layer.runs) {
      if (layer.clip!.ended || layer.clip!.now >= segment.seconds) this.#cut();
      return;
    }
    this.#elapsed += passed * this.speed;
    layer.count(Math.min(segment.frames - 1, frameWithin(this.#elapsed, segment.rate)));
    if (this.#elapsed >= segment.seconds) this.#cut();
  }

  #cut(): void {
    const next = following(this.seq, this.#index, this.loop);
    const segment = next === undefined ? undefined : this.seq.segments[next];
    if (next === undefined || !segment) return this.stop();
    if (segment.key === this.front) return void this.goTo({ index: next, frame: 0 });
    const layer = this.#layerOf(segment);
    if (!layer.ready || layer.frame !== 0) {
      // Not there yet: the last frame stays, and the clock with it.
      if (!this.waiting) void this.#fetch(segment, 0);
      this.waiting = true;
      return;
    }
    this.#onTop(layer, next);
    this.#elapsed = 0;
    this.#run(layer);
  }

  /** step goes on by frames and stops what plays. */
  step(by: number): void {
    this.stop();
    void this.goTo(stepped(this.seq, this.at, by));
  }

  /** skip goes on by seconds. */
  skip(by: number): void {
    void this.goTo(skipped(this.seq, this.at, by));
  }

  /** seek shows what is there at a time. */
  seek(seconds: number): void {
    void this.goTo(spotAt(this.seq, seconds));
  }

  /** hop goes to the start of the shot behind or before. */
  hop(by: 1 | -1): void {
    const index = this.at.index + by;
    if (index < this.seq.segments.length) void this.goTo({ index, frame: 0 });
  }

  /** end shows the first or the last frame of all. */
  end(last: boolean): void {
    if (last) this.stop();
    void this.goTo(last ? lastSpot(this.seq) : { index: 0, frame: 0 });
  }

  /** faster goes some steps up or down the speeds. */
  faster(by: number): void {
    const at = speeds.indexOf(this.speed);
    this.speed = speeds[Math.max(0, Math.min(speeds.length - 1, at + by))] ?? 1;
    this.top?.clip?.set({ speed: this.speed });
  }

  listen(on: boolean): void {
    this.sound = on;
    this.top?.clip?.set({ sound: on });
  }

  toggleLoop(): void {
    this.loop = !this.loop;
    this.#prepare();
  }

  /** close lets everything go. */
  close(): void {
    this.#call++;
    this.#clear();
  }
}
