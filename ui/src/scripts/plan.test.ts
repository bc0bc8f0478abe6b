import { describe, expect, it } from 'vitest';
import '../lib/testing';
import {
  hasHead,
  headText,
  linkChoices,
  linked,
  staleShots,
  tagCounts,
  tagOrder,
  tagsOf,
  touchesWork,
  unlinked,
  withTag,
} from './plan';
import zh from '../i18n/drafts.zh-CN.json';
import { aPlanned } from './testing';

const head = (label: string, heading: string) => ({ episode: 2, label, heading });
const same = aPlanned();
const edited = aPlanned({
  index: 1,
  scene_id: 's2',
  change: 'edited',
  moved: true,
  stale: ['E01-S02-001', 'E01-S02-003'],
});
const numbered = aPlanned({ index: 2, scene_id: 's3', renumbered: true });
const added = aPlanned({ index: 3, scene_id: undefined, change: 'added', is: head('2-4', '2-4 日 外 湖边') });
const removed = aPlanned({ index: -1, scene_id: 's9', change: 'removed', was: head('2-3', '2-3 夜 内 后台') });
const scenes = [same, edited, numbered, added, removed];

describe('what is said of a scene', () => {
  it('may be more than one thing; unchanged only where nothing else is', () => {
    expect(tagsOf(same)).toEqual(['same']);
    expect(tagsOf(edited)).toEqual(['edited', 'moved']);
    expect(tagsOf(numbered)).toEqual(['renumbered']);
    expect(tagsOf(aPlanned({ returned: true }))).toEqual(['returned']);
  });
  it('is counted, the weightiest first, and what nothing happens to is left out of the list', () => {
    expect(tagCounts(scenes).map((c) => `${c.tag} ${c.n}`)).toEqual([
      'removed 1',
      'added 1',
      'edited 1',
      'moved 1',
      'renumbered 1',
      'same 1',
    ]);
    expect(withTag(scenes, '')).toEqual([edited, numbered, added, removed]);
    expect(withTag(scenes, 'same')).toEqual([same]);
    expect(withTag(scenes, 'moved')).toEqual([edited]);
  });
  it('has a word for every tag', () => {
    for (const tag of tagOrder) expect(zh).toHaveProperty([`drafts.tag.${tag}`]);
  });
  it('counts the shots that are marked, and knows a first import', () => {
    expect(staleShots(scenes)).toBe(2);
    expect(touchesWork(scenes)).toBe(true);
    expect(touchesWork([added])).toBe(false);
  });
});

describe('headText', () => {
  it('says the episode, and the label once', () => {
    expect(headText(added.is)).toBe('第 2 集 · 2-4 日 外 湖边');
    expect(headText(head('１－４', '1-4 日'))).toBe('第 2 集 · 1-4 日');
    expect(headText(head('3A', '内景 湖边'))).toBe('第 2 集 · 3A 内景 湖边');
    expect(headText(head('', '内景 湖边'))).toBe('第 2 集 · 内景 湖边');
  });
});

describe('hasHead', () => {
  it('knows a side that is not there, as of a scene that came for a locked episode', () => {
    expect(hasHead(added.is)).toBe(true);
    expect(hasHead({ episode: 0, label: '', heading: '' })).toBe(false);
    expect(hasHead({ episode: 0, label: '序', heading: '' })).toBe(true);
  });
});

describe('links by hand', () => {
  it('offer the match, what would leave the script, and a new scene', () => {
    expect(linkChoices(scenes, edited).map((c) => c.sceneId)).toEqual(['s2', 's9', '']);
    expect(linkChoices(scenes, added).map((c) => c.sceneId)).toEqual(['s9', '']);
  });
  it('offer one that would leave the new scenes of the file', () => {
    expect(linkChoices(scenes, removed).map((c) => [c.index, c.sceneId])).toEqual([[3, 's9']]);
  });
  it('give a scene away only once', () => {
    const first = linked([], 3, 's9');
    expect(first).toEqual([{ index: 3, scene_id: 's9' }]);
    expect(linked(first, 1, 's9')).toEqual([{ index: 1, scene_id: 's9' }]);
    const twoNew = linked(linked(first, 1, ''), 2, '');
    expect(twoNew.map((l) => l.index)).toEqual([1, 2, 3]);
    expect(unlinked(twoNew, 2).map((l) => l.index)).toEqual([1, 3]);
  });
});
