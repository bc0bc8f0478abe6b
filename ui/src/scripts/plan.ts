/** What an import would do to each scene, as it is shown before it is applied. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';

export type PlannedScene = Schema<'PlannedScene'>;
export type SceneHead = Schema<'SceneHead'>;
export type SceneLink = Schema<'SceneLink'>;

/** tagOrder is what may be said of a scene, the weightiest first. A scene that moved may be edited too. */
export const tagOrder = [
  'removed',
  'added',
  'edited',
  'heading',
  'moved',
  'renumbered',
  'returned',
  'cosmetic',
  'locked',
  'same',
] as const;
export type Tag = (typeof tagOrder)[number];

type Changed = Pick<PlannedScene, 'change' | 'moved' | 'renumbered' | 'returned'>;

/** tagsOf is all that is said of one scene; same only where nothing else is. */
export function tagsOf(scene: Changed): Tag[] {
  const tags: Tag[] = scene.change === 'same' ? [] : [scene.change];
  if (scene.moved) tags.push('moved');
  if (scene.renumbered) tags.push('renumbered');
  if (scene.returned) tags.push('returned');
  return tags.length > 0 ? tags : ['same'];
}

/** tagCounts counts scenes by what is said of them, without tags that no scene has. */
export function tagCounts(scenes: Changed[]): { tag: Tag; n: number }[] {
  const counts = new Map<Tag, number>();
  for (const scene of scenes) for (const tag of tagsOf(scene)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return tagOrder.map((tag) => ({ tag, n: counts.get(tag) ?? 0 })).filter((c) => c.n > 0);
}

/** withTag keeps the scenes of a tag; '' keeps all that something happens to. */
export function withTag<S extends Changed>(scenes: S[], tag: string): S[] {
  return scenes.filter((s) => (tag ? tagsOf(s).includes(tag as Tag) : !tagsOf(s).includes('same')));
}

/** staleShots counts the shots that the import would mark. */
export function staleShots(scenes: PlannedScene[]): number {
  return scenes.reduce((n, s) => n + s.stale.length, 0);
}

/** touchesWork tells whether the title has scenes already, so that the plan says more than "all is new". */
export function touchesWork(scenes: PlannedScene[]): boolean {
  return scenes.some((s) => s.change !== 'added');
}

const folded = (text: string) => text.normalize('NFKC').replace(/\s+/g, '');

/** headText is how a scene is called: its episode, its label where the heading does not begin with it, its heading. */
export function headText(head: SceneHead): string {
  const episode = t('titles.episode', { n: String(head.episode) });
  const named = folded(head.heading).startsWith(folded(head.label));
  const scene = [named ? '' : head.label, head.heading].filter(Boolean).join(' ');
  return [episode, scene].filter(Boolean).join(' · ');
}

/** hasHead tells whether a side of a planned scene is there at all; one that came for a locked episode may have none. */
export function hasHead(head: SceneHead): boolean {
  return head.episode > 0 || head.label !== '' || head.heading !== '';
}

/** LinkChoice is one scene that another may be linked to; an empty id is a new scene. */
export interface LinkChoice {
  index: number;
  sceneId: string;
  text: string;
}

/**
 * linkChoices is what a scene may be said to be. A scene of the file may be a new one, the one it was matched with, or one
 * that would leave the script; one that would leave may be any new scene of the file.
 */
export function linkChoices(scenes: PlannedScene[], of: PlannedScene): LinkChoice[] {
  if (of.index < 0) {
    return scenes
      .filter((s) => s.change === 'added')
      .map((s) => ({ index: s.index, sceneId: of.scene_id ?? '', text: headText(s.is) }));
  }
  const own = of.scene_id ? [of] : [];
  const gone = scenes.filter((s) => s.change === 'removed' && s.index < 0 && s.scene_id);
  const olds = [...own, ...gone].map((s) => ({ index: of.index, sceneId: s.scene_id ?? '', text: headText(s.was) }));
  return [...olds, { index: of.index, sceneId: '', text: t('drafts.link.new') }];
}

/** linked sets which scene one of the file is; no other of the file may be the same one any more. */
export function linked(links: SceneLink[], index: number, sceneId: string): SceneLink[] {
  const others = links.filter((l) => l.index !== index && !(sceneId && l.scene_id === sceneId));
  return [...others, { index, scene_id: sceneId }].sort((a, b) => a.index - b.index);
}

/** unlinked leaves a scene of the file to the matching again. */
export function unlinked(links: SceneLink[], index: number): SceneLink[] {
  return links.filter((l) => l.index !== index);
}
