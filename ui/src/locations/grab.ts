/** The pointer on the calendar: what it takes, where it carries it, and that a drag is no click. Fingers scroll instead. */
import type { BookingRow } from './bookings';
import { lineSlotOf, type Carry } from './carry.svelte';
import { coarse, fine, type Grip, type LineSlot } from './drag';

/** Ground is what the calendar tells about a point of it. */
export interface Ground {
  /** at is the instant under the pointer, in milliseconds; track is where it was pressed. */
  at: (e: PointerEvent, track: HTMLElement) => number;
  /** line is the line under the pointer. */
  line: (e: PointerEvent, was: LineSlot) => string;
  booking: (id: string) => BookingRow | undefined;
  mayMove: (b: BookingRow) => boolean;
  mayMake: boolean;
  drop: () => void;
  /** near tells where the pointer is, so that the calendar can scroll on. */
  near?: (clientX: number, clientY: number) => void;
}

interface Taken {
  grip: Grip;
  track: HTMLElement;
  was: LineSlot;
  booking?: BookingRow;
  x: number;
  y: number;
  at: number;
}

const slack = 4;

function take(e: PointerEvent, ground: Ground): Taken | undefined {
  const target = e.target instanceof Element ? e.target : undefined;
  const track = target?.closest<HTMLElement>('[data-track]');
  if (!track || e.button !== 0 || e.pointerType === 'touch') return undefined;
  const at = ground.at(e, track);
  const base = { track, x: e.clientX, y: e.clientY, at };
  const id = target?.closest<HTMLElement>('[data-bar]')?.dataset.bar;
  if (!id) {
    const was = { line: track.dataset.track ?? '', start: at, end: at };
    return ground.mayMake ? { ...base, grip: 'make', was } : undefined;
  }
  const booking = ground.booking(id);
  if (!booking || !ground.mayMove(booking)) return undefined;
  const edge = target?.closest<HTMLElement>('[data-edge]')?.dataset.edge;
  return { ...base, grip: edge === 'start' || edge === 'end' ? edge : 'move', was: lineSlotOf(booking), booking };
}

/** grabbing makes an element the calendar's ground for the pointer. */
export function grabbing(carry: Carry, ground: () => Ground): (node: HTMLElement) => () => void {
  return (node) => {
    let taken: Taken | undefined;
    let moved = false;

    function down(e: PointerEvent): void {
      if (carry.saving) return;
      taken = take(e, ground());
      if (!taken) return;
      moved = false;
      addEventListener('pointermove', go);
      addEventListener('pointerup', up);
      addEventListener('pointercancel', stop);
      addEventListener('keydown', key, true);
    }
    function go(e: PointerEvent): void {
      if (!taken) return;
      if (!moved && Math.hypot(e.clientX - taken.x, e.clientY - taken.y) < slack) return;
      if (!moved) carry.begin(taken.grip, taken.was, taken.at, taken.booking);
      moved = true;
      ground().near?.(e.clientX, e.clientY);
      carry.to(ground().at(e, taken.track), ground().line(e, taken.was), e.shiftKey ? fine : coarse);
    }
    function up(): void {
      const dragged = moved;
      end();
      if (!dragged) return;
      noClick();
      ground().drop();
    }
    function stop(): void {
      end();
      carry.cancel();
    }
    function key(e: KeyboardEvent): void {
      if (e.key !== 'Escape') return;
      e.preventDefault();
      e.stopPropagation();
      // The button is still down: its release is no click either.
      if (moved) addEventListener('pointerup', noClick, { once: true });
      stop();
    }
    function end(): void {
      taken = undefined;
      moved = false;
      removeEventListener('pointermove', go);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', stop);
      removeEventListener('keydown', key, true);
    }
    node.addEventListener('pointerdown', down);
    return () => {
      end();
      node.removeEventListener('pointerdown', down);
    };
  };
}

/** noClick keeps the click that the browser makes of a drag from whatever lies under it. */
function noClick(): void {
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, true));
}

function swallow(e: MouseEvent): void {
  e.preventDefault();
  e.stopPropagation();
}
