import { beforeEach, describe, expect, it } from 'vitest';
import { choose, chosenOn, keepOf, setSheetsFolded, sheetsFolded } from './chosen.svelte';
import {
  backOf,
  bodyOf,
  currentOf,
  draftOf,
  jobsOf,
  olderOf,
  onWall,
  outdated,
  pictureOf,
  picksOf,
  type Reference,
  type RefPicture,
  type SheetUse,
} from './sheets';

const stamp = { rev: 1, created: '2026-11-01T00:00:00Z', updated: '2026-11-01T00:00:00Z' };

function picture(id: string, edition: number, derived = 'ready'): RefPicture {
  return { id, edition, file: `${id}.png`, caption: '', by: 'p', at: stamp.created, media: { derived } } as RefPicture;
}

function sheet(name: string, change: Partial<Reference> = {}): Reference {
  const blank = { title_id: 't1', kind: 'character' as const, prompt: '', note: '', archived: false };
  return { ...stamp, ...blank, id: name, name, edition: 1, pictures: [], ...change };
}

const zhi = sheet('沈枝', {
  edition: 3,
  pictures: [picture('a', 1), picture('b', 2), picture('c', 3), picture('d', 3)],
});

describe('editions', () => {
  it('shows the current one, and the older ones newest first', () => {
    expect(currentOf(zhi).map((p) => p.id)).toEqual(['c', 'd']);
    expect(olderOf(zhi).map((e) => e.edition)).toEqual([2, 1]);
    expect(olderOf(sheet('空'))).toEqual([]);
  });
  it('tells what was drawn from a replaced one', () => {
    const used = { reference_id: zhi.id, edition: 2, how: 'chosen' as const };
    expect(outdated(used, zhi)).toBe(true);
    expect(outdated({ ...used, edition: 3 }, zhi)).toBe(false);
    expect(outdated(used, undefined)).toBe(false);
  });
  it('keeps the picks of replaced editions apart', () => {
    const use = (picked: boolean, old: boolean) => ({ picked, outdated: old }) as SheetUse;
    expect(picksOf([use(true, true), use(true, false), use(false, true)])).toHaveLength(1);
  });
});

describe('pictureOf', () => {
  it('has no small picture before it is made, and always the original', () => {
    expect(pictureOf('s', picture('a', 1), 'thumb')).toBe('/api/v1/references/s/pictures/a/thumb');
    expect(pictureOf('s', picture('a', 1, 'pending'), 'thumb')).toBe('');
    expect(pictureOf('s', picture('a', 1, 'failed'), 'original')).toMatch(/original$/);
  });
});

describe('onWall', () => {
  const prop = sheet('玉佩', { kind: 'prop', element_id: 'e1' });
  const old = sheet('旧', { archived: true });
  it('groups by kind in order and leaves empty kinds out', () => {
    expect(onWall([prop, zhi, old], '', false).map((g) => [g.kind, g.sheets.length])).toEqual([
      ['character', 1],
      ['prop', 1],
    ]);
  });
  it('shows archived ones and those of one element on request', () => {
    expect(onWall([prop, zhi, old], '', true)[0]?.sheets).toEqual([zhi, old]);
    expect(onWall([prop, zhi, old], 'e1', true)).toEqual([{ kind: 'prop', sheets: [prop] }]);
  });
});

describe('the form', () => {
  it('sends what is filled in of a new sheet, its name even when empty', () => {
    expect(bodyOf(draftOf())).toEqual({ kind: 'character', name: '' });
    expect(bodyOf({ ...draftOf(), name: ' 沈枝 ', element: 'e1' })).toEqual({
      kind: 'character',
      name: '沈枝',
      element_id: 'e1',
    });
  });
  it('sends only what differs of a present one, and is taken back by the old values', () => {
    expect(bodyOf(draftOf(zhi), zhi)).toEqual({});
    expect(bodyOf({ ...draftOf(zhi), prompt: 'hanfu' }, zhi)).toEqual({ prompt: 'hanfu' });
    expect(backOf({ prompt: 'hanfu', element_id: 'e1' }, zhi)).toEqual({ prompt: '', element_id: '' });
  });
});

describe('jobsOf', () => {
  const files = [new File(['1'], '正面.png'), new File(['2'], '侧面.png')];
  it('adds pictures at once', () => {
    const jobs = jobsOf(zhi, files, false, {});
    expect(jobs.map((j) => j.after)).toEqual([undefined, undefined]);
    expect(jobs.every((j) => !String(j.url).includes('replace'))).toBe(true);
  });
  it('begins a new edition once, and the others wait for it', () => {
    const jobs = jobsOf(zhi, files, true, {});
    expect(jobs.map((j) => String(j.url).includes('replace=true'))).toEqual([true, false]);
    expect(jobs[1]?.after).toBe(jobs[0]);
  });
});

describe('beside the prompt', () => {
  beforeEach(() => localStorage.clear());
  it('keeps what is chosen for each shot of its own', () => {
    choose('s1', 'a');
    choose('s1', 'b');
    choose('s2', 'c');
    choose('s1', 'a');
    expect([chosenOn('s1'), chosenOn('s2'), chosenOn('s3')]).toEqual([['b'], ['c'], []]);
  });
  it('drops what no longer stands there', () => {
    choose('s4', 'a');
    choose('s4', 'b');
    keepOf('s4', ['b', 'c']);
    expect(chosenOn('s4')).toEqual(['b']);
  });
  it('remembers that it is folded', () => {
    setSheetsFolded(true);
    expect([sheetsFolded(), localStorage.getItem('chouka.sheets')]).toEqual([true, '0']);
  });
});
