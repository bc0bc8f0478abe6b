/** What the lead's wall says of a title: its figures, how they grow, when the next threshold may come, and where each is from. */
import type { Schema } from '../lib/client';
import { compact, dayOf } from '../lib/format';
import { t } from '../lib/i18n.svelte';
import { moment, shown } from '../releases/figures';

export type Board = Schema<'Board'>;
export type Growth = Schema<'Growth'>;
export type Forecast = Schema<'Forecast'>;
export type PlatformFigure = Schema<'PlatformFigure'>;
export type Latest = Schema<'Latest'>;
export type Point = Schema<'Point'>;

/** orders are those that the server keeps: the latest released, most plays, most growth since the day before. */
export const orders = ['released', 'plays', 'yesterday'] as const;
export type Order = (typeof orders)[number];

/** orderOf reads the order out of the address; an unknown one is the first. */
export function orderOf(text: string): Order {
  return orders.find((o) => o === text) ?? 'released';
}

/** Shelf is the part of the wall that is loaded; `more` tells that the server has others, which begin after `next`. */
export interface Shelf {
  boards: Board[];
  more: boolean;
  next?: string;
}

const mostAtOnce = 500;

/** readShelf reads the wall page after page until `want` titles are there; what is held already is not read again. */
export async function readShelf(
  read: (limit: number, after?: string) => Promise<{ items: Board[]; next?: string }>,
  want: number,
  held?: Shelf,
): Promise<Shelf> {
  const boards: Board[] = [...(held?.boards ?? [])];
  let after = held?.next;
  if (held && !after) return held;
  while (boards.length < want) {
    const page = await read(Math.min(mostAtOnce, want - boards.length), after);
    boards.push(...page.items);
    after = page.next || undefined;
    if (!after) break;
  }
  return { boards, more: after !== undefined, next: after };
}

/** choicesOf are the different companies, or kinds, of the loaded titles. */
export function choicesOf(boards: Board[], field: 'company' | 'kind'): { value: string; label: string }[] {
  const words = [...new Set(boards.map((b) => b.title[field]).filter(Boolean))];
  return words.sort((a, b) => a.localeCompare(b, 'zh-CN')).map((value) => ({ value, label: value }));
}

/** ofHouse keeps the titles of a company and of a kind, '' for any. */
export function ofHouse(boards: Board[], company: string, kind: string): Board[] {
  return boards.filter((b) => (!company || b.title.company === company) && (!kind || b.title.kind === kind));
}

/** figureText cuts a figure as its metric is counted: 1.2亿+, 34.5%. */
export function figureText(l: Latest): string {
  if (l.metric !== 'completion') return shown(l.figure);
  return `${Number((l.figure.value / 100).toFixed(2))}%${l.figure.bound === 'lower' ? '+' : ''}`;
}

/** latestOf is a platform's last figure of one metric. */
export function latestOf(p: PlatformFigure, metric: string): Latest | undefined {
  return p.now.find((l) => l.metric === metric);
}

/** platformName names a release among those of its title: with its region only where the platform stands there twice. */
export function platformName(p: PlatformFigure, all: readonly PlatformFigure[]): string {
  const twice = all.filter((x) => x.platform === p.platform).length > 1;
  return twice ? [p.platform, p.region].filter(Boolean).join(' ') : p.platform;
}

/** Sign is a direction as a shape and a word, because rise and fall have no colours here. */
export interface Sign {
  glyph: '▲' | '▼' | '＝';
  text: string;
}

/** signOf says how much more or less. */
export function signOf(g: Growth): Sign {
  if (g.value > 0) return { glyph: '▲', text: t('wall.up', { amount: compact(g.value) }) };
  if (g.value < 0) return { glyph: '▼', text: t('wall.down', { amount: compact(-g.value) }) };
  return { glyph: '＝', text: t('wall.same') };
}

/** pointText is a figure with its moment: 2026-03-05 的 1.2亿. */
export function pointText(p: Point, zone: string): string {
  return t('releases.point', { at: moment(p.at, zone), n: compact(p.value) });
}

/** growthTip names the two points between which a sum grew. */
export function growthTip(g: Growth, zone: string): string {
  return t('wall.growth.tip', { from: pointText(g.from, zone), to: pointText(g.to, zone) });
}

/** Next is what stands before a title: how much is missing, and between which days it may come. */
export interface Next {
  goal: string;
  when: string;
}

/** nextOf words the next threshold, with the range of days, which is the server's and never narrowed, or why there is none. */
export function nextOf(f: Forecast | undefined, today: Date = new Date()): Next | undefined {
  if (!f) return undefined;
  if (f.why === 'none') return { goal: t('wall.next.unset'), when: '' };
  if (f.why === 'past') return { goal: t('wall.next.none'), when: '' };
  return { goal: goalText(f.threshold, f.left), when: f.why ? t(`wall.next.${f.why}`) : whenText(f, today) };
}

function goalText(threshold: number, left: number): string {
  return t('wall.next.goal', { goal: compact(threshold), left: compact(left) });
}

function whenText(f: Forecast, today: Date): string {
  const early = dayOf(f.earliest ?? '', today);
  if (!f.latest) return t('wall.next.open', { early });
  if (f.latest === f.earliest) return t('wall.next.day', { early });
  return t('wall.next.range', { early, late: dayOf(f.latest, today) });
}

/** reckoning says how the range was worked out: from which days, and what the fastest and the slowest of them brought. */
export function reckoning(f: Forecast): string {
  return t('wall.next.reckoning', {
    n: f.days,
    left: compact(f.left),
    fast: compact(f.fast),
    slow: compact(f.slow),
  });
}

/** outText is how long a title is out: 上线第 12 天, '' where that is unknown. */
export function outText(b: Board): string {
  const days = b.wall?.days;
  if (days === undefined) return '';
  if (days < 0) return t('wall.outIn', { n: -days });
  return days === 0 ? t('wall.outToday') : t('wall.out', { n: days });
}

/** readingHref leads to a reading on the page of its title. */
export function readingHref(title: string, reading: string): string {
  return `/titles/${title}/releases?${new URLSearchParams({ reading }).toString()}`;
}

/** mostCompared is how many titles stand side by side at most. */
export const mostCompared = 8;

/** marked adds a title to those marked for comparing, or takes it out; a full list stays as it is. */
export function marked(list: readonly string[], id: string): string[] {
  if (list.includes(id)) return list.filter((x) => x !== id);
  return list.length < mostCompared ? [...list, id] : [...list];
}

/** compareHref leads to the titles side by side. */
export function compareHref(ids: readonly string[]): string {
  return ids.length > 0 ? `/releases/compare?titles=${ids.join(',')}` : '/releases/compare';
}

/** Asked is the figure of a title that somebody asks about. */
export interface Asked {
  board: Board;
  what: 'sum' | 'yesterday' | 'week' | 'next' | 'platform';
  /** release is the id of the release whose figures are asked about. */
  release?: string;
}

/** dotted are the parts of a line that may break between them. The dot stands before the break: no line begins with one. */
export function dotted(parts: (string | undefined)[]): string[] {
  const told = parts.filter((part): part is string => !!part);
  return told.map((part, i, all) => (i < all.length - 1 ? `${part} · ` : part));
}
