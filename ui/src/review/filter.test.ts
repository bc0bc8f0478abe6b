import { describe, expect, it } from 'vitest';
import { withQuery } from '../lib/router.svelte';
import {
  ageWord,
  asSaved,
  filterOf,
  narrows,
  queryOf,
  renamed,
  sameFilter,
  savedFor,
  withoutSaved,
  withSaved,
  type SavedFilter,
} from './filter';

const read = (search: string) => filterOf((name) => new URLSearchParams(search).get(name) ?? '');

describe('the filter in the address', () => {
  it.each([
    ['', {}],
    [
      'ep=3&scene=c1&by=p1&hours=24&order=script',
      { episode: 3, scene: 'c1', operator: 'p1', hours: 24, order: 'script' },
    ],
    ['ep=0&hours=-4', {}],
    ['ep=x&hours=1.5&order=age', {}],
    ['ep=1e99999', {}],
    ['shot=s1&take=k1&view=loupe', {}],
  ])('reads %s', (search, filter) => expect(read(search)).toEqual(filter));
  it('comes back as it was written, and takes the former one away', () => {
    const filter = { episode: 2, hours: 4, order: 'script' as const };
    const to = withQuery(queryOf(filter), '?ep=9&by=p1&shot=s1', '/titles/t1/review');
    expect(to).toBe('/titles/t1/review?shot=s1&ep=2&hours=4&order=script');
    expect(read(to.split('?')[1]!)).toEqual(filter);
    expect(withQuery(queryOf({}), to.slice(to.indexOf('?')), '/r')).toBe('/r?shot=s1');
  });
  it('counts what narrows, not the order', () => {
    expect(narrows({ order: 'script' })).toBe(0);
    expect(narrows({ episode: 1, operator: 'p1', hours: 1 })).toBe(3);
  });
  it('is the same however its order is left out', () => {
    expect(sameFilter({ episode: 1, order: 'age' }, { episode: 1 })).toBe(true);
    expect(sameFilter({ episode: 1, order: 'script' }, { episode: 1 })).toBe(false);
  });
  it.each([
    [1, '1 小时'],
    [4, '4 小时'],
    [24, '1 天'],
    [168, '7 天'],
    [36, '36 小时'],
  ])('says %i hours', (hours, words) => expect(ageWord(hours)).toBe(words));
});

describe('saved filters', () => {
  const old: SavedFilter = { name: '久等的', filter: { hours: 72 } };
  const mine: SavedFilter = { name: '第三集', filter: { episode: 3 }, title_id: 't1' };
  const theirs: SavedFilter = { name: '第三集', filter: { episode: 4 }, title_id: 't2' };
  const all = [mine, theirs, old];

  it('stand on their title, or on all where they name nothing of one', () => {
    expect(savedFor(all, 't1').map((s) => s.name)).toEqual(['第三集', '久等的']);
    expect(asSaved(' 三日 ', { hours: 72, order: 'script' }, 't1')).toEqual({
      name: '三日',
      filter: { hours: 72, order: 'script' },
    });
    expect(asSaved('三集', { episode: 3 }, 't1').title_id).toBe('t1');
  });
  it('take the place of the one of their name on the same title', () => {
    const next = { ...mine, filter: { episode: 5 } };
    expect(withSaved(all, next)).toEqual([next, theirs, old]);
    expect(withSaved([], old)).toEqual([old]);
  });
  it('go without touching the one of the same name elsewhere', () => {
    expect(withoutSaved(all, mine)).toEqual([theirs, old]);
  });
  it('change their name in their place, over one that has it', () => {
    expect(renamed(all, old, '三天').map((s) => s.name)).toEqual(['第三集', '第三集', '三天']);
    const other: SavedFilter = { name: '三天', filter: { hours: 1 } };
    expect(renamed([other, ...all], old, '三天')).toEqual([mine, theirs, { ...old, name: '三天' }]);
    expect(renamed(all, mine, '第三集')).toEqual(all);
  });
});
