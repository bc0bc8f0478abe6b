import { describe, expect, it } from 'vitest';
import { aMilestone, aRelease } from './testing';
import { inScope, scopesOf } from './scopes';
import { listsOf, readFor, readListFor, textsOf, withOne, writeListFor } from './thresholds';

describe('thresholds', () => {
  it('are counts for a count and 1/10,000 of a unit for money', () => {
    expect(readFor('plays', '3亿')).toBe(300_000_000);
    expect(readFor('revenue', '100万')).toBe(10_000_000_000);
    expect(readFor('revenue', '¥1,200')).toBe(12_000_000);
  });
  it('are refused where they are no whole figure, or more than can be kept', () => {
    for (const text of ['', '很多', '-1亿', '1.5', '0']) expect(readFor('heat', text)).toBeUndefined();
    expect(readFor('plays', '1000000亿')).toBe(100_000_000_000_000);
    expect(readFor('revenue', '10000亿')).toBeUndefined();
  });
  it('come as a list in any order, each once', () => {
    expect(readListFor('likes', '5万 1万、5万 多')).toEqual({ values: [10_000, 50_000], bad: ['多'] });
    expect(withOne([1, 3], 2)).toEqual([1, 2, 3]);
    expect(withOne([1, 3], 3)).toEqual([1, 3]);
  });
  it('of several metrics go out and come back, and an empty field is left out', () => {
    const lists = { heat: [50_000_000], revenue: [10_000_000_000] };
    const texts = textsOf(lists);
    expect(texts).toEqual({ heat: '5000万', followers: '', likes: '', revenue: '100万' });
    expect(listsOf(texts)).toEqual({ lists, bad: [] });
    expect(listsOf({ ...texts, heat: ' ' }, lists).lists).toEqual({ heat: [], revenue: [10_000_000_000] });
    expect(listsOf({ likes: '很多' })).toEqual({ lists: {}, bad: ['很多'] });
  });
  it('come back as they were written', () => {
    for (const [metric, text] of [
      ['revenue', '10万 100万'],
      ['plays', '1000万 3亿'],
    ] as const) {
      expect(writeListFor(metric, readListFor(metric, text).values)).toBe(text);
    }
  });
});

describe('scopes', () => {
  it('are the sum and the platforms that have milestones', () => {
    const sum = aMilestone({ id: 'm0', release_id: undefined });
    const list = [sum, aMilestone(), aMilestone({ id: 'm2' })];
    const scopes = scopesOf(list, [aRelease('r2', '快手'), aRelease()]);
    expect(scopes.map((s) => [s.id, s.n])).toEqual([
      ['sum', 1],
      ['r1', 2],
    ]);
    expect([inScope(sum, 'sum'), inScope(sum, 'r1')]).toEqual([true, false]);
  });
});
