/**
 * A drawing being made on a picture: the tool in hand, the strokes so far, the one under the pointer, the way back. It knows
 * pointers only as the drawing layer tells of them, in the measures of a box (see ink.ts).
 */
import { drawnPoints, inked, shortened, simplified, stored, touches, type Box, type Pt } from './ink';
import type { Stroke } from './link';

export type Tool = 'pen' | 'arrow' | 'box' | 'text' | 'eraser';
export const tools: Tool[] = ['pen', 'arrow', 'box', 'text', 'eraser'];

/** thick and tall are the three sizes of lines and of texts, in 1/1000 of the picture's shorter side. */
export const thick = [6, 12, 24];
export const tall = [48, 72, 110];

/** What the server takes of one drawing, and of one of its texts. */
export const mostStrokes = 200;
export const mostPoints = 20_000;
export const mostText = 200;

// One scribble must leave room for the rest of the drawing.
const strokePoints = 2000;
const slip = 8;
const reach = 10;

/** Pointer is a mouse, a pen or a finger; erases is the other end of a pen. */
export interface Pointer {
  id: number;
  kind: string;
  erases?: boolean;
}

interface Gesture {
  pointer: Pointer;
  tool: Tool;
  raw: Pt[];
  box: Box;
  before: Stroke[];
}

/** Writing is a text that is being typed, at a place in 1/10000 of the picture. */
export interface Writing {
  x: number;
  y: number;
  text: string;
}

/** Sketch is made once by the page; `load` gives it the drawing of the take on the screen. */
export class Sketch {
  on = $state(false);
  tool = $state<Tool>('pen');
  colour = $state(0);
  size = $state(1);
  strokes = $state.raw<Stroke[]>([]);
  /** live is the stroke under the pointer. */
  live = $state.raw<Stroke>();
  writing = $state<Writing>();
  /** of names what the drawing belongs to, as load was told. */
  of = $state('');
  /** span is the frame or the range that it was made for; empty for a still and for the whole of a clip. */
  span = $state.raw<{ frame?: number; last?: number }>({});
  #past = $state.raw<Stroke[][]>([]);
  #future = $state.raw<Stroke[][]>([]);
  #gesture: Gesture | undefined;
  #fingers = new Set<number>();
  #waits = false;
  #penSeen = false;

  readonly canUndo = $derived.by(() => this.#past.length > 0);
  readonly canRedo = $derived.by(() => this.#future.length > 0);
  /** full tells that the server takes no more of this drawing. */
  readonly full = $derived.by(
    () => this.strokes.length >= mostStrokes || drawnPoints(this.strokes) > mostPoints - strokePoints / 10,
  );

  /** load shows another drawing, which has no way back yet. */
  load(of: string, strokes: Stroke[]): void {
    this.#drop();
    this.writing = undefined;
    this.of = of;
    this.strokes = strokes;
    this.#past = [];
    this.#future = [];
  }

  begin(): void {
    this.on = true;
  }

  /** end stops drawing; the strokes stay. */
  end(): void {
    this.write();
    this.#drop();
    this.on = false;
  }

  #put(strokes: Stroke[], before = this.strokes): void {
    this.#past = [...this.#past, before];
    this.#future = [];
    this.strokes = strokes;
  }

  undo(): void {
    this.#drop();
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.strokes];
    this.strokes = before;
  }

  redo(): void {
    const next = this.#future.at(-1);
    if (!next) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.strokes];
    this.strokes = next;
  }

  /** clear takes all strokes away; undo brings them back. */
  clear(): void {
    this.#drop();
    if (this.strokes.length > 0) this.#put([]);
  }

  // A hand that rests on the glass is many fingers: once a pen was seen, fingers draw nothing more.
  #palm(p: Pointer): boolean {
    if (p.kind === 'pen') this.#penSeen = true;
    return p.kind === 'touch' && this.#penSeen;
  }

  /** down begins a stroke; it tells whether the pointer is one that draws. */
  down(p: Pointer, at: Pt, box: Box): boolean {
    if (this.#palm(p)) return false;
    if (p.kind === 'touch') this.#fingers.add(p.id);
    if (this.#gesture) {
      const other = this.#gesture.pointer.kind;
      if (other === 'touch') this.#drop();
      // The second finger means to move the picture, or fell on it: both leave no stroke.
      if (p.kind === 'touch') this.#waits = true;
      if (p.kind !== 'pen' || other !== 'touch') return false;
    }
    if (this.#waits && p.kind === 'touch') return false;
    if (this.writing) {
      this.write();
      return false;
    }
    const tool = p.erases ? 'eraser' : this.tool;
    if (this.full && tool !== 'eraser') return false;
    this.#gesture = { pointer: p, tool, raw: [at], box, before: this.strokes };
    this.#draw();
    return true;
  }

  /** move draws on through places, in order. */
  move(id: number, places: Pt[]): void {
    const g = this.#gesture;
    if (g?.pointer.id !== id) return;
    for (const p of places) {
      const last = g.raw[g.raw.length - 1]!;
      if (Math.hypot(p[0] - last[0], p[1] - last[1]) >= 1) g.raw.push(p);
    }
    this.#draw();
  }

  /** up ends the stroke and keeps it. */
  up(id: number): void {
    const g = this.#gesture;
    this.#lift(id);
    if (g?.pointer.id !== id) return;
    this.#gesture = undefined;
    this.live = undefined;
    if (g.tool === 'eraser') {
      if (this.strokes !== g.before) this.#put(this.strokes, g.before);
    } else if (g.tool === 'text') {
      const [x, y] = stored([g.raw[0]!], g.box);
      this.writing = { x: x!, y: y!, text: '' };
    } else {
      const stroke = this.#stroke(g, true);
      if (stroke) this.#put([...this.strokes, stroke]);
    }
  }

  /** cancel ends the stroke and leaves nothing of it. */
  cancel(id: number): void {
    this.#lift(id);
    if (this.#gesture?.pointer.id === id) this.#drop();
  }

  #lift(id: number): void {
    this.#fingers.delete(id);
    if (this.#fingers.size === 0) this.#waits = false;
  }

  #drop(): void {
    if (this.#gesture?.tool === 'eraser') this.strokes = this.#gesture.before;
    this.#gesture = undefined;
    this.live = undefined;
  }

  #draw(): void {
    const g = this.#gesture!;
    if (g.tool === 'eraser') {
      const on = g.raw.slice(-8);
      const left = this.strokes.filter((s) => !on.some((p) => touches(s, p, reach, g.box)));
      if (left.length < this.strokes.length) this.strokes = left;
    } else if (g.tool !== 'text') {
      this.live = this.#stroke(g, false);
    }
  }

  #stroke(g: Gesture, whole: boolean): Stroke | undefined {
    const size = thick[this.size]!;
    const colour = this.colour;
    if (g.tool === 'pen') {
      const drawn = inked(g.raw, size, g.pointer.kind === 'pen');
      const room = Math.min(strokePoints, mostPoints - drawnPoints(this.strokes));
      const kept = whole ? shortened(drawn, size, room) : simplified(drawn, size, 0.5);
      return { tool: 'pen', colour, size, points: stored(kept, g.box) };
    }
    const [a, b] = [g.raw[0]!, g.raw[g.raw.length - 1]!];
    if (whole && Math.hypot(a[0] - b[0], a[1] - b[1]) < slip) return undefined;
    const points = stored(
      [a, b].map(([x, y]): Pt => [x, y, 0.5]),
      g.box,
    );
    return { tool: g.tool as 'arrow' | 'box', colour, size, points };
  }

  /** write puts the text that is being typed on the picture; an empty one goes away. */
  write(): void {
    const w = this.writing;
    this.writing = undefined;
    const text = [...(w?.text.trim() ?? '')].slice(0, mostText).join('');
    if (!w || !text || this.full) return;
    const points = [w.x, w.y, 500];
    this.#put([...this.strokes, { tool: 'text', colour: this.colour, size: tall[this.size]!, points, text }]);
  }
}
