import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetKeys, keysOf, loadKeys, ownKeys, saveKeys, shownKey, withKey } from './keys.svelte';
import { isKeyId, keyTable, usualKeys } from './keytable';

/** The server of one person's preferences; `down` cuts the line, `refuse` answers a change with no. */
const server = { keys: {} as Record<string, string[]>, down: false, refuse: false, sent: [] as unknown[] };

function serve(_: string, init?: RequestInit): Promise<Response> {
  if (server.down) return Promise.reject(new TypeError('no line'));
  if (init?.method !== 'POST') return Promise.resolve(new Response(JSON.stringify({ keys: server.keys, filters: [] })));
  const body = JSON.parse(init.body as string) as { keys: Record<string, string[]> };
  server.sent.push(body);
  if (server.refuse) return Promise.resolve(new Response('{"code":"x","status":422}', { status: 422 }));
  server.keys = body.keys;
  return Promise.resolve(new Response(JSON.stringify({ keys: server.keys, filters: [] })));
}

const table = keyTable('help.title', [
  { id: 'unit.pick', keys: 'p', label: 'act.add' },
  { id: 'unit.next', keys: ['j', 'ArrowDown'], label: 'stars.n', params: { n: 3 } },
]);

beforeEach(() => {
  Object.assign(server, { keys: {}, down: false, refuse: false, sent: [] });
  vi.stubGlobal('fetch', serve);
});
afterEach(() => {
  forgetKeys();
  vi.unstubAllGlobals();
});

describe('a table of keys', () => {
  it('makes actions with its names, words and keys', () => {
    const run = () => undefined;
    expect(table.act('unit.next', { run, once: true })).toEqual({
      id: 'unit.next',
      keys: ['j', 'ArrowDown'],
      label: '3 星',
      run,
      once: true,
    });
    expect(table.act('unit.pick', { run, label: '别的' }).label).toBe('别的');
  });
  it('refuses a name twice and a name that could be a key', () => {
    expect(() => keyTable('help.title', [{ id: 'unit.pick', keys: 'q', label: 'act.add' }])).toThrow();
    expect(() => keyTable('help.title', [{ id: 'p', keys: 'q', label: 'act.add' }])).toThrow();
  });
  it.each([
    ['review.pick', true],
    ['review.stars-1', true],
    ['a.b.c', true],
    ['.', false],
    ['g .', false],
    ['Mod+.', false],
    ['F5', false],
    ['Review.pick', false],
    ['p', false],
  ])('tells names from keys: %s', (text, is) => expect(isKeyId(text)).toBe(is));
});

describe("a person's own keys", () => {
  it('come from the server and are shown by the name of the act', async () => {
    server.keys = { 'unit.pick': ['o'], 'unit.next': [] };
    await loadKeys('p1');
    expect(keysOf('unit.pick')).toEqual(['o']);
    expect(shownKey('unit.pick')).toBe('o');
    expect(withKey('选用', 'unit.pick')).toBe('选用 (o)');
    expect(shownKey('unit.next')).toBe('');
    expect(withKey('下一条', 'unit.next')).toBe('下一条');
    expect(shownKey('Mod+k')).toBe('Mod+k');
    expect(usualKeys('unit.pick')).toEqual(['p']);
  });
  it('hold from the first moment of the next visit, also without a line', async () => {
    server.keys = { 'unit.pick': ['o'] };
    await loadKeys('p1');
    vi.resetModules();
    const next = await import('./keys.svelte');
    expect(next.ownKeys()).toEqual({ 'unit.pick': ['o'] });
    server.down = true;
    await next.loadKeys('p1');
    expect(next.ownKeys()).toEqual({ 'unit.pick': ['o'] });
  });
  it("are never another person's", async () => {
    server.keys = { 'unit.pick': ['o'] };
    await loadKeys('p1');
    server.down = true;
    await loadKeys('p2');
    expect(ownKeys()).toEqual({});
  });
  it('are forgotten with the person', async () => {
    await saveKeys({ 'unit.pick': ['o'] });
    forgetKeys();
    expect(ownKeys()).toEqual({});
    expect(localStorage.getItem('chouka.keys')).toBeNull();
  });
  it('run no effect in circles that takes them up and forgets them', () => {
    let runs = 0;
    const stop = $effect.root(() => {
      $effect(() => {
        if (runs++ > 5) return;
        forgetKeys();
        void loadKeys('p1');
      });
    });
    flushSync();
    expect(runs).toBe(1);
    stop();
  });
  it('that are no keys at all are no fault', async () => {
    localStorage.setItem('chouka.keys', '{"person":7}');
    vi.resetModules();
    expect((await import('./keys.svelte')).ownKeys()).toEqual({});
  });
  it('hold before the server has answered, and go back where it refuses', async () => {
    await saveKeys({ 'unit.pick': ['o'] });
    server.refuse = true;
    const sent = saveKeys({ 'unit.pick': ['q'] });
    expect(keysOf('unit.pick')).toEqual(['q']);
    await expect(sent).rejects.toThrow();
    expect(keysOf('unit.pick')).toEqual(['o']);
  });
  it('reach the server in the order in which they were changed', async () => {
    await Promise.all([saveKeys({ 'unit.pick': ['o'] }), saveKeys({})]);
    expect(server.sent).toEqual([{ keys: { 'unit.pick': ['o'] } }, { keys: {} }]);
    expect(ownKeys()).toEqual({});
  });
  it('that were changed while they were read stay changed', async () => {
    server.keys = { 'unit.pick': ['o'] };
    const read = loadKeys('p1');
    const saved = saveKeys({ 'unit.pick': ['q'] });
    await Promise.all([read, saved]);
    expect(keysOf('unit.pick')).toEqual(['q']);
  });
});
