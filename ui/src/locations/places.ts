/** What the pages of a place work out by themselves: its statuses, its pictures, its links and its price. */
import { decimals, formatMoney } from '../attempts/money';
import { tAny } from '../lib/i18n.svelte';
import type { Schema } from '../lib/client';

export type Location = Schema<'Location'>;
export type LocationIn = Schema<'LocationIn'>;
export type Photo = Schema<'Photo'>;
export type Area = Schema<'Area'>;
export type PlaceStatus = Location['status'];

/** statuses of a place in their order (product.md, Places). */
export const statuses: PlaceStatus[] = ['wanted', 'scouting', 'held', 'confirmed', 'released'];

/** movesOf lists what may follow a status, as the server's table says it: a step on or back, and from released anew. */
export function movesOf(status: PlaceStatus): PlaceStatus[] {
  const at = statuses.indexOf(status);
  const moves = [statuses[at + 1], statuses[at - 1]];
  if (status === 'released') moves.push('wanted');
  return moves.filter((s) => s !== undefined);
}

/** photosOf are the pictures of an area, or all for ''. */
export function photosOf(place: Location, area: string): Photo[] {
  return area ? place.photos.filter((p) => p.area_id === area) : place.photos;
}

/** areaName names an area of a place, '' for the whole place or one that is gone. */
export function areaName(place: Location, id: string | undefined): string {
  return place.areas.find((a) => a.id === id)?.name ?? '';
}

/** pictureOf is the address of a photo in a size, or '' while that size is not made; the original always is there. */
export function pictureOf(place: string, photo: Photo, size: 'thumb' | 'preview' | 'original'): string {
  if (size !== 'original' && photo.media.derived !== 'ready') return '';
  return `/api/v1/locations/${place}/photos/${photo.id}/${size}`;
}

/** dialOf is a phone number as a tel: link takes it, '' where there is nothing to dial. */
export function dialOf(phone: string): string {
  const number = phone.normalize('NFKC').replace(/(?!^\+)[^\d]/g, '');
  return /\d{3}/.test(number) ? `tel:${number}` : '';
}

/** mapsOf are the pages of map services that show the place's point, or for one without a point look for its address. */
export function mapsOf(place: Location): { id: string; href: string }[] {
  if (place.maps) {
    const { amap, tencent, baidu, apple, google } = place.maps;
    return Object.entries({ amap, tencent, baidu, apple, google }).map(([id, href]) => ({ id, href }));
  }
  if (!place.address) return [];
  const words = encodeURIComponent(`${place.address} ${place.name}`);
  return [{ id: 'amap', href: `https://uri.amap.com/search?keyword=${words}` }];
}

/** units of a price: a price by the day is never compared with one by the hour or a flat one. */
export const units = ['day', 'hour', 'flat'] as const;
export type Unit = (typeof units)[number];

/** usual is the currency of prices that name none. */
export const usual = 'CNY';

/** priceText writes an amount with its sign, or with its code where the sign would not tell which money it is. */
export function priceText(amount: number, currency: string): string {
  const m = { amount, currency: currency || usual };
  return m.currency === usual || m.currency === 'USD' ? formatMoney(m) : `${m.currency} ${decimals(m)}`;
}

/** currencyName is a currency in words where there are any, else its code. */
export const currencyName = (code: string): string => tAny(`places.currency.${code}`);

/** pricesOf writes what a place costs, the daily price first: ¥3500.00. */
export function pricesOf(place: Location): { id: 'day' | 'hour' | 'flat' | 'deposit'; text: string }[] {
  return ([...units, 'deposit'] as const)
    .filter((id) => place.price[id] > 0)
    .map((id) => ({ id, text: priceText(place.price[id], place.price.currency) }));
}
