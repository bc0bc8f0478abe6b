/** What the plan of shooting days works out by itself: the pool's filter, sums, where a strip goes and what a drop changes. */
import type { Schema } from '../lib/client';

export type DayBoard = Schema<'DayBoard'>;
export type DayRow = Schema<'DayRow'>;
export type StripScene = Schema<'StripScene'>;
export type StripMove = Schema<'StripMove'>;
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
export function nameOf(s: Pick<StripScene, 'episode' | 'scene'>): string {
  const { label, code } = s.scene;
  return /^\d+\s*[-－.·]/.test(label) ? label : `${s.episode}-${label || code}`;
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

/** landing is where a strip lands that is let go in a gap: on its own day the gap it leaves closes. */
export function landing(from: Spot, to: Spot): Spot {
  return to.day !== '' && from.day === to.day && to.at > from.at ? { day: to.day, at: to.at - 1 } : to;
}

/** stays tells whether a drop would change nothing; the pool has no order of its own. */
export function stays(from: Spot, to: Spot): boolean {
  return from.day === to.day && (to.day === '' || landing(from, to).at === from.at);
}

/** stepped moves a picked-up strip by keys: up and down among the gaps of a day, left and right through pool and days. */
export function stepped(board: DayBoard, at: Spot, dx: number, dy: number): Spot {
  const lists = ['', ...board.days.map((d) => d.day.id)];
  const here = Math.max(0, lists.indexOf(at.day));
  const next = Math.max(0, Math.min(lists.length - 1, here + dx));
  const day = lists[next] ?? '';
  const most = board.days[next - 1]?.scenes.length ?? 0;
  return { day, at: Math.max(0, Math.min(most, next === here ? at.at + dy : at.at)) };
}

/** bySort is the order of the pool: as in the script. */
function bySort(a: StripScene, b: StripScene): number {
  return a.episode - b.episode || a.scene.code.localeCompare(b.scene.code, 'en', { numeric: true });
}

/** applied is the board after a move: the days as the server gave them, and the pool as the move left it. */
export function applied(board: DayBoard, strip: StripScene, move: StripMove, days: DayRow[]): DayBoard {
  const fresh = new Map(days.map((d) => [d.day.id, d]));
  const rest = board.pool.filter((s) => s.scene.id !== strip.scene.id);
  const pool = move.to ? rest : [...rest, { ...strip, on_day: undefined, begins: undefined }].sort(bySort);
  return { ...board, pool, days: board.days.map((d) => fresh.get(d.day.id) ?? d) };
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
