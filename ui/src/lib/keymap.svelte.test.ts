import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addKeys,
  guardComposition,
  heldKeys,
  liveKeys,
  press,
  release,
  setSingleKeysOff,
  startKeys,
  type KeyAction,
} from './keymap.svelte';
import { forgetKeys, saveKeys } from './keys.svelte';

let did: string[] = [];
let stops: (() => void)[] = [];
const act = (keys: KeyAction['keys'], more: Partial<KeyAction> = {}): KeyAction => ({
  keys,
  label: String(keys),
  run: () => did.push(String(keys)),
  ...more,
});
const scope = (...actions: KeyAction[]) => stops.push(addKeys('page', () => actions));
function type(key: string, init: KeyboardEventInit & { keyCode?: number } = {}, on: HTMLElement = document.body) {
  const e = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  if (init.keyCode) Object.defineProperty(e, 'keyCode', { value: init.keyCode });
  Object.defineProperty(e, 'target', { value: on });
  press(e);
  return e;
}

beforeEach(() => (did = []));
afterEach(() => {
  stops.forEach((stop) => stop());
  stops = [];
  setSingleKeysOff(false);
});

describe('keys', () => {
  it('fire in the newest scope first and fall through to older ones', () => {
    scope(act('j'), act('k'));
    scope(act('j', { label: 'upper', run: () => did.push('upper') }));
    type('j');
    type('k');
    expect(did).toEqual(['upper', 'k']);
  });
  it('never fire while typing, except chords that ask for it', () => {
    const input = document.createElement('input');
    scope(act('p'), act('Mod+k', { typing: true }));
    type('p', {}, input);
    type('k', { ctrlKey: true }, input);
    expect(did).toEqual(['Mod+k']);
  });
  it('never fire while an input method composes, as other browsers and as Safari report it', () => {
    scope(act('Enter', { typing: true }), act('Mod+Enter', { typing: true }), act('p'));
    const input = document.createElement('input');
    type('Enter', { isComposing: true }, input);
    type('Enter', { isComposing: true });
    type('Enter', { keyCode: 229 }, input);
    type('Enter', { keyCode: 229, ctrlKey: true }, input);
    type('p', { keyCode: 229 }, input);
    expect(did).toEqual([]);
  });
  it.each<[string, string, KeyboardEventInit & { keyCode?: number }, string]>([
    ['as Chromium reports a key that an input method saw', 'Process', { code: 'KeyP', keyCode: 229 }, 'p'],
    ['as others report it', 'Unidentified', { code: 'KeyP', keyCode: 229 }, 'p'],
    ['as Safari reports it', 'p', { code: 'KeyP', keyCode: 229 }, 'p'],
    ['with shift', 'Process', { code: 'KeyP', keyCode: 229, shiftKey: true }, 'P'],
    ['in full width', 'ｐ', { code: 'KeyP' }, 'p'],
    ['as a Chinese full stop', '。', { code: 'Period' }, '.'],
    ['as a Chinese question mark', '？', { code: 'Slash', shiftKey: true }, '?'],
    ['with Ctrl', 'Process', { code: 'KeyK', keyCode: 229, ctrlKey: true }, 'Mod+k'],
    ['on a Russian layout', 'з', { code: 'KeyP' }, 'p'],
  ])('work under an input method outside fields, %s', (_, key, init, want) => {
    scope(act(want));
    expect(type(key, init).defaultPrevented).toBe(true);
    expect(did).toEqual([want]);
  });
  it('take sequences under an input method, whose own Shift is no key', () => {
    scope(act('g s'));
    type('Process', { code: 'KeyG', keyCode: 229 });
    type('Process', { code: 'ShiftLeft', keyCode: 229, shiftKey: true });
    type('Process', { code: 'KeyS', keyCode: 229 });
    expect(did).toEqual(['g s']);
  });
  it('ignore a held key for marks', () => {
    scope(act('x', { once: true }), act('j'));
    type('x');
    for (let i = 0; i < 40; i++) type('x', { repeat: true });
    for (let i = 0; i < 40; i++) type('Process', { repeat: true, code: 'KeyX', keyCode: 229 });
    type('j', { repeat: true });
    expect(did).toEqual(['x', 'j']);
  });
  it('take sequences after g and forget a prefix that leads nowhere', () => {
    scope(act('g s'), act('s'));
    type('g');
    type('s');
    type('s');
    type('g');
    type('q');
    type('s');
    expect(did).toEqual(['g s', 's', 's']);
  });
  it('tell small from capital letters', () => {
    scope(act('p'), act('P'));
    type('P', { shiftKey: true });
    expect(did).toEqual(['P']);
  });
  it('leave Enter and Space to a focused button', () => {
    scope(act('Space'), act('Enter'));
    const button = document.createElement('button');
    type(' ', {}, button);
    type('Enter', {}, button);
    expect(did).toEqual([]);
    type(' ');
    expect(did).toEqual(['Space']);
  });
  it('are silent below a dialog', () => {
    scope(act('j'));
    stops.push(addKeys('dialog', () => [], true));
    type('j');
    expect(did).toEqual([]);
    expect(liveKeys()).toHaveLength(1);
  });
  it('can be switched off where they need no Ctrl', () => {
    scope(act('j'), act('Mod+k'));
    setSingleKeysOff(true);
    type('j');
    type('k', { ctrlKey: true });
    expect(did).toEqual(['Mod+k']);
  });
  it('do nothing when their condition does not hold', () => {
    scope(act('p', { when: () => false }));
    expect(type('p').defaultPrevented).toBe(false);
    expect(did).toEqual([]);
  });
});

describe('a key that acts while it is held', () => {
  let stop: () => void;
  beforeEach(() => (stop = startKeys()));
  afterEach(() => stop());
  const hold = (key = 'b') => act(key, { up: () => did.push(`${key} up`) });
  const down = (key: string, init: KeyboardEventInit = {}) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
  const up = (key: string, code: string) =>
    document.body.dispatchEvent(new KeyboardEvent('keyup', { key, code, bubbles: true }));

  it('acts once and ends with its release, whatever that is called', () => {
    scope(hold());
    down('b', { code: 'KeyB' });
    for (let i = 0; i < 40; i++) down('b', { code: 'KeyB', repeat: true });
    down('b', { code: 'KeyB' });
    up('x', 'KeyX');
    expect(did).toEqual(['b']);
    up('Process', 'KeyB');
    up('b', 'KeyB');
    expect(did).toEqual(['b', 'b up']);
  });
  it('ends when the window loses the keys', () => {
    scope(hold());
    down('b', { code: 'KeyB' });
    window.dispatchEvent(new Event('blur'));
    expect(did).toEqual(['b', 'b up']);
    up('b', 'KeyB');
    expect(did).toEqual(['b', 'b up']);
  });
  it('ends when its scope goes, and only then', () => {
    scope(hold());
    scope(hold('c'));
    down('b', { code: 'KeyB' });
    down('c', { code: 'KeyC' });
    stops.pop()!();
    expect(did).toEqual(['b', 'c', 'c up']);
    stops.pop()!();
    expect(did).toEqual(['b', 'c', 'c up', 'b up']);
  });
  it('ends with the release of Command, after which a Mac tells of no other', () => {
    scope(hold('Mod+b'));
    down('b', { code: 'KeyB', metaKey: true });
    release(new KeyboardEvent('keyup', { key: 'Meta', code: 'MetaLeft' }));
    expect(did).toEqual(['Mod+b', 'Mod+b up']);
  });
});

describe("a person's own keys", () => {
  beforeEach(() => vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}'))));
  afterEach(() => {
    forgetKeys();
    vi.unstubAllGlobals();
  });
  const pick = (more: Partial<KeyAction> = {}) => act('p', { id: 'test.pick', ...more });

  it('take the place of the usual ones, sequences too', async () => {
    scope(pick());
    await saveKeys({ 'test.pick': ['o', 'g o'] });
    type('p');
    expect(did).toEqual([]);
    type('o');
    type('g');
    type('o');
    expect(did).toEqual(['p', 'p']);
    expect(heldKeys(pick())).toEqual(['o', 'g o']);
  });
  it('can be none', async () => {
    scope(pick());
    await saveKeys({ 'test.pick': [] });
    expect(type('p').defaultPrevented).toBe(false);
    expect(did).toEqual([]);
  });
  it('leave acts without a name alone', async () => {
    scope(act('p'));
    await saveKeys({ 'test.pick': ['o'] });
    type('p');
    expect(did).toEqual(['p']);
  });
});

describe('composition guard', () => {
  it('keeps a confirming Enter from every widget below', () => {
    const input = document.createElement('input');
    document.body.append(input);
    window.addEventListener('keydown', guardComposition, true);
    let seen = 0;
    input.addEventListener('keydown', () => seen++);
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    window.removeEventListener('keydown', guardComposition, true);
    expect(seen).toBe(1);
  });
  it('keeps the Enter by which Safari confirms, but lets 229 through outside fields', () => {
    const input = document.createElement('input');
    const button = document.createElement('button');
    document.body.append(input, button);
    window.addEventListener('keydown', guardComposition, true);
    const seen: string[] = [];
    input.addEventListener('keydown', () => seen.push('input'));
    button.addEventListener('keydown', () => seen.push('button'));
    for (const on of [input, button]) {
      const e = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true });
      Object.defineProperty(e, 'keyCode', { value: 229 });
      on.dispatchEvent(e);
    }
    window.removeEventListener('keydown', guardComposition, true);
    expect(seen).toEqual(['button']);
  });
});

describe('addKeys in an effect', () => {
  it('does not run the effect again when the list of scopes changes', () => {
    let runs = 0;
    const stop = $effect.root(() => {
      $effect(() => {
        runs++;
        return addKeys('page', () => []);
      });
    });
    flushSync();
    scope(act('j'));
    flushSync();
    expect(runs).toBe(1);
    stop();
  });
});
