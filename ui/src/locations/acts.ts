/** What is done to a booking, each with its way back. */
import { patch, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { areaOf, pathTo, type BookingRow, type BookingStatus } from './bookings';

async function through(b: BookingRow, steps: BookingStatus[]): Promise<BookingRow> {
  let now = b;
  for (const status of steps) {
    now = await patch('/bookings/{booking}', { path: { booking: b.id }, rev: now.rev, body: { status } });
  }
  return now;
}

/** setStatus confirms, loosens, cancels or reopens a booking; what is refused is told, and `changed` comes in every case. */
export async function setStatus(b: BookingRow, to: BookingStatus, changed: () => void): Promise<void> {
  try {
    const next = await through(b, pathTo(b.status, to));
    const what = { place: b.location, area: areaOf(b), status: t(`state.booking.${to}`) };
    did(t('locations.did.booking', what), async () => {
      await through(next, pathTo(to, b.status));
      changed();
    });
  } catch (cause) {
    toastError(cause);
  }
  changed();
}

/** edited records a change of a booking, so that it can be taken back. */
export function edited(next: BookingRow, back: Schema<'BookingEdit'>, changed: () => void): void {
  const label = t('locations.did.bookingEdited', { place: next.location, area: areaOf(next) });
  did(label, async () => {
    await patch('/bookings/{booking}', { path: { booking: next.id }, rev: next.rev, body: back });
    changed();
  });
}

/** made records a new booking; taking it back cancels it. */
export function made(next: BookingRow, changed: () => void): void {
  const label = t('locations.did.booked', { place: next.location, area: areaOf(next) });
  did(label, async () => {
    await through(next, ['cancelled']);
    changed();
  });
}
