/** Reads the lists that the pages of places choose from. */
import { get } from '../lib/client';
import { readAll } from '../people/pages';
import type { Asked } from './find';
import type { Location } from './places';

/** mostPlaces is how many places one page lists; beyond that the reader searches. */
export const mostPlaces = 1000;

/** findPlaces reads the places that a query wants, in its order. */
export function findPlaces(asked: Asked, signal?: AbortSignal): Promise<Location[]> {
  return readAll((after) => get('/locations', { query: { ...asked, limit: 200, after }, signal }), mostPlaces);
}

/** readPlaces reads the places that hold a text, by name. */
export function readPlaces(q: string, signal?: AbortSignal): Promise<Location[]> {
  return findPlaces({ q }, signal);
}

/** NamedTitle is a title as a list of choices shows it. */
export interface NamedTitle {
  id: string;
  name: string;
  code: string;
}

/** readTitles reads the titles that the reader sees. */
export async function readTitles(signal?: AbortSignal): Promise<NamedTitle[]> {
  const boards = await readAll((after) => get('/titles', { query: { limit: 200, after }, signal }), 2000);
  return boards.map(({ title }) => ({ id: title.id, name: title.name, code: title.code }));
}
