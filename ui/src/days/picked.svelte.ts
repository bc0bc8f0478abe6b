/** The strips that are chosen on the plan, to be moved together: by click with Ctrl or Shift, by keys, or with a long press. */
import type { Carried } from './carry';
import type { DayBoard } from './days';

interface Options {
  board: () => DayBoard | undefined;
  /** shown are the scenes of the pool that its filter lets through. */
  shown: () => string[];
}

/** How long a finger rests on a strip to begin choosing, in ms, and how far it may stray, in pixels. */
const rest = 450;
const stray = 8;

/** rangeOf is what lies between two of a column, both with it; the second alone where the first is not there. */
export function rangeOf(column: string[], from: string, to: string): string[] {
  const [a, b] = [column.indexOf(from), column.indexOf(to)];
  if (b < 0) return [];
  return a < 0 ? [to] : column.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** mark is a scene on a day: one may stand on two. */
const mark = (day: string, scene: string): string => `${day}/${scene}`;

/** Picked holds the chosen strips and the one from which Shift reaches. */
export class Picked {
  #marks = $state.raw<ReadonlySet<string>>(new Set());
  /** tapping tells that a tap chooses: a long press began it. */
  tapping = $state(false);
  #from: { day: string; scene: string } | undefined;
  #options: Options;
  #press: { x: number; y: number; timer: ReturnType<typeof setTimeout> } | undefined;
  #held = false;

  constructor(options: Options) {
    this.#options = options;
  }

  has(day: string, scene: string): boolean {
    return this.#marks.has(mark(day, scene));
  }

  /** items are the chosen strips as the board has them: those of the pool first, then day by day, in order. */
  get items(): Carried[] {
    const board = this.#options.board();
    if (!board || this.#marks.size === 0) return [];
    const pool = board.pool.map((strip): Carried => ({ strip, from: { day: '', at: 0 } }));
    const days = board.days.flatMap((d) =>
      d.scenes.map((strip, at): Carried => ({ strip, from: { day: d.day.id, at } })),
    );
    return [...pool, ...days].filter((c) => this.has(c.from.day, c.strip.scene.id));
  }

  toggle(day: string, scene: string): void {
    const next = new Set(this.#marks);
    if (!next.delete(mark(day, scene))) next.add(mark(day, scene));
    this.#from = { day, scene };
    this.#set(next);
  }

  /** reach chooses from where the last choice was made up to a strip of the same column. */
  reach(day: string, scene: string): void {
    const from = this.#from?.day === day ? this.#from : { day, scene };
    this.#from = from;
    this.#set(new Set(rangeOf(this.#column(day), from.scene, scene).map((id) => mark(day, id))));
  }

  /** all chooses a whole column. */
  all(day: string): void {
    this.#from = undefined;
    this.#set(new Set(this.#column(day).map((id) => mark(day, id))));
  }

  clear = (): void => this.#set(new Set());

  /** click says what a click on a strip means; it tells whether it was a choice. */
  click(e: MouseEvent, day: string, scene: string): boolean {
    if (this.#held) return true; // the end of the long press itself
    if (e.shiftKey) this.reach(day, scene);
    else if (e.ctrlKey || e.metaKey || this.tapping) this.toggle(day, scene);
    else return false;
    return true;
  }

  /** key takes Shift with the arrows, X, Ctrl+A and Escape on a strip; it gives the scene that is next in focus, '' for none. */
  key(e: KeyboardEvent, day: string, scene: string): string | undefined {
    const mod = e.ctrlKey || e.metaKey;
    const column = this.#column(day);
    const step = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (step && e.shiftKey) {
      const next = column[column.indexOf(scene) + step] ?? scene;
      if (!this.has(day, scene)) this.#from = { day, scene };
      this.reach(day, next);
      return next;
    }
    if (mod && e.key.toLowerCase() === 'a') this.all(day);
    else if (!mod && !e.altKey && e.key.toLowerCase() === 'x') this.toggle(day, scene);
    else if (e.key === 'Escape' && this.#marks.size > 0) this.clear();
    else return undefined;
    return '';
  }

  /** press waits for a finger that rests on a strip. */
  press(e: PointerEvent, day: string, scene: string): void {
    this.#held = false;
    this.let();
    if (e.pointerType !== 'touch') return;
    const timer = setTimeout(() => {
      this.#held = true;
      this.tapping = true;
      this.toggle(day, scene);
    }, rest);
    this.#press = { x: e.clientX, y: e.clientY, timer };
  }

  /** moved lets a finger go that scrolls. */
  moved(e: PointerEvent): void {
    if (this.#press && Math.hypot(e.clientX - this.#press.x, e.clientY - this.#press.y) > stray) this.let();
  }

  let = (): void => {
    clearTimeout(this.#press?.timer);
    this.#press = undefined;
  };

  #column(day: string): string[] {
    if (day === '') return this.#options.shown();
    return (
      this.#options
        .board()
        ?.days.find((d) => d.day.id === day)
        ?.scenes.map((s) => s.scene.id) ?? []
    );
  }

  #set(next: ReadonlySet<string>): void {
    this.#marks = next;
    if (next.size === 0) this.tapping = false;
  }
}
