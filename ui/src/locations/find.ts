/** How places are looked for: what stands in the address, and what the server is asked. */
import type { Answer } from '../lib/client';
import { parseMoney } from '../attempts/money';
import { withQuery, type QueryPatch } from '../lib/router.svelte';
import { statuses, units, usual, type Location, type PlaceStatus, type Unit } from './places';
import { addDays, instant, isDay } from './zone';

/** looks are the ways in which found places are shown. */
export const looks = ['cards', 'wall', 'map'] as const;
export type Look = (typeof looks)[number];

/** Find is what the address says: money and lengths as typed, days as 2026-11-22, near as "lat,lon" in WGS-84. */
export interface Find {
  q: string;
  status: string;
  tag: string;
  price: string;
  /** unit and currency are what prices are compared in; '' is a day and the studio's own. */
  unit: string;
  currency: string;
  from: string;
  to: string;
  near: string;
  /** at names the point for the reader. */
  at: string;
  within: string;
  sort: string;
}

const names = [
  'q',
  'status',
  'tag',
  'price',
  'unit',
  'currency',
  'from',
  'to',
  'near',
  'at',
  'within',
  'sort',
] as const;

/** findOf reads the address. */
export function findOf(read: (name: string) => string): Find {
  return Object.fromEntries(names.map((n) => [n, read(n)])) as unknown as Find;
}

/** lookOf is how the address wants places shown. */
export function lookIn(read: (name: string) => string): Look {
  return looks.find((l) => l === read('view')) ?? 'cards';
}

/** nothing takes all of it out of the address. */
export const nothing: QueryPatch = Object.fromEntries(names.map((n) => [n, '']));

/** isNarrow tells whether anything narrows the list; the order alone does not. */
export function isNarrow(f: Find): boolean {
  return [f.q, f.status, f.tag, f.price, f.from, f.to, f.near].some(Boolean);
}

/** narrowsOf counts what the panel of conditions holds, beyond text and status. */
export function narrowsOf(f: Find): number {
  return [f.tag, f.price, f.from || f.to, f.near].filter(Boolean).length;
}

/** tagsOf are the tags of the address, and withTag the same list with one put in or taken out. */
export const tagsOf = (tag: string): string[] => tag.split(',').filter(Boolean);
export function withTag(tag: string, one: string): string {
  const tags = tagsOf(tag);
  return (tags.includes(one) ? tags.filter((t) => t !== one) : [...tags, one]).join(',');
}

/** badAmount tells whether a typed amount is none. */
export function badAmount(text: string): boolean {
  return text !== '' && parseMoney(text, 'CNY') === undefined;
}

const metresOf = (km: string): number | undefined => {
  const n = Number(km);
  return km && n > 0 ? Math.round(n * 1000) : undefined;
};

/** Asked is a query of the list of locations. */
export interface Asked {
  q?: string;
  status?: PlaceStatus;
  tag?: string;
  max_price?: number;
  unit?: Unit;
  currency?: string;
  free_from?: string;
  free_to?: string;
  near?: string;
  within?: number;
  sort?: 'name' | 'near' | 'price';
}

/** askOf is what the server is asked; a half-filled or senseless part is left out. One day alone means that day. */
export function askOf(f: Find, zone: string): Asked {
  const out: Asked = {};
  if (f.q) out.q = f.q;
  const status = statuses.find((s) => s === f.status);
  if (status) out.status = status;
  if (f.tag) out.tag = f.tag;
  const price = f.price ? parseMoney(f.price, 'CNY') : undefined;
  if (price && price.amount > 0) out.max_price = price.amount;
  const from = isDay(f.from) ? f.from : f.to;
  const to = isDay(f.to) ? f.to : f.from;
  if (isDay(from) && isDay(to) && from <= to) {
    out.free_from = instant(`${from}T00:00`, zone);
    out.free_to = instant(`${addDays(to, 1)}T00:00`, zone);
  }
  if (/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/.test(f.near)) {
    out.near = f.near;
    const within = metresOf(f.within);
    if (within) out.within = within;
  }
  const sort = (['name', 'near', 'price'] as const).find((s) => s === f.sort);
  if (sort && (sort !== 'near' || out.near)) out.sort = sort;
  else if (out.near) out.sort = 'near';
  if (out.max_price || out.sort === 'price') {
    if (f.unit && unitOf(f) !== 'day') out.unit = unitOf(f);
    if (currencyOf(f) !== usual) out.currency = currencyOf(f);
  }
  return out;
}

/** unitOf and currencyOf are what prices are compared in. */
export const unitOf = (f: Find): Unit => units.find((u) => u === f.unit) ?? 'day';
export const currencyOf = (f: Find): string => (/^[A-Z]{3}$/.test(f.currency) ? f.currency : usual);

/** PriceGroup are places whose prices may be compared: of one currency, or '' where none is known for the unit. */
export interface PriceGroup {
  currency: string;
  places: Location[];
}

/** priceGroups parts a list by price where the currency changes; the server has put it in that order. */
export function priceGroups(places: Location[], unit: Unit): PriceGroup[] {
  const out: PriceGroup[] = [];
  for (const p of places) {
    const currency = p.price[unit] > 0 ? p.price.currency || usual : '';
    const last = out.at(-1);
    if (last?.currency === currency) last.places.push(p);
    else out.push({ currency, places: [p] });
  }
  return out;
}

/** nearOf writes a point as the address and the server take it: to a tenth of a metre. */
export function nearOf(p: { lat: number; lon: number }): string {
  return `${Number(p.lat.toFixed(6))},${Number(p.lon.toFixed(6))}`;
}

/** spotOf reads such a point. */
export function spotOf(near: string): { lat: number; lon: number } | undefined {
  const [lat, lon, ...rest] = near.split(',').map(Number);
  if (lat === undefined || lon === undefined || rest.length > 0 || !near) return undefined;
  return Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : undefined;
}

/** geojsonOf is where the found places stand as a file. */
export function geojsonOf(asked: Asked): string {
  return withQuery({ ...asked }, '', '/api/v1/locations/geojson');
}

export type CurrencyCount = NonNullable<Answer<'get', '/locations/currencies'>['items']>[number];
export type TagCount = NonNullable<Answer<'get', '/locations/tags'>['items']>[number];
