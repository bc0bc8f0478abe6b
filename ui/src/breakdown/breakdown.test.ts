import { describe, expect, it } from 'vitest';
import type { Schema } from '../lib/client';
import { againOf, backOf, bodyOf, draftOf, ofKind, offers, sameName, type Element, type SceneNeeds } from './elements';
import { bare, chipsOf, needing, replaced } from './scenes';

const stamp = { rev: 1, created: '2026-11-01T00:00:00Z', updated: '2026-11-01T00:00:00Z' };

function element(name: string, change: Partial<Element> = {}): Element {
  const blank = {
    title_id: 't1',
    kind: 'character' as const,
    aliases: [],
    candidates: [],
    note: '',
    scenes: 0,
    lines: 0,
  };
  return { ...stamp, ...blank, id: name, name, ...change };
}

const lili = element('李丽', { scenes: 12, lines: 40, aliases: ['小丽'] });
const lilian = element('李莉', { scenes: 12, lines: 3 });
const phone = element('手机', { kind: 'prop', scenes: 4 });
const hall = element('金沙湖大剧院', { kind: 'place', scenes: 2 });
const all = [lilian, phone, hall, lili];
const names = (found: ReturnType<typeof offers>) =>
  found.map((o) => ('element' in o ? o.element.name : `+${o.kind} ${o.name}`));

describe('ofKind', () => {
  it('puts the most used first and keeps 李丽 and 李莉 two', () => {
    expect(ofKind(all, 'character').map((e) => e.name)).toEqual(['李丽', '李莉']);
    expect(ofKind(all, 'character', '李莉')).toEqual([lilian]);
  });
  it('finds by alias and in full width', () => {
    expect(ofKind(all, 'character', '小 丽')).toEqual([lili]);
    expect(ofKind([element('A1仓库')], 'character', 'Ａ１')).toHaveLength(1);
  });
});

describe('offers', () => {
  it('offers what is there and not taken, and nothing new without a text', () => {
    expect(names(offers(all, [lili.id], ''))).toEqual(['李莉', '手机', '金沙湖大剧院']);
  });
  it('puts names that begin with the text first', () => {
    const many = [element('大李', { scenes: 99 }), lilian];
    expect(names(offers(many, [], '李')).slice(0, 2)).toEqual(['李莉', '大李']);
  });
  it('offers a new one of each kind in which no name is the same', () => {
    expect(names(offers(all, [], '手机'))).toEqual(['手机', '+character 手机', '+place 手机']);
    expect(names(offers(all, [], ' 雨伞 '))).toEqual(['+prop 雨伞', '+character 雨伞', '+place 雨伞']);
  });
  it('never makes a second one of a name that the scene already has, or that is an alias', () => {
    expect(names(offers(all, [lili.id], '李丽', ['character']))).toEqual([]);
    expect(names(offers(all, [], '小丽', ['character']))).toEqual(['李丽']);
  });
});

describe('the form', () => {
  it('sends kind and name of a new element, and only what differs of a present one', () => {
    expect(bodyOf({ ...draftOf(undefined, 'prop'), name: ' 玉佩 ' })).toEqual({ kind: 'prop', name: '玉佩' });
    expect(bodyOf(draftOf(lili), lili)).toEqual({});
    expect(bodyOf({ ...draftOf(lili), aliases: '小丽\n\n 丽丽 ' }, lili)).toEqual({ aliases: ['小丽', '丽丽'] });
    expect(bodyOf({ ...draftOf(lili), aliases: '' }, lili)).toEqual({ aliases: [] });
  });
  it('is taken back by the old values of the same fields', () => {
    expect(backOf({ aliases: ['丽丽'], note: 'x' }, lili)).toEqual({ aliases: ['小丽'], note: '' });
    expect(backOf({ location_id: 'l1' }, hall)).toEqual({ location_id: '' });
  });
  it('makes a deleted element anew', () => {
    expect(againOf({ ...hall, location_id: 'l1' })).toMatchObject({ kind: 'place', location_id: 'l1' });
    expect(againOf(lili)).not.toHaveProperty('location_id');
  });
});

describe('sameName', () => {
  const location = (name: string, aliases: string[] = []) =>
    ({ id: name, name, aliases }) as unknown as Schema<'Location'>;
  it('proposes only the place that is called the same', () => {
    expect(sameName(hall, [location('金沙湖大剧苑'), location('金沙湖大剧院')])?.id).toBe('金沙湖大剧院');
    expect(sameName(hall, [location('金沙湖大剧苑')])).toBeUndefined();
    expect(sameName(hall, [location('剧院', ['金沙湖 大剧院'])])?.id).toBe('剧院');
  });
});

describe('scenes', () => {
  const row = (id: string, elements: Element[]) => ({ scene: { id }, episode: 1, elements }) as unknown as SceneNeeds;
  const rows = [row('a', [hall, lili]), row('b', [])];
  it('lists characters, props, places', () => {
    expect(chipsOf([hall, phone, lilian, lili]).map((e) => e.name)).toEqual(['李丽', '李莉', '手机', '金沙湖大剧院']);
  });
  it('keeps the scenes of one element, counts the bare ones, replaces one', () => {
    expect(needing(rows, lili.id)).toHaveLength(1);
    expect(needing(rows, '')).toHaveLength(2);
    expect(bare(rows)).toBe(1);
    expect(replaced(rows, row('b', [phone]))[1]?.elements).toEqual([phone]);
  });
});
