/** Who plays whom: characters of a title with their performers, and what a typed name may mean. */
import { get, patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { did } from '../lib/undo.svelte';
import { plain } from './days';

export type Performer = Schema<'Performer'>;
export type Element = Schema<'Element'>;

/** charactersOf is the characters of a title, those without a performer first, then who has most scenes. */
export function charactersOf(elements: Element[]): Element[] {
  const open = (e: Element) => (e.performer_id ? 1 : 0);
  return elements
    .filter((e) => e.kind === 'character')
    .sort((a, b) => open(a) - open(b) || b.scenes - a.scenes || a.name.localeCompare(b.name, 'zh-CN'));
}

/** isNew tells whether a typed name is worth offering as a new performer: nobody found has exactly that name. */
export function isNew(name: string, found: Performer[]): boolean {
  const want = plain(name);
  return want !== '' && !found.some((p) => [p.name, ...p.aliases].some((n) => plain(n) === want));
}

/** findPerformers asks for performers by characters, pinyin or initials. */
export async function findPerformers(q: string, signal?: AbortSignal): Promise<Performer[]> {
  return (await get('/performers', { query: { q, limit: 20 }, signal })).items;
}

/** allPerformers reads every performer of the house, by id. */
export async function allPerformers(signal?: AbortSignal): Promise<Map<string, Performer>> {
  const all = new Map<string, Performer>();
  let after: string | undefined;
  do {
    const page = await get('/performers', { query: { limit: 200, after }, signal });
    for (const p of page.items) all.set(p.id, p);
    after = page.next;
  } while (after);
  return all;
}

/** addPerformer makes a performer. */
export function addPerformer(name: string, phone: string, agent: string): Promise<Performer> {
  return post('/performers', { body: { name: name.trim(), phone: phone.trim(), agent: agent.trim() } });
}

/** castAs says who plays a character; an empty id says nobody. */
export async function castAs(e: Element, performer: string, name: string, changed: () => void): Promise<void> {
  const path = { element: e.id };
  const next = await patch('/elements/{element}', { path, rev: e.rev, body: { performer_id: performer } });
  changed();
  const label = performer ? t('days.did.cast', { name, as: e.name }) : t('days.did.uncast', { name: e.name });
  did(label, async () => {
    await patch('/elements/{element}', { path, rev: next.rev, body: { performer_id: e.performer_id ?? '' } });
    changed();
  });
}
