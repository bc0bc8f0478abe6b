import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetKeys, ownKeys, saveKeys } from '../lib/keys.svelte';
import { listed, type KeyTable } from '../lib/keytable';
import { toasts } from '../lib/toasts.svelte';
import { forgetUndo, undoLast } from '../lib/undo.svelte';
import { meaningOf, refusal } from './capture';
import { KeyEditor } from './editor.svelte';
import { clashes, entriesOf, found, groupsOf, meet, placed, swapped, together, withKeys } from './entries';
import { everywhere, tables } from './tables';

const table = (group: string, rows: [string, string | string[]][], beside: KeyTable[] = []): KeyTable => ({
  group: group as KeyTable['group'],
  rows: rows.map(([id, keys]) => ({ id, keys, label: id as 'act.add' })),
  beside,
  act: () => ({ keys: '', label: '', run: () => undefined }),
});
const all = table('all', [
  ['all.help', '?'],
  ['all.home', 'g t'],
]);
const list = table('list', [['list.next', ['j', 'ArrowDown']]]);
const room = table(
  'room',
  [
    ['room.pick', 'p'],
    ['room.note', 'o'],
    ['room.show', 'r'],
    ['room.reuse', 'r'],
  ],
  [list],
);
const other = table('other', [['other.paste', 'p']]);
const world = [room, other, list, all];
const entries = (own = {}) => entriesOf(own, world);
const entry = (id: string, own = {}) => entries(own).find((e) => e.id === id)!;
const met = (id: string, key: string, own = {}) =>
  clashes(entries(own), entry(id, own), key, all).map((c) => `${c.entry.id} ${c.key}`);

describe('the tables of all screens', () => {
  it('name every act once and give every one a key that people could choose themselves, or a reserved one', () => {
    const rows = tables.flatMap((x) => x.rows);
    expect(new Set(rows.map((r) => r.id)).size).toBe(rows.length);
    for (const row of rows) {
      expect(listed(row.keys).length).toBeGreaterThan(0);
      for (const key of listed(row.keys).flatMap((k) => k.split(' '))) {
        expect([undefined, 'keys.refused.enter'], `${row.id} ${key}`).toContain(refusal(key));
      }
    }
  });
  it('have no key from the start that gets in the way of another', () => {
    const now = entriesOf({});
    expect(now.flatMap((e) => e.keys.flatMap((k) => clashes(now, e, k))).map((c) => c.entry.id)).toEqual([]);
  });
  it('fit what the server keeps for one person', () => {
    expect(tables.flatMap((x) => x.rows).length).toBeLessThanOrEqual(200);
    expect(Math.max(...tables.flatMap((x) => x.rows.map((r) => listed(r.keys).length)))).toBeLessThanOrEqual(4);
    expect(tables.at(-1)).toBe(everywhere);
  });
});

describe('keys that get in the way', () => {
  it('are those of the same screen, of lists on it, and of every page', () => {
    expect(together(room, room, all)).toBe(true);
    expect(together(room, list, all)).toBe(true);
    expect(together(list, room, all)).toBe(true);
    expect(together(other, all, all)).toBe(true);
    expect(together(room, other, all)).toBe(false);
  });
  it.each([
    ['o', 'o', true],
    ['o', 'O', false],
    ['g', 'g t', true],
    ['g t', 'g', true],
    ['g t', 'g s', false],
    ['t', 'g t', false],
  ])('%s and %s', (a, b, is) => expect(meet(a, b)).toBe(is));
  it.each<[string, string, string[]]>([
    ['room.pick', 'o', ['room.note o']],
    ['room.pick', 'j', ['list.next j']],
    ['room.pick', 'g', ['all.home g t']],
    ['room.pick', '?', ['all.help ?']],
    ['other.paste', 'o', []],
    ['room.show', 'r', []],
    ['room.pick', 'r', ['room.show r', 'room.reuse r']],
  ])('%s on %s meets %j', (id, key, want) => expect(met(id, key)).toEqual(want));
  it('follow what a person has changed', () => {
    expect(met('room.pick', 'o', { 'room.note': ['n'] })).toEqual([]);
    expect(met('room.pick', 'n', { 'room.note': ['n'] })).toEqual(['room.note n']);
    expect(met('room.show', 'r', { 'room.reuse': ['x'] })).toEqual([]);
  });
});

describe('own keys', () => {
  it('are kept only where they differ from the usual ones', () => {
    expect(withKeys({}, entry('room.pick'), ['o'])).toEqual({ 'room.pick': ['o'] });
    expect(withKeys({}, entry('room.pick'), [])).toEqual({ 'room.pick': [] });
    expect(withKeys({ 'room.pick': ['o'], x: ['y'] }, entry('room.pick'), ['p'])).toEqual({ x: ['y'] });
  });
  it('take the place of a key, or come at the end, none twice', () => {
    expect(placed(['j', 'ArrowDown'], 'n', 'j')).toEqual(['n', 'ArrowDown']);
    expect(placed(['j'], 'n', '')).toEqual(['j', 'n']);
    expect(placed(['j', 'n'], 'n', 'j')).toEqual(['n']);
  });
  it('are swapped: the first other gets what becomes free, the rest lose theirs', () => {
    const pick = entry('room.pick');
    const at = (key: string) => clashes(entries(), pick, key, all);
    expect(swapped({}, pick, 'o', 'p', at('o'))).toEqual({ 'room.pick': ['o'], 'room.note': ['p'] });
    expect(swapped({}, pick, 'r', 'p', at('r'))).toEqual({
      'room.pick': ['r'],
      'room.show': ['p'],
      'room.reuse': [],
    });
    expect(swapped({}, pick, 'o', '', at('o'))).toEqual({ 'room.pick': ['p', 'o'], 'room.note': [] });
    expect(swapped({}, pick, 'j', 'p', at('j'))).toEqual({ 'room.pick': ['j'], 'list.next': ['p', 'ArrowDown'] });
  });
});

describe('the search', () => {
  it.each([
    ['ROOM.P', ['room.pick']],
    ['ｐｉｃｋ', ['room.pick']],
    ['↓', ['list.next']],
    ['g t', ['all.home']],
    ['other', ['other.paste']],
  ])('finds %s', (search, want) => {
    expect(
      entries()
        .filter((e) => found(e, search))
        .map((e) => e.id),
    ).toEqual(want);
  });
  it('leaves out screens with nothing found', () => {
    expect(groupsOf(entries().filter((e) => found(e, 'paste'))).map((g) => g.title)).toEqual(['other']);
  });
});

describe('a press while a key is asked for', () => {
  it.each<[string, string, string, string?]>([
    ['o', '', 'first', 'o'],
    ['+', '', 'first', '+'],
    ['t', 'g', 'key', 'g t'],
    ['Enter', 'g', 'key', 'g'],
    ['Mod+Shift+k', '', 'key', 'Mod+Shift+k'],
    ['Mod++', '', 'key', 'Mod++'],
    ['Mod+k', 'g', 'key', 'Mod+k'],
    ['Mod+Enter', '', 'key', 'Mod+Enter'],
    ['Shift+ArrowUp', '', 'key', 'Shift+ArrowUp'],
    ['ArrowUp', '', 'key', 'ArrowUp'],
    ['Space', '', 'key', 'Space'],
    ['F9', '', 'key', 'F9'],
    ['Escape', '', 'cancel'],
    ['Escape', 'g', 'cancel'],
    ['Backspace', '', 'clear'],
    ['Backspace', 'g', 'back'],
    ['Shift', '', 'nothing'],
    ['Mod+Control', 'g', 'nothing'],
  ])('%s after "%s" is %s', (name, first, is, key) => {
    expect(meaningOf(name, first)).toEqual(key ? { is, key } : { is });
  });
  it.each([
    ['Enter', 'keys.refused.enter'],
    ['Tab', 'keys.refused.tab'],
    ['Shift+Tab', 'keys.refused.tab'],
    ['Mod+Escape', 'keys.refused.escape'],
    ['Mod+w', 'keys.refused.browser'],
    ['Mod+t', 'keys.refused.browser'],
    ['Mod+n', 'keys.refused.browser'],
    ['Mod+Shift+n', 'keys.refused.browser'],
    ['Mod+PageDown', 'keys.refused.browser'],
    ['Alt+F4', 'keys.refused.browser'],
    ['Mod+v', 'keys.refused.clipboard'],
    ['Process', 'keys.refused.unknown'],
    ['é', 'keys.refused.unknown'],
    ['AudioVolumeUp', 'keys.refused.unknown'],
  ])('%s is refused with a sentence', (name, why) => expect(meaningOf(name, '')).toEqual({ is: 'refused', why }));
});

describe('the page of all keys', () => {
  let kept: unknown;
  let refuse = false;
  const editor = new KeyEditor();
  const of = (id: string) => editor.entries.find((e) => e.id === id)!;
  beforeEach(() => {
    refuse = false;
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      if (refuse) return Promise.resolve(new Response('{"title":"不行","code":"x","status":422}', { status: 422 }));
      kept = (JSON.parse(init.body as string) as { keys: unknown }).keys;
      return Promise.resolve(new Response('{}'));
    });
    forgetKeys();
    forgetUndo();
  });
  afterEach(() => {
    forgetKeys();
    vi.unstubAllGlobals();
  });

  it('gives an act another key, keeps it, and takes that back', async () => {
    editor.ask('review.pick', 'p');
    await editor.take('Mod+Shift+p');
    expect(kept).toEqual({ 'review.pick': ['Mod+Shift+p'] });
    expect(of('review.pick')).toMatchObject({ keys: ['Mod+Shift+p'], changed: true });
    await undoLast();
    expect(ownKeys()).toEqual({});
    expect(editor.changed).toBe(0);
  });
  it('asks before it gives one that another act has, and does nothing until that is decided', async () => {
    editor.ask('review.pick', 'p');
    await editor.take('x');
    expect(editor.doubt?.others.map((c) => c.entry.id)).toEqual(['review.reject']);
    expect(ownKeys()).toEqual({});
    editor.cancel();
    await editor.swap();
    expect(ownKeys()).toEqual({});
  });
  it('swaps, or lets both have the key and says so', async () => {
    editor.ask('review.pick', 'p');
    await editor.take('x');
    await editor.swap();
    expect(ownKeys()).toEqual({ 'review.pick': ['x'], 'review.reject': ['p'] });
    await editor.resetAll();
    expect(ownKeys()).toEqual({});
    editor.ask('review.pick', 'p');
    await editor.take('x');
    await editor.keepBoth();
    expect(ownKeys()).toEqual({ 'review.pick': ['x'] });
    expect(editor.clashesOf(of('review.pick')).map((c) => c.entry.id)).toEqual(['review.reject']);
    expect(editor.clashesOf(of('review.reject')).map((c) => c.entry.id)).toEqual(['review.pick']);
  });
  it('adds a key, takes one away, and gives the usual ones back', async () => {
    editor.ask('review.pick', '');
    await editor.take('F9');
    expect(of('review.pick').keys).toEqual(['p', 'F9']);
    editor.ask('review.pick', 'p');
    await editor.clear();
    editor.ask('review.pick', 'F9');
    await editor.clear();
    expect(of('review.pick').keys).toEqual([]);
    await editor.reset(of('review.pick'));
    expect(ownKeys()).toEqual({});
  });
  it('changes nothing where the same key is pressed again', async () => {
    kept = 'nothing';
    editor.ask('review.pick', 'p');
    await editor.take('p');
    expect(kept).toBe('nothing');
  });
  it('says why where the server refuses, and shows the keys of before', async () => {
    await saveKeys({ 'review.pick': ['F9'] });
    refuse = true;
    editor.ask('review.pick', 'F9');
    await editor.take('F10');
    expect(of('review.pick').keys).toEqual(['F9']);
    expect(toasts().at(-1)?.text).toBe('不行');
  });
});
