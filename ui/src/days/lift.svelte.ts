/** Strips on their way: under the pointer after a few pixels, or picked up with a key and moved by arrows until it is put down. */
import { gapOf, ownOf, stays, stepped, type Carried } from './carry';
import { gapAt, type DayBoard, type Spot } from './days';

interface Options {
  board: () => DayBoard | undefined;
  /** box is what holds the pool and the days; it takes the pointer while strips move. */
  box: () => HTMLElement | undefined;
  /** with are the strips that go along with one: those chosen when it is one of them, else it alone. */
  with: (one: Carried) => Carried[];
  drop: (items: Carried[], to: Spot) => void;
}

/** Held is the strip in the hand, and all that move with it in the order in which they stand. */
interface Held {
  lead: Carried;
  items: Carried[];
}

/** arrows are the steps of what was picked up by key. */
export const arrows: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

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

/** Lift follows what is moved. */
export class Lift {
  /** held is what moves. */
  held = $state.raw<Held>();
  /** over is the gap in which it would be put down. */
  over = $state.raw<Spot>();
  /** byKey tells that keys move it. */
  byKey = $state(false);
  x = $state(0);
  y = $state(0);
  #options: Options;
  #pressed: { lead: Carried; id: number; x: number; y: number } | undefined;
  #frame = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** press takes hold of a strip; nothing moves yet. */
  press(e: PointerEvent, lead: Carried): void {
    if (e.button !== 0 || this.byKey || e.shiftKey || e.ctrlKey || e.metaKey) return; // with those it is chosen
    const target = e.target as Element;
    const grip = target.closest('[data-grip]') !== null;
    // A finger scrolls unless it takes the grip; a mouse takes the strip anywhere but at its fields and buttons.
    if (!grip && (e.pointerType === 'touch' || target.closest('button, input, a, select'))) return;
    this.#pressed = { lead, id: e.pointerId, x: e.clientX, y: e.clientY };
  }

  move(e: PointerEvent): void {
    const p = this.#pressed;
    if (!p || e.pointerId !== p.id) return;
    if (!this.held) {
      if (Math.hypot(e.clientX - p.x, e.clientY - p.y) < threshold) return;
      this.held = { lead: p.lead, items: this.#options.with(p.lead) };
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
    if (over && !keep && !stays(held.items, over)) this.#options.drop(held.items, over);
    return true;
  }

  /** take picks a strip up by key, with those that go along. */
  take(lead: Carried): void {
    const items = this.#options.with(lead);
    const { day, at } = lead.from;
    this.held = { lead, items };
    this.over = { day, at: at - ownOf(items, day).filter((own) => own < at).length };
    this.byKey = true;
  }

  /** holds tells whether a strip is among what moves. */
  holds(scene: string, day: string): boolean {
    return this.held?.items.some((c) => c.strip.scene.id === scene && c.from.day === day) ?? false;
  }

  /** step moves what was picked up by key. */
  step(dx: number, dy: number): void {
    const board = this.#options.board();
    if (this.byKey && this.over && board) this.over = stepped(board, this.over, dx, dy, this.held?.items);
  }

  /** put puts down what was picked up by key; `keep` leaves it where it was. */
  put(keep = false): void {
    const { held, over } = this;
    this.#end();
    if (!held || !over || keep) return;
    const to = gapOf(held.items, over);
    if (!stays(held.items, to)) this.#options.drop(held.items, to);
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
