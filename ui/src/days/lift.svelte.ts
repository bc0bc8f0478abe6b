/** A strip on its way: under the pointer after a few pixels, or picked up with a key and moved by arrows until it is put down. */
import { gapAt, stays, stepped, type DayBoard, type Spot, type StripScene } from './days';

interface Options {
  board: () => DayBoard | undefined;
  /** box is what holds the pool and the days; it takes the pointer while a strip moves. */
  box: () => HTMLElement | undefined;
  drop: (strip: StripScene, from: Spot, to: Spot) => void;
}

interface Held {
  strip: StripScene;
  from: Spot;
}

const threshold = 5;
const edge = 64;

/** spotUnder is the gap of the day, or the pool, that lies under a point of the screen. */
export function spotUnder(x: number, y: number): Spot | undefined {
  const under = document.elementFromPoint(x, y);
  if (under?.closest('[data-pool]')) return { day: '', at: 0 };
  const day = under?.closest<HTMLElement>('[data-day]');
  const list = day?.querySelector<HTMLElement>('[data-strips]');
  if (!day || !list) return undefined;
  const count = Number(list.dataset.strips);
  const box = list.getBoundingClientRect();
  return { day: day.dataset.day ?? '', at: count > 0 ? gapAt(y - box.top, box.height / count, count) : 0 };
}

/** Lift follows one strip. */
export class Lift {
  /** held is the strip that moves. */
  held = $state.raw<Held>();
  /** over is the gap in which it would be put down. */
  over = $state.raw<Spot>();
  /** byKey tells that keys move it. */
  byKey = $state(false);
  x = $state(0);
  y = $state(0);
  #options: Options;
  #pressed: (Held & { id: number; x: number; y: number }) | undefined;
  #frame = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** press takes hold of a strip; nothing moves yet. */
  press(e: PointerEvent, strip: StripScene, from: Spot): void {
    if (e.button !== 0 || this.byKey) return;
    const target = e.target as Element;
    const grip = target.closest('[data-grip]') !== null;
    // A finger scrolls unless it takes the grip; a mouse takes the strip anywhere but at its fields and buttons.
    if (!grip && (e.pointerType === 'touch' || target.closest('button, input, a, select'))) return;
    this.#pressed = { strip, from, id: e.pointerId, x: e.clientX, y: e.clientY };
  }

  move(e: PointerEvent): void {
    const p = this.#pressed;
    if (!p || e.pointerId !== p.id) return;
    if (!this.held) {
      if (Math.hypot(e.clientX - p.x, e.clientY - p.y) < threshold) return;
      this.held = { strip: p.strip, from: p.from };
      this.#options.box()?.setPointerCapture(e.pointerId);
    }
    e.preventDefault();
    this.x = e.clientX;
    this.y = e.clientY;
    this.over = spotUnder(this.x, this.y);
    this.#frame ||= requestAnimationFrame(() => this.#scroll());
  }

  /** release lets the strip go where it is; `keep` leaves it where it was. It tells whether one was moved. */
  release(keep = false): boolean {
    const { held, over } = this;
    this.#pressed = undefined;
    if (!this.byKey) this.#end();
    if (!held || this.byKey) return false;
    if (over && !keep && !stays(held.from, over)) this.#options.drop(held.strip, held.from, over);
    return true;
  }

  /** take picks a strip up by key. */
  take(strip: StripScene, from: Spot): void {
    this.held = { strip, from };
    this.over = from;
    this.byKey = true;
  }

  /** step moves what was picked up by key. */
  step(dx: number, dy: number): void {
    const board = this.#options.board();
    if (this.byKey && this.over && board) this.over = stepped(board, this.over, dx, dy);
  }

  /** put puts down what was picked up by key; `keep` leaves it where it was. */
  put(keep = false): void {
    const { held, over } = this;
    this.#end();
    // A gap of the own day that lies below is counted with the strip itself still in it.
    if (!held || !over || keep) return;
    const to = held.from.day === over.day && over.at > held.from.at ? { day: over.day, at: over.at + 1 } : over;
    if (!stays(held.from, to)) this.#options.drop(held.strip, held.from, to);
  }

  #end(): void {
    this.held = undefined;
    this.over = undefined;
    this.byKey = false;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  // Near the upper or lower edge of the screen the page goes on scrolling, for sixty days are longer than the screen.
  #scroll(): void {
    this.#frame = 0;
    if (!this.held || this.byKey) return;
    const by = this.y < edge ? this.y - edge : this.y > innerHeight - edge ? this.y - innerHeight + edge : 0;
    if (by === 0) return;
    scrollBy(0, by / 3);
    this.over = spotUnder(this.x, this.y);
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }
}
