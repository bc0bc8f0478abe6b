/** Records for tests: whole, with only what a test cares about changed. */
import type { BookingRow } from './bookings';
import type { Location } from './places';

const meta = { rev: 1, created: '2026-11-20T02:00:00Z', updated: '2026-11-20T02:00:00Z' };

/** aBooking holds the whole of place l1 for title t1 on 22 November from 8 to 18 in Shanghai. */
export function aBooking(change: Partial<BookingRow> = {}): BookingRow {
  return {
    ...meta,
    id: 'b1',
    location_id: 'l1',
    title_id: 't1',
    start: '2026-11-22T00:00:00Z',
    end: '2026-11-22T10:00:00Z',
    status: 'confirmed',
    note: '',
    by: 'p1',
    zone: 'Asia/Shanghai',
    overrides: [],
    location: '金沙湖大剧院',
    area: '',
    title: '娇藏京枝',
    by_name: '周敏',
    ...change,
  };
}

/** aPlace is a place with two areas and no photos. */
export function aPlace(change: Partial<Location> = {}): Location {
  return {
    ...meta,
    id: 'l1',
    name: '金沙湖大剧院',
    aliases: [],
    address: '杭州市钱塘区',
    note: '',
    status: 'wanted',
    areas: [
      { id: 'hall', name: '观众厅', note: '' },
      { id: 'roof', name: '屋顶', note: '' },
    ],
    photos: [],
    tags: [],
    contacts: [],
    price: { currency: '', flat: 0, day: 0, hour: 0, deposit: 0, note: '' },
    hours: [],
    noise: '',
    power: '',
    parking: '',
    load_in: '',
    hospital: { name: '', address: '', phone: '' },
    documents: [],
    blackouts: [],
    merged: [],
    demo: false,
    ...change,
  };
}
