/** A slot that is being carried over the calendar, by pointer or by keys: where it stands now and what is in its way there. */
import { move } from './acts';
import type { BookingRow } from './bookings';
import { Asker } from './clashes.svelte';
import type { SlotAsk } from './clashes';
import { dragged, same, type Drag, type Grip, type LineSlot } from './drag';
import { wishFor } from './lines';

/** slotIso is a slot of the calendar as the server takes it. */
export function slotIso(s: LineSlot): { location_id: string; area_id?: string; start: string; end: string } {
  const { location = '', area } = wishFor(s.line);
  const [start, end] = [new Date(s.start).toISOString(), new Date(s.end).toISOString()];
  return { location_id: location, area_id: area || undefined, start, end };
}

/** lineSlotOf is a booking as a slot of the calendar. */
export function lineSlotOf(b: BookingRow): LineSlot {
  return {
    line: `${b.location_id}/${b.area_id ?? ''}`,
    start: Date.parse(b.start),
    end: Date.parse(b.end),
  };
}

/** Carry holds one slot at a time; nothing is changed before it is dropped, and nothing said to be before the server says it. */
export class Carry {
  drag = $state.raw<Drag>();
  /** booking is what is carried; without one a new slot is drawn. */
  booking = $state.raw<BookingRow>();
  now = $state.raw<LineSlot>();
  byKeys = $state(false);
  /** saving tells that the server was asked to take it. */
  saving = $state(false);
  asker = new Asker();
  #title: () => string;

  /** title is whose a new slot is taken to be while it is drawn. */
  constructor(title: () => string) {
    this.#title = title;
  }

  /** begin takes a slot up. */
  begin(grip: Grip, was: LineSlot, at: number, booking?: BookingRow): void {
    this.drag = { grip, was, at };
    this.booking = booking;
    this.now = was;
    this.byKeys = false;
  }

  /** to carries it to a time on a line, in steps of so many minutes. */
  to(at: number, line: string, step: number): void {
    if (this.drag && !this.saving) this.#show(dragged(this.drag, at, line, step));
  }

  /** press carries a booking that has the focus on by a key, where `next` knows the key; it tells whether it did. */
  press(booking: BookingRow, next: (slot: LineSlot) => LineSlot | undefined): boolean {
    if (this.saving) return this.byKeys;
    const slot = this.byKeys && this.now ? this.now : lineSlotOf(booking);
    const to = next(slot);
    if (!to) return false;
    if (!this.byKeys) {
      this.begin('move', slot, slot.start, booking);
      this.byKeys = true;
    }
    this.#show(to);
    return true;
  }

  /** cancel leaves everything as it was. */
  cancel(): void {
    if (this.saving) return;
    this.#end();
  }

  /** drop asks the server to take what is carried; a new slot is handed to `made`. */
  async drop(made: (slot: LineSlot) => void, changed: () => void): Promise<void> {
    const { drag, now, booking } = this;
    if (!drag || !now || this.saving) return;
    if (!booking) {
      this.#end();
      made(now);
    } else if (same(drag.was, now)) {
      this.#end();
    } else {
      this.saving = true;
      await move(booking, slotIso(now), changed, this.asker);
      this.saving = false;
      this.#end();
    }
  }

  #end(): void {
    this.drag = undefined;
    this.booking = undefined;
    this.now = undefined;
    this.byKeys = false;
    this.asker.clear();
  }

  #show(next: LineSlot): void {
    if (this.now && same(this.now, next)) return;
    this.now = next;
    const ask: SlotAsk = {
      ...slotIso(next),
      id: this.booking?.id,
      title_id: this.booking?.title_id ?? this.#title(),
    };
    if (this.booking || ask.title_id) this.asker.ask(ask);
  }
}
