/** What is done to a booking, each with its way back. */
import { patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { zone } from '../lib/session.svelte';
import { toast, toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { areaOf, pathTo, type BookingRow, type BookingStatus } from './bookings';
import { outcomeOf, sentence, type SlotAsk } from './clashes';
import { Asker } from './clashes.svelte';
import { todayIn } from './range';
import { askReason } from './reason.svelte';
import { leftText } from './series';
import { backOf } from './slots';

/** reasonOf is why the soft conflicts of a booking were accepted before, if they were. */
const reasonOf = (b: BookingRow): string | undefined => b.overrides.at(-1)?.reason;

async function through(b: BookingRow, steps: BookingStatus[], reason = reasonOf(b)): Promise<BookingRow> {
  let now = b;
  for (const status of steps) {
    const body = status === 'confirmed' ? { status, reason } : { status };
    now = await patch('/bookings/{booking}', { path: { booking: b.id }, rev: now.rev, body });
  }
  return now;
}

/** askOf is the slot of a booking as the server is asked about it. */
export function askOf(b: BookingRow): SlotAsk {
  const { id, location_id, area_id, title_id, start, end } = b;
  return { id, location_id, area_id, title_id, start, end };
}

/**
 * clearance tells how a slot may be held: with a reason where there are soft conflicts, which is asked for. Where somebody
 * else holds it, that is told; then, and where no reason is given, it is undefined.
 */
export async function clearance(
  slot: SlotAsk,
  firm: boolean,
  asker: Asker = new Asker(),
): Promise<{ reason?: string } | undefined> {
  if (!firm) return {};
  const outcome = outcomeOf(await asker.now(slot), firm);
  if (outcome === 'take') return {};
  if ('refused' in outcome) {
    toast(t('schedule.refused'), { tone: 'error', more: sentence(outcome.refused) });
    return undefined;
  }
  const reason = await askReason(outcome.reason);
  return reason === undefined ? undefined : { reason };
}

/** setStatus confirms, loosens, cancels or reopens a booking; what is refused is told, and `changed` comes in every case. */
export async function setStatus(b: BookingRow, to: BookingStatus, changed: () => void): Promise<void> {
  try {
    const clear = await clearance(askOf(b), to === 'confirmed');
    if (!clear) return;
    const next = await through(b, pathTo(b.status, to), clear.reason);
    const what = { place: b.location, area: areaOf(b), status: t(`state.booking.${to}`) };
    did(t('locations.did.booking', what), async () => {
      await through(next, pathTo(to, b.status), reasonOf(b));
      changed();
    });
  } catch (cause) {
    toastError(cause);
  }
  changed();
}

/** move puts a booking elsewhere once nothing is in the way; it tells whether the server took it. */
export async function move(
  b: BookingRow,
  to: Pick<SlotAsk, 'location_id' | 'area_id' | 'start' | 'end'>,
  changed: () => void,
  asker?: Asker,
): Promise<boolean> {
  try {
    const clear = await clearance({ ...askOf(b), ...to, area_id: to.area_id }, b.status === 'confirmed', asker);
    if (!clear) return false;
    const body: Schema<'BookingEdit'> = { start: to.start, end: to.end };
    if (to.location_id !== b.location_id) body.location_id = to.location_id;
    if (body.location_id || (to.area_id ?? '') !== (b.area_id ?? '')) body.area_id = to.area_id ?? '';
    const next = await patch('/bookings/{booking}', {
      path: { booking: b.id },
      rev: b.rev,
      body: { ...body, ...clear },
    });
    edited(next, { ...backOf(body, b), reason: reasonOf(b) }, changed);
    return true;
  } catch (cause) {
    toastError(cause);
    return false;
  } finally {
    changed();
  }
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

/**
 * madeMany records a series or an import; taking it back cancels every booking of it that still stands as it was made, and
 * makes those that it confirmed tentative again.
 */
export function madeMany(label: string, rows: BookingRow[], changed: () => void, confirmed: BookingRow[] = []): void {
  did(label, async () => {
    await cancelAll(rows);
    for (const b of confirmed.toReversed()) await through(b, ['tentative']);
    changed();
  });
}

/** cancelAll cancels bookings that were just made, the last one first. */
export async function cancelAll(rows: BookingRow[]): Promise<void> {
  for (const b of rows.toReversed()) await through(b, ['cancelled']);
}

/** endSeries cancels the bookings of a series from a time on; taking it back makes each what it was, and tells which cannot be had. */
export async function endSeries(series: string, from: string, changed: () => void): Promise<void> {
  try {
    const { items } = await post('/bookings/series/{series}/end', { path: { series }, body: { from } });
    did(t('schedule.did.ended', { n: items.length }), async () => {
      const bookings = items.map(({ id, rev }) => ({ id, rev }));
      const { left } = await post('/bookings/series/{series}/resume', { path: { series }, body: { bookings } });
      changed();
      if (left.length > 0) {
        const more = left.map((x) => leftText(x, zone(), todayIn(zone()))).join('\n');
        toast(t('schedule.did.left', { n: left.length }), { tone: 'error', more });
      }
    });
  } catch (cause) {
    toastError(cause);
  }
  changed();
}
