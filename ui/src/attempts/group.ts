/**
 * What belongs together in one drop, by folder and stem: a clip with the picture of its first frame, a result with the
 * texts that its tool wrote beside it. Generators name them alike: lake_00001.mp4, lake_00001.png, lake_00001.txt.
 */
import { t } from '../lib/i18n.svelte';
import type { Arrival, Gathered, Lost } from './arrival';
import { endingOf, kindOf } from './kinds';

/** Parcel is one result and what goes after it: more results of the same attempt, and files that only describe it. */
export interface Parcel {
  main: Arrival;
  also: Arrival[];
  beside: Arrival[];
}

/** Grouped is a drop, sorted. cards are texts that belong to no result here; system is what a computer left by itself. */
export interface Grouped {
  parcels: Parcel[];
  cards: Arrival[];
  system: Arrival[];
  lost: Lost[];
}

const same = (s: string) => s.normalize('NFC').toLowerCase();
const stemOf = (path: string) => same(endingOf(path) ? path.slice(0, path.lastIndexOf('.')) : path);
// VideoHelperSuite writes the same clip once more with its sound.
const silentStem = (path: string) => stemOf(path).replace(/-audio$/, '');
const counted = /_\d{5}$/;

function isFilm(a: Arrival): boolean {
  return kindOf(a.path) === 'clip' || (['gif', 'webp'].includes(endingOf(a.name)) && counted.test(stemOf(a.path)));
}

/** group sorts a drop. It loses nothing: every file stands in exactly one place of the answer. */
export function group({ files, lost }: Gathered): Grouped {
  const of = (...kinds: string[]) => files.filter((f) => kinds.includes(kindOf(f.path)));
  const results = of('clip', 'picture', 'unknown');
  const films = results.filter(isFilm);
  const parcels = new Map<Arrival, Parcel>();
  const frames: [Arrival, Arrival][] = [];
  const sounds: [Arrival, Arrival][] = [];
  for (const r of results) {
    const film = filmOf(r, films);
    const silent = silentOf(r, films);
    if (film) frames.push([r, film]);
    else if (silent) sounds.push([r, silent]);
    else parcels.set(r, { main: r, also: [], beside: [] });
  }
  for (const [sound, film] of sounds) parcels.get(film)?.also.push(sound);
  for (const [frame, film] of frames) parcels.get(film)?.beside.push(frame);
  const cards = putTexts(of('text'), [...parcels.values()]);
  const unfinished = of('unfinished', 'archive').map((f) => lostOf(f));
  return { parcels: [...parcels.values()], cards, system: of('system'), lost: [...lost, ...unfinished] };
}

/** filmOf is the clip whose first frame a PNG shows. */
function filmOf(r: Arrival, films: Arrival[]): Arrival | undefined {
  if (endingOf(r.name) !== 'png') return undefined;
  const alike = films.filter((f) => silentStem(f.path) === stemOf(r.path));
  return alike.find((f) => stemOf(f.path) === stemOf(r.path)) ?? alike[0];
}

/** silentOf is the clip of which another is the version with sound. */
function silentOf(r: Arrival, films: Arrival[]): Arrival | undefined {
  const stem = stemOf(r.path);
  if (silentStem(r.path) === stem) return undefined;
  return films.find((f) => f !== r && stemOf(f.path) === silentStem(r.path));
}

// A text goes to the result whose whole name it carries (a.png.txt), else to the first of its stem.
function putTexts(texts: Arrival[], parcels: Parcel[]): Arrival[] {
  const byName = new Map<string, Parcel>();
  const byStem = new Map<string, Parcel>();
  for (const p of parcels)
    for (const r of [p.main, ...p.also]) {
      byName.set(same(r.path), p);
      if (!byStem.has(stemOf(r.path))) byStem.set(stemOf(r.path), p);
    }
  const alone: Arrival[] = [];
  for (const text of texts) {
    const to = byName.get(stemOf(text.path)) ?? byStem.get(stemOf(text.path));
    if (to) to.beside.push(text);
    else alone.push(text);
  }
  return alone;
}

function lostOf(f: Arrival): Lost {
  const why = kindOf(f.path) === 'archive' ? t('capture.why.nested') : t('capture.why.unfinished');
  return { path: f.path, size: f.size, why };
}
