import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  askWith,
  at,
  go,
  guardLeaving,
  query,
  queryAll,
  setQuery,
  startRouter,
  visits,
  withQuery,
} from './router.svelte';

let stop: () => void;
beforeEach(async () => {
  stop = startRouter();
  await go('/', true);
});
afterEach(() => stop());

describe('query', () => {
  it('changes one value and keeps the others', () => {
    expect(withQuery({ state: 'todo' }, '?view=grid&state=x', '/shots')).toBe('/shots?view=grid&state=todo');
  });
  it('takes a name away for empty values and repeats lists', () => {
    expect(withQuery({ a: '', b: null, c: false, d: ['1', '2'] }, '?a=1&b=2&c=3', '/x')).toBe('/x?d=1&d=2');
  });
  it('is no new page, so that focus and scroll stay', () => {
    const before = visits();
    setQuery({ tag: ['甲', '乙'], n: 2 });
    expect(query('n')).toBe('2');
    expect(queryAll('tag')).toEqual(['甲', '乙']);
    expect(visits()).toBe(before);
  });
});

describe('moving', () => {
  it('follows a plain link without loading the document', async () => {
    document.body.innerHTML = '<a href="/titles?x=1"><span>go</span></a>';
    document.querySelector('span')?.click();
    await vi.waitFor(() => expect(at()).toBe('/titles'));
    expect(query('x')).toBe('1');
  });
  it.each([
    '<a href="/titles" download>x</a>',
    '<a href="/api/v1/takes/1/original">x</a>',
    '<a href="/titles" data-native>x</a>',
  ])('leaves %s to the browser', (html) => {
    document.body.innerHTML = html;
    const link = document.querySelector('a');
    link?.addEventListener('click', (e) => setTimeout(() => e.preventDefault()));
    addEventListener('click', (e) => e.preventDefault(), { once: true });
    link?.click();
    expect(at()).toBe('/');
  });
  it('stays when the reader chooses to stay, and asks no more once the guard is gone', async () => {
    const release = guardLeaving(() => 'unsaved');
    askWith(() => Promise.resolve(false));
    expect(await go('/titles')).toBe(false);
    expect(at()).toBe('/');
    release();
    expect(await go('/titles')).toBe(true);
    expect(at()).toBe('/titles');
  });
});

describe('an effect', () => {
  it('that moves the reader runs once', async () => {
    let runs = 0;
    const stop = $effect.root(() => {
      $effect(() => {
        runs++;
        void go('/people');
      });
    });
    flushSync();
    await vi.waitFor(() => expect(at()).toBe('/people'));
    flushSync();
    expect(runs).toBe(1);
    stop();
  });
});
