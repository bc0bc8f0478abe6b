import { render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { setMe, type Me } from '../lib/session.svelte';
import BookingList from './BookingList.svelte';
import { aBooking } from './testing';

const none = () => undefined;
const props = { onopen: none, onedit: none, onchanged: none };

function signIn(rights: string[]) {
  setMe({
    rights,
    title_rights: {},
    memberships: [],
    person: {},
    studio: { zone: 'Asia/Shanghai', thresholds: [] },
  } as unknown as Me);
}

describe('BookingList', () => {
  afterEach(() => setMe(undefined));

  it('offers to confirm a tentative booking to those who may', () => {
    signIn(['booking.edit']);
    render(BookingList, { props: { ...props, rows: [aBooking({ status: 'tentative' })] } });
    expect(screen.getByRole('button', { name: '确认' })).toBeTruthy();
  });

  it('offers nothing to those who may not, and hides whose another slot is', () => {
    signIn([]);
    render(BookingList, { props: { ...props, rows: [aBooking({ status: 'tentative', title: '', title_id: '' })] } });
    expect(screen.queryByRole('button', { name: '确认' })).toBeNull();
    expect(screen.getByText(/另一部剧/)).toBeTruthy();
  });

  it('puts the latest day first where the past is shown', () => {
    signIn([]);
    const rows = [aBooking(), aBooking({ id: 'b2', start: '2026-11-24T00:00:00Z', end: '2026-11-24T10:00:00Z' })];
    render(BookingList, { props: { ...props, rows, newest: true } });
    expect(screen.getAllByRole('heading').map((h) => h.textContent?.slice(0, 6))).toEqual(
      ['11月24日', '11月22日'].map((x) => x.slice(0, 6)),
    );
  });
});
