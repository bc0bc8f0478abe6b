/** The form of a booking: wall times of the studio while it is filled in, instants when it is sent. */
import type { Schema } from '../lib/client';
import type { BookingRow, BookingStatus } from './bookings';
import { addDays, instant, plain, wall } from './zone';

/** Draft is a booking as its form holds it; start and end are wall times of the studio, area '' is the whole place. */
export interface Draft {
  location: string;
  area: string;
  title: string;
  start: string;
  end: string;
  status: string;
  note: string;
}

/** Wish is what is known before the form opens: from where and on which day the reader came. */
export interface Wish {
  location?: string;
  area?: string;
  title?: string;
  day?: string;
  /** start and end are instants, where a slot was drawn. */
  start?: string;
  end?: string;
}

/** draftOf fills the form with a booking, or with a working day for a new one. */
export function draftOf(zone: string, wish: Wish, today: string, was?: BookingRow): Draft {
  if (was) {
    return {
      location: was.location_id,
      area: was.area_id ?? '',
      title: was.title_id,
      start: wall(was.start, zone),
      end: wall(was.end, zone),
      status: was.status,
      note: was.note,
    };
  }
  const day = wish.day || addDays(today, 1);
  return {
    location: wish.location ?? '',
    area: wish.area ?? '',
    title: wish.title ?? '',
    start: wish.start ? wall(wish.start, zone) : `${day}T08:00`,
    end: wish.end ? wall(wish.end, zone) : `${day}T18:00`,
    status: 'tentative',
    note: '',
  };
}

/** slotOf is the draft's slot as instants, '' where a time is not filled in. */
export function slotOf(
  draft: Draft,
  zone: string,
  id?: string,
): { id?: string; area_id?: string; start: string; end: string } {
  return { id, area_id: draft.area || undefined, start: instant(draft.start, zone), end: instant(draft.end, zone) };
}

/** follow keeps a slot's length when its start moves; an end that was before the old start is left alone. */
export function follow(start: string, end: string, next: string): string {
  const [a, b, c] = [plain(start), plain(end), plain(next)];
  if ([a, b, c].some(Number.isNaN) || b <= a) return end;
  return new Date(c + b - a).toISOString().slice(0, 16);
}

/** bookingIn is what the form sends for a new booking. */
export function bookingIn(draft: Draft, zone: string): Schema<'BookingIn'> {
  const { start, end } = slotOf(draft, zone);
  return {
    location_id: draft.location,
    title_id: draft.title,
    area_id: draft.area || undefined,
    start,
    end,
    status: draft.status as Exclude<BookingStatus, 'cancelled'>,
    note: draft.note.trim() || undefined,
  };
}

/** bookingEdit is what differs from the booking as it was. */
export function bookingEdit(draft: Draft, was: BookingRow, zone: string): Schema<'BookingEdit'> {
  const before = draftOf(zone, {}, '', was);
  const { start, end } = slotOf(draft, zone);
  const out: Schema<'BookingEdit'> = {};
  if (draft.area !== before.area) out.area_id = draft.area;
  if (draft.title !== before.title) out.title_id = draft.title;
  if (draft.start !== before.start) out.start = start;
  if (draft.end !== before.end) out.end = end;
  if (draft.note.trim() !== before.note) out.note = draft.note.trim();
  return out;
}

/** backOf is the change that takes an edit back. */
export function backOf(body: Schema<'BookingEdit'>, was: BookingRow): Schema<'BookingEdit'> {
  const back: Schema<'BookingEdit'> = {};
  if (body.area_id !== undefined) back.area_id = was.area_id ?? '';
  if (body.start !== undefined) back.start = was.start;
  if (body.end !== undefined) back.end = was.end;
  if (body.note !== undefined) back.note = was.note;
  if (body.location_id !== undefined) back.location_id = was.location_id;
  if (body.title_id !== undefined) back.title_id = was.title_id;
  return back;
}
