/** What the plan of shooting days works out by itself: the pool's filter, sums, where a strip goes and what a drop changes. */
import type { Schema } from '../lib/client';

export type DayBoard = Schema<'DayBoard'>;
export type DayRow = Schema<'DayRow'>;
export type ShootDay = Schema<'ShootDay'>;
export type StripScene = Schema<'StripScene'>;
export type StripMoved = Schema<'StripMoved'>;
export type Clash = Schema<'Clash'>;
export type DayScene = Schema<'DayScene'>;

/** Spot is a place for a strip: a day's id, '' for the pool, and how many strips stand before it. */
export interface Spot {
  day: string;
  at: number;
}

/** Filter is what the pool shows; empty parts ask for nothing. */
export interface Filter {
  place: string;
  light: string;
  cast: string;
  episode: string;
  text: string;
}

/** noFilter shows all. */
export const noFilter: Filter = { place: '', light: '', cast: '', episode: '', text: '' };

/** plain is how typed text is compared: NFKC, without blanks and case. */
export const plain = (s: string): string => s.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** nameOf is a scene as people say it: its label as written, with the episode where the label has none. */
export function nameOf(s: { episode: number; scene: { label: string; code: string } }): string {
  const { label, code } = s.scene;
  return /^\d+\s*[-－.·]/.test(label) ? label : `${s.episode}-${label || code}`;
}

/** elsewhereOf names scenes that stayed on other days, with those days: 1-2（2027-03-05 B）. */
export function elsewhereOf(list: Schema<'DayElsewhere'>[]): string {
  const name = (x: (typeof list)[number]) => nameOf({ episode: x.episode, scene: { label: x.label, code: '' } });
  return list.map((x) => `${name(x)}（${[x.date, x.unit].filter(Boolean).join(' ')}）`).join('、');
}

/** stillAs tells whether a day is as an edit left it, whatever stands on it by now. */
export function stillAs(now: ShootDay, left: ShootDay): boolean {
  return (['date', 'unit', 'start', 'end', 'note'] as const).every((k) => now[k] === left[k]);
}

/** whereOf is where a scene is shot: the location with its area, else the place as the script spells it. */
export function whereOf(s: StripScene): string {
  return [s.location || s.scene.place, s.location ? s.area : ''].filter(Boolean).join(' · ');
}

/** headOf is the heading of a scene as far as light and number do not say it already. */
export function headOf(s: StripScene): string {
  return s.scene.place || s.scene.heading;
}

/** wanted tells whether a strip passes the filter. */
export function wanted(s: StripScene, f: Filter): boolean {
  const text = plain(f.text);
  return (
    (!f.place || whereOf(s) === f.place) &&
    (!f.light || s.light === f.light) &&
    (!f.cast || s.cast.includes(f.cast)) &&
    (!f.episode || String(s.episode) === f.episode) &&
    (!text || plain([nameOf(s), s.scene.heading, whereOf(s), ...s.cast].join(' ')).includes(text))
  );
}

/** choicesOf is what the pool can be filtered by: places and characters, most scenes first, and episodes in order. */
export function choicesOf(pool: StripScene[]): { places: string[]; cast: string[]; episodes: number[] } {
  const byCount = (names: string[]): string[] => {
    const n = new Map<string, number>();
    for (const name of names) if (name) n.set(name, (n.get(name) ?? 0) + 1);
    return [...n].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'zh-CN')).map(([name]) => name);
  };
  return {
    places: byCount(pool.map(whereOf)),
    cast: byCount(pool.flatMap((s) => s.cast)),
    episodes: [...new Set(pool.map((s) => s.episode))].sort((a, b) => a - b),
  };
}

/** gapAt is how many strips stand above a height in a list of strips that are all `row` pixels tall. */
export function gapAt(y: number, row: number, count: number): number {
  return Math.max(0, Math.min(count, Math.round(y / row)));
}

/** bySort is the order of the pool: as in the script. */
export function bySort(a: StripScene, b: StripScene): number {
  return a.episode - b.episode || a.scene.code.localeCompare(b.scene.code, 'en', { numeric: true });
}

/** swapped is the board with one day as it is now. */
export function swapped(board: DayBoard, day: DayRow): DayBoard {
  return { ...board, days: board.days.map((d) => (d.day.id === day.day.id ? day : d)) };
}

/** spotOf is where a scene stands: on a day, or in the pool. */
export function spotOf(board: DayBoard, sceneId: string, dayId = ''): Spot {
  const day = board.days.find((d) => d.day.id === dayId);
  const at = (day ? day.scenes : board.pool).findIndex((s) => s.scene.id === sceneId);
  return { day: day?.day.id ?? '', at: Math.max(0, at) };
}

/** Weigh sorts conflicts by what they ask: what cannot be, what needs a reason, what only tells. */
export function weigh(list: Clash[]): { hard: Clash[]; soft: Clash[]; notes: Clash[] } {
  return {
    hard: list.filter((c) => c.level === 'hard'),
    soft: list.filter((c) => c.level === 'soft'),
    notes: list.filter((c) => c.level === 'note'),
  };
}

/** clashText is a conflict in the words of a language. */
export const clashText = (c: Clash, lang: string): string => (lang === 'en' ? c.en : c.zh);

/** minutesOf is how many minutes a day's scenes are planned to take, and how many scenes have none. */
export function minutesOf(row: DayRow): { minutes: number; open: number } {
  const planned = row.scenes.map((s) => s.on_day?.minutes ?? 0);
  return { minutes: planned.reduce((a, b) => a + b, 0), open: planned.filter((m) => m === 0).length };
}

/** doneOf counts the scenes of a day that are shot. */
export const doneOf = (row: DayRow): number => row.scenes.filter((s) => s.on_day?.done).length;

/** readMinutes reads a typed length: 90, 1:30, 1h30, 45分; undefined for what is none. Empty is 0: not planned. */
export function readMinutes(text: string): number | undefined {
  const s = text.normalize('NFKC').trim().toLowerCase();
  if (s === '') return 0;
  const pair = /^(\d{1,2})(?::|h|小时)(\d{1,2})?(?:分|m|min)?$/.exec(s);
  const n = pair
    ? Number(pair[1]) * 60 + Number(pair[2] ?? 0)
    : /^\d{1,4}(?:分钟?|m|min)?$/.test(s)
      ? parseInt(s, 10)
      : NaN;
  return n >= 0 && n <= 1440 ? n : undefined;
}
