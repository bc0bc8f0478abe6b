/** The filter of the queue: as the address holds it, as the server wants it, as people read it. */
import { t } from '../lib/i18n.svelte';
import type { QueryPatch } from '../lib/router.svelte';
import type { Schema } from '../lib/client';
import type { QueueFilter } from './queue';

export type SavedFilter = Schema<'SavedFilter'>;

/** ages are the choices of how long a shot waits at least, in hours. */
export const ages = [1, 4, 24, 72, 168] as const;

const whole = (text: string): number | undefined => {
  const n = Number(text);
  return Number.isInteger(n) && n > 0 ? n : undefined;
};

/** filterOf reads the filter from the address; what it does not know is left out. */
export function filterOf(query: (name: string) => string): QueueFilter {
  const filter: QueueFilter = {};
  const episode = whole(query('ep'));
  const hours = whole(query('hours'));
  if (episode) filter.episode = episode;
  if (query('scene')) filter.scene = query('scene');
  if (query('by')) filter.operator = query('by');
  if (hours) filter.hours = hours;
  if (query('order') === 'script') filter.order = 'script';
  return filter;
}

/** queryOf writes a filter into the address, and takes every part away that it does not name. */
export function queryOf(filter: QueueFilter): QueryPatch {
  return {
    ep: filter.episode,
    scene: filter.scene,
    by: filter.operator,
    hours: filter.hours,
    order: filter.order === 'script' ? 'script' : null,
  };
}

/** narrows counts the parts of a filter that leave shots out; the order leaves none out. */
export function narrows(filter: QueueFilter): number {
  return [filter.episode, filter.scene, filter.operator, filter.hours].filter(Boolean).length;
}

/** sameFilter tells whether two filters ask for the same. */
export function sameFilter(a: QueueFilter, b: QueueFilter): boolean {
  return JSON.stringify(queryOf(a)) === JSON.stringify(queryOf(b));
}

/** ageWord says hours as people choose them: 4 小时, 3 天. */
export function ageWord(hours: number): string {
  return hours % 24 === 0 ? t('review.filter.days', { n: hours / 24 }) : t('review.filter.hours', { n: hours });
}

/** savedFor is the saved filters that mean something on a title, by name. */
export function savedFor(all: readonly SavedFilter[], title: string): SavedFilter[] {
  const here = all.filter((s) => !s.title_id || s.title_id === title);
  return here.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true }));
}

/** asSaved is a filter under a name. Only one that names nothing of its title is offered on all titles. */
export function asSaved(name: string, filter: QueueFilter, title: string): SavedFilter {
  const bound = filter.episode || filter.scene || filter.operator;
  return { name: name.trim(), filter, ...(bound ? { title_id: title } : {}) };
}

const sameName = (a: SavedFilter, b: SavedFilter) => a.name === b.name && (a.title_id ?? '') === (b.title_id ?? '');

/** withSaved has a filter added, or in the place of the one of its name. */
export function withSaved(all: readonly SavedFilter[], one: SavedFilter): SavedFilter[] {
  const at = all.findIndex((s) => sameName(s, one));
  return at < 0 ? [...all, one] : all.map((s, i) => (i === at ? one : s));
}

/** withoutSaved has a filter taken away. */
export function withoutSaved(all: readonly SavedFilter[], one: SavedFilter): SavedFilter[] {
  return all.filter((s) => !sameName(s, one));
}

/** renamed has a filter under another name, in its place; it takes the place of one that has that name already. */
export function renamed(all: readonly SavedFilter[], one: SavedFilter, name: string): SavedFilter[] {
  const next = { ...one, name: name.trim() };
  return all.filter((s) => sameName(s, one) || !sameName(s, next)).map((s) => (sameName(s, one) ? next : s));
}
