/** The form of a place: what it holds, in which group a field stands, what it sends, and how that is taken back. */
import { decimals, parseMoney, type Currency } from '../attempts/money';
import type { Schema } from '../lib/client';
import { statuses, type Location, type LocationIn, type PlaceStatus } from './places';

type Contact = Schema<'Contact'>;
type Price = Schema<'Price'>;
export type PointIn = Schema<'PointIn'>;

/** groups are the pages of the form, in order. */
export const groups = ['basic', 'where', 'people', 'site'] as const;
export type Group = (typeof groups)[number];

/** sums are the amounts of a price. */
export const sums = ['day', 'hour', 'flat', 'deposit'] as const;

/** siteFields are the short texts about work on site. */
export const siteFields = ['noise', 'power', 'parking', 'load_in'] as const;

/** HoursDraft is a line of permitted hours as the form holds it. */
export interface HoursDraft {
  weekdays: number[];
  from: string;
  to: string;
  note: string;
}

/** Draft is a place as its form holds it: lists of names one on a line, money as typed. */
export interface Draft {
  name: string;
  status: string;
  aliases: string;
  tags: string;
  note: string;
  address: string;
  /** point is a new one, null for none, undefined where it stays. */
  point: PointIn | null | undefined;
  contacts: Contact[];
  currency: string;
  price: Record<(typeof sums)[number], string>;
  priceNote: string;
  hours: HoursDraft[];
  noise: string;
  power: string;
  parking: string;
  load_in: string;
  hospital: Schema<'Hospital'>;
}

const typed = (amount: number, currency: string): string => (amount ? decimals({ amount, currency }) : '');

/** draftOf fills the form with a place, or with nothing for a new one. */
export function draftOf(place?: Location): Draft {
  const price = place?.price;
  const currency = price?.currency || 'CNY';
  return {
    name: place?.name ?? '',
    status: place?.status ?? 'wanted',
    aliases: (place?.aliases ?? []).join('\n'),
    tags: (place?.tags ?? []).join('\n'),
    note: place?.note ?? '',
    address: place?.address ?? '',
    point: undefined,
    contacts: (place?.contacts ?? []).map((c) => ({ ...c })),
    currency,
    price: {
      day: typed(price?.day ?? 0, currency),
      hour: typed(price?.hour ?? 0, currency),
      flat: typed(price?.flat ?? 0, currency),
      deposit: typed(price?.deposit ?? 0, currency),
    },
    priceNote: price?.note ?? '',
    hours: (place?.hours ?? []).map((h) => ({ ...h, weekdays: [...h.weekdays] })),
    noise: place?.noise ?? '',
    power: place?.power ?? '',
    parking: place?.parking ?? '',
    load_in: place?.load_in ?? '',
    hospital: { ...(place?.hospital ?? { name: '', address: '', phone: '' }) },
  };
}

/** namesOf reads a list typed one on a line; 、 and commas part tags too. */
export function namesOf(text: string, parts = /\n/): string[] {
  const names = text.split(parts).map((n) => n.trim());
  return [...new Set(names.filter(Boolean))];
}

const tagsOf = (text: string): string[] => namesOf(text, /[\n,，、;；]/);
const amountOf = (text: string, currency: string): number => parseMoney(text, currency as Currency)?.amount ?? 0;

/** badSums are the amounts of the form that are none. */
export function badSums(draft: Draft): (typeof sums)[number][] {
  return sums.filter((s) => parseMoney(draft.price[s], draft.currency as Currency) === undefined);
}

function priceOf(d: Draft): Price {
  const [day, hour, flat, deposit] = sums.map((s) => amountOf(d.price[s], d.currency));
  const set = [day, hour, flat, deposit].some(Boolean) || d.priceNote.trim() !== '';
  return {
    day: day ?? 0,
    hour: hour ?? 0,
    flat: flat ?? 0,
    deposit: deposit ?? 0,
    note: d.priceNote.trim(),
    currency: set ? d.currency : '',
  };
}

const trimmed = <T extends Record<string, string>>(o: T): T =>
  Object.fromEntries(Object.entries(o).map(([k, v]) => [k, v.trim()])) as T;

// All that the form says; an empty line of a list says nothing.
function whole(d: Draft): LocationIn {
  return {
    name: d.name.trim(),
    aliases: namesOf(d.aliases),
    tags: tagsOf(d.tags),
    note: d.note.trim(),
    address: d.address.trim(),
    contacts: d.contacts
      .map(({ name, role, phone, note }) => trimmed({ name, role, phone, note }))
      .filter((c) => c.name || c.role || c.phone || c.note),
    price: priceOf(d),
    hours: d.hours
      .map((h) => ({
        weekdays: [...h.weekdays].sort(),
        from: clockOf(h.from),
        to: clockOf(h.to),
        note: h.note.trim(),
      }))
      .filter((h) => h.from || h.to),
    noise: d.noise.trim(),
    power: d.power.trim(),
    parking: d.parking.trim(),
    load_in: d.load_in.trim(),
    hospital: trimmed({ name: d.hospital.name, address: d.hospital.address, phone: d.hospital.phone }),
  };
}

/** clockOf makes 8:00, 0800 or 8：30 a time as the server takes it; what is none stays as it was typed. */
export function clockOf(text: string): string {
  const hit = /^(\d{1,2}):?(\d{2})$/.exec(text.normalize('NFKC').trim());
  return hit ? `${hit[1]!.padStart(2, '0')}:${hit[2]}` : text.trim();
}

/** bodyOf is what the form sends: all that is filled in for a new place, only what differs for a present one. */
export function bodyOf(draft: Draft, was?: Location): LocationIn {
  const now = whole(draft);
  const before = whole(draftOf(was));
  const changed = (Object.keys(now) as (keyof LocationIn)[]).filter(
    (f) => JSON.stringify(now[f]) !== JSON.stringify(before[f]),
  );
  const out = Object.fromEntries(changed.map((f) => [f, now[f]])) as LocationIn;
  if (draft.point) out.point = draft.point;
  if (draft.point === null && was?.point) out.no_point = true;
  if (!was) {
    out.name = now.name ?? '';
    out.status = statuses.find((s) => s === draft.status) ?? ('wanted' satisfies PlaceStatus);
  }
  return out;
}

/** backOf is the change that takes a change back. */
export function backOf(body: LocationIn, was: Location): LocationIn {
  const { point, no_point, ...rest } = body;
  const back = Object.fromEntries(Object.keys(rest).map((f) => [f, was[f as keyof Location]])) as LocationIn;
  if (point || no_point) {
    if (was.point) back.point = { lat: was.point.lat, lon: was.point.lon, system: 'wgs84' };
    else back.no_point = true;
  }
  return back;
}

const homes: Record<Group, string[]> = {
  basic: ['name', 'status', 'aliases', 'tags', 'note'],
  where: ['address', 'point', 'lat', 'lon', 'system'],
  people: ['contacts', 'price', 'currency', ...sums],
  site: ['hours', ...siteFields, 'hospital'],
};

/** groupOf is the page of the form on which a refused field stands, by the location that the server gives. */
export function groupOf(field: string): Group {
  const parts = field.split(/[.[\]]+/);
  return groups.find((g) => homes[g].some((f) => parts.includes(f))) ?? 'basic';
}
