/** What is done to elements and to what scenes and shots need, each with its way back where there is one. */
import { del, get, patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { did } from '../lib/undo.svelte';
import { againOf, backOf, type Element, type ElementIn, type Offer, type SceneNeeds } from './elements';

type Shot = Schema<'Shot'>;

/** made is the element that an offer means; a new one is made first. */
export async function made(titleId: string, offer: Offer): Promise<Element> {
  if ('element' in offer) return offer.element;
  const { kind, name } = offer;
  return post('/titles/{title}/elements', { path: { title: titleId }, body: { kind, name } });
}

async function set(sceneId: string, add: string[], remove: string[]): Promise<SceneNeeds> {
  return post('/scenes/{scene}/needs', { path: { scene: sceneId }, body: { add, remove } });
}

/** need adds an element to a scene. */
export async function need(sceneId: string, e: Element, changed: (next: SceneNeeds) => void): Promise<void> {
  changed(await set(sceneId, [e.id], []));
  did(t('breakdown.did.added', { name: e.name }), async () => changed(await set(sceneId, [], [e.id])));
}

/** unneed takes an element off a scene. */
export async function unneed(sceneId: string, e: Element, changed: (next: SceneNeeds) => void): Promise<void> {
  changed(await set(sceneId, [], [e.id]));
  did(t('breakdown.did.removed', { name: e.name }), async () => changed(await set(sceneId, [e.id], [])));
}

/** cast says which elements a shot shows, in place of what it had. */
export async function cast(
  shot: Shot,
  elements: string[],
  label: string,
  changed: (next: Shot) => void,
): Promise<void> {
  const path = { shot: shot.id };
  const before = shot.cast;
  changed(await post('/shots/{shot}/cast', { path, body: { elements } }));
  did(label, async () => changed(await post('/shots/{shot}/cast', { path, body: { elements: before } })));
}

/** edit changes an element. */
export async function edit(e: Element, body: ElementIn, label: string, after: () => void): Promise<Element> {
  const path = { element: e.id };
  const next = await patch('/elements/{element}', { path, rev: e.rev, body });
  did(label, async () => {
    await patch('/elements/{element}', { path, rev: next.rev, body: backOf(body, e) });
    after();
  });
  return next;
}

/** remove deletes an element that nothing needs. */
export async function remove(e: Element, after: () => void): Promise<void> {
  await del('/elements/{element}', { path: { element: e.id }, rev: e.rev });
  did(t('breakdown.did.deleted', { name: e.name }), async () => {
    await post('/titles/{title}/elements', { path: { title: e.title_id }, body: againOf(e) });
    after();
  });
}

/** readElements reads the elements of a title. */
export async function readElements(titleId: string, signal?: AbortSignal): Promise<Element[]> {
  return (await get('/titles/{title}/elements', { path: { title: titleId }, signal })).items;
}
