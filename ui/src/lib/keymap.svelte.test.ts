import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addKeys,
  guardComposition,
  keyLabel,
  liveKeys,
  press,
  setSingleKeysOff,
  type KeyAction,
} from './keymap.svelte';

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
    scope(act('Enter'), act('p'));
    type('Enter', { isComposing: true });
    type('p', { keyCode: 229 });
    expect(did).toEqual([]);
  });
  it('ignore a held key for marks', () => {
    scope(act('x', { once: true }), act('j'));
    type('x');
    for (let i = 0; i < 40; i++) type('x', { repeat: true });
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
});

describe('keyLabel', () => {
  it.each([
    ['Mod+k', false, 'Ctrl+K'],
    ['Mod+Shift+z', true, '⌘+Shift+Z'],
    ['g t', false, 'g t'],
    ['ArrowUp', false, '↑'],
    ['P', false, 'P'],
    ['?', false, '?'],
  ])('writes %s for people', (keys, apple, label) => expect(keyLabel(keys, apple)).toBe(label));
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
