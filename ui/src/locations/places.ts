/** What the pages of a place work out by themselves: its form, its statuses, its pictures. */
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

/** Draft is a place as its form holds it; aliases stand one on a line, because a name may hold commas. */
export interface Draft {
  name: string;
  aliases: string;
  address: string;
  contact: string;
  phone: string;
  note: string;
  status: string;
}

/** draftOf fills the form with a place, or with nothing for a new one. */
export function draftOf(place?: Location): Draft {
  return {
    name: place?.name ?? '',
    aliases: (place?.aliases ?? []).join('\n'),
    address: place?.address ?? '',
    contact: place?.contact ?? '',
    phone: place?.phone ?? '',
    note: place?.note ?? '',
    status: place?.status ?? 'wanted',
  };
}

/** bodyOf is what the form sends: all that is filled in for a new place, only what differs for a present one. */
export function bodyOf(draft: Draft, was?: Location): LocationIn {
  const before = draftOf(was);
  const out: LocationIn = {};
  for (const field of ['name', 'address', 'contact', 'phone', 'note'] as const) {
    const text = draft[field].trim();
    if (was ? text !== before[field] : text || field === 'name') out[field] = text;
  }
  const aliases = draft.aliases
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if (aliases.join('\n') !== before.aliases) out.aliases = aliases;
  if (!was) out.status = draft.status as PlaceStatus;
  return out;
}

/** backOf is the change that takes a change back. */
export function backOf(body: LocationIn, was: Location): LocationIn {
  return Object.fromEntries(Object.keys(body).map((field) => [field, was[field as keyof Location]])) as LocationIn;
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

/** mapOf is a page of a map service that opens its app on a phone and looks for the address there. */
export function mapOf(place: Location): string {
  return `https://uri.amap.com/search?keyword=${encodeURIComponent([place.address, place.name].filter(Boolean).join(' '))}`;
}

/** filterPlaces keeps those of a status, or all for ''. */
export function filterPlaces(places: Location[], status: string): Location[] {
  return status ? places.filter((p) => p.status === status) : places;
}
