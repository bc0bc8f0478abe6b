/** A cell on its way under the pointer: picked up after a few pixels, let go over another cell of the same scene. */
import { indexAt, type Layout, type Spot } from './board';

interface Options {
  layout: () => Layout;
  /** box is the board, whose corner the layout counts from. */
  box: () => HTMLElement | undefined;
  drop: (from: Spot, to: number) => void;
}

const threshold = 5;
const edge = 56;

/** Drag follows one pointer. */
export class Drag {
  /** from is the cell that is being moved, once it moves. */
  from = $state.raw<Spot>();
  over = $state(-1);
  /** x and y are where the pointer is on the board, in pixels. */
  x = $state(0);
  y = $state(0);
  #options: Options;
  #held: { spot: Spot; id: number; x: number; y: number } | undefined;
  #client = { x: 0, y: 0 };
  #frame = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** press takes hold of a cell; nothing moves yet. */
  press(e: PointerEvent, spot: Spot): void {
    if (e.button !== 0) return;
    this.#held = { spot, id: e.pointerId, x: e.clientX, y: e.clientY };
  }

  move(e: PointerEvent): void {
    const held = this.#held;
    if (!held || e.pointerId !== held.id) return;
    if (!this.from) {
      if (Math.hypot(e.clientX - held.x, e.clientY - held.y) < threshold) return;
      this.from = held.spot;
      this.#options.box()?.setPointerCapture(e.pointerId);
    }
    e.preventDefault();
    this.#client = { x: e.clientX, y: e.clientY };
    this.#aim();
    this.#frame ||= requestAnimationFrame(() => this.#scroll());
  }

  /** release lets the cell go where it is; `keep` leaves it where it was. */
  release(keep = false): void {
    const { from, over } = this;
    this.#held = undefined;
    this.from = undefined;
    this.over = -1;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (from && over >= 0 && over !== from.index && !keep) this.#options.drop(from, over);
  }

  #aim(): void {
    const box = this.#options.box();
    const layout = this.#options.layout();
    const block = this.from && layout.blocks[this.from.group];
    if (!box || !block) return;
    const corner = box.getBoundingClientRect();
    this.x = this.#client.x - corner.left;
    this.y = this.#client.y - corner.top;
    this.over = indexAt(layout, block, this.x, this.y);
  }

  // Near the upper or lower edge of the screen the page goes on scrolling, for a scene may be longer than the screen.
  #scroll(): void {
    this.#frame = 0;
    if (!this.from) return;
    const { y } = this.#client;
    const by = y < edge ? y - edge : y > innerHeight - edge ? y - innerHeight + edge : 0;
    if (by === 0) return;
    scrollBy(0, by / 4);
    this.#aim();
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }
}
