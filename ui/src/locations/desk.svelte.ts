/** What is open over a page of bookings: one that is looked at, or the form for a new or a changed one. */
import type { BookingRow } from './bookings';
import type { Wish } from './slots';

/** Desk is handed from a page to its lists and to BookingDialogs. */
export class Desk {
  looking = $state.raw<BookingRow>();
  editing = $state.raw<BookingRow>();
  wish = $state.raw<Wish>({});
  form = $state(false);

  /** look opens a booking. */
  look = (booking: BookingRow): void => {
    this.looking = booking;
  };

  /** edit opens the form of a booking. */
  edit = (booking: BookingRow): void => {
    this.looking = undefined;
    this.editing = booking;
    this.form = true;
  };

  /** book opens the form of a new booking. */
  book = (wish: Wish = {}): void => {
    this.editing = undefined;
    this.wish = wish;
    this.form = true;
  };

  /** leave closes the booking that is looked at. */
  leave = (): void => {
    this.looking = undefined;
  };
}
