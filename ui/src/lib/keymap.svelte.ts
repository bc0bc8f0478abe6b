/**
 * Keys. A page says which keys it takes with `useKeys(() => [...])`; the help dialog and the legend at the foot of a page
 * are drawn from the same live list, so that they never name a key that does nothing. How keys are called: lib/chord.ts.
 * Which of them people may change: lib/keytable.ts.
 */
import { onDestroy } from 'svelte';
import { chord, isModifier } from './chord';
import { keysOf } from './keys.svelte';
import { listed } from './keytable';

/** KeyAction is one key of a scope. `once` ignores a held key; `typing` lets it work inside fields (chords with Mod only). */
export interface KeyAction {
  /** id makes it one that people may change; it stands in a KeyTable. */
  id?: string;
  keys: string | string[];
  label: string;
  run: (e: KeyboardEvent) => void;
  /** up makes it act while the key is held: it comes with the release, or when the window or the scope goes away. */
  up?: () => void;
  once?: boolean;
  typing?: boolean;
  when?: () => boolean;
  /** hidden keeps an action out of the foot legend; the help dialog always shows it. */
  hidden?: boolean;
}

/** KeyScope is a group of keys that came together; a later one wins over an earlier one. */
export interface KeyScope {
  id: number;
  title: string;
  /** modal scopes (dialogs) silence all below them. */
  modal: boolean;
  actions: () => KeyAction[];
}

const off = 'chouka.single-keys-off';
// The list itself is plain: a page that goes is torn down with the values of before, and writing those back would
// take the keys of the page that has just come. The state only tells readers that it changed.
let kept: KeyScope[] = [];
let scopes = $state.raw<KeyScope[]>([]);
let singleOff = $state(localStorage.getItem(off) === '1');
let nextId = 1;
let prefix = '';
let prefixAt = 0;
const prefixLasts = 1200;

interface Hold {
  code: string;
  scope: KeyScope;
  up: () => void;
}
let holds: Hold[] = [];

/** singleKeysOff tells whether keys without Ctrl are switched off (WCAG 2.1.4). */
export function singleKeysOff(): boolean {
  return singleOff;
}

/** setSingleKeysOff keeps that choice in this browser. */
export function setSingleKeysOff(value: boolean): void {
  singleOff = value;
  localStorage.setItem(off, value ? '1' : '0');
}

/** liveKeys is every scope now in force, newest first, for the help dialog and the legend. */
export function liveKeys(): KeyScope[] {
  const live: KeyScope[] = [];
  for (const scope of [...scopes].reverse()) {
    live.push(scope);
    if (scope.modal) break;
  }
  return live;
}

/** addKeys puts a scope on top; it returns how to take it away. Pages use useKeys instead. */
export function addKeys(title: string, actions: () => KeyAction[], modal = false): () => void {
  const scope = { id: nextId++, title, actions, modal };
  kept = [...kept, scope];
  scopes = kept;
  return () => {
    kept = kept.filter((s) => s !== scope);
    scopes = kept;
    letGo((h) => h.scope === scope);
  };
}

/** useKeys gives the calling component its keys until it goes away. */
export function useKeys(title: string, actions: () => KeyAction[], modal = false): void {
  onDestroy(addKeys(title, actions, modal));
}

/** isTyping tells whether a key belongs to a field rather than to the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  const boxes = ['checkbox', 'radio', 'button', 'submit', 'range', 'file', 'color'];
  return target instanceof HTMLInputElement && !boxes.includes(target.type);
}

/**
 * isComposing tells whether an input method still holds the key; Safari sends the confirming one with 229 and isComposing
 * false. Outside fields nothing is composed: there 229 only means that the input method saw the key first.
 */
export function isComposing(e: KeyboardEvent): boolean {
  return e.isComposing || (e.keyCode === 229 && isTyping(e.target));
}

/** heldKeys is the keys of an action as they are in force. */
export function heldKeys(action: Pick<KeyAction, 'id' | 'keys'>): readonly string[] {
  const usual = listed(action.keys);
  return action.id ? keysOf(action.id, usual) : usual;
}

/** activates tells whether the focused element itself answers this key, as a button answers Enter and Space. */
function activates(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof Element) || (name !== 'Enter' && name !== 'Space')) return false;
  return (
    target.closest('button, a[href], summary, [role="menuitem"], input[type="checkbox"], input[type="radio"]') !== null
  );
}

interface Found {
  scope: KeyScope;
  action: KeyAction;
}

/** find is the action of a chord, or undefined; typing and switched-off keys are already respected. */
function find(name: string, typing: boolean, before = ''): Found | undefined {
  const single = !name.includes('Mod+');
  if (single && singleOff && name !== 'Escape') return undefined;
  for (const scope of liveKeys()) {
    for (const action of scope.actions()) {
      if (typing && !(action.typing && (!single || name === 'Escape'))) continue;
      if (!heldKeys(action).includes(before ? `${before} ${name}` : name)) continue;
      if (action.when && !action.when()) continue;
      return { scope, action };
    }
  }
  return undefined;
}

function startsSequence(name: string): boolean {
  return liveKeys().some((s) => s.actions().some((a) => heldKeys(a).some((k) => k.startsWith(`${name} `))));
}

/** press handles one keydown; it tells whether an action took it. */
export function press(e: KeyboardEvent): boolean {
  if (e.defaultPrevented || isComposing(e)) return false;
  const name = chord(e);
  if (isModifier(name)) return false;
  const typing = isTyping(e.target);
  const before = !typing && e.timeStamp - prefixAt < prefixLasts ? prefix : '';
  prefix = '';
  if (!before && activates(e.target, name)) return false;
  const hit = (before && find(name, typing, before)) || find(name, typing);
  if (hit) {
    e.preventDefault();
    act(hit, e);
    return true;
  }
  if (!typing && !singleOff && startsSequence(name)) {
    prefix = name;
    prefixAt = e.timeStamp;
  }
  return false;
}

function act({ scope, action }: Found, e: KeyboardEvent): void {
  if (!action.up) {
    if (!(action.once && e.repeat)) action.run(e);
  } else if (!e.repeat && !holds.some((h) => h.code === e.code)) {
    holds = [...holds, { code: e.code, scope, up: action.up }];
    action.run(e);
  }
}

function letGo(which: (h: Hold) => boolean): void {
  const gone = holds.filter(which);
  holds = holds.filter((h) => !gone.includes(h));
  gone.forEach((h) => h.up());
}

/** release handles one keyup. A Mac tells of no release while Command is down, so the release of Command ends all. */
export function release(e: KeyboardEvent): void {
  letGo((h) => e.key === 'Meta' || h.code === e.code);
}

/** releaseAll ends whatever is held: no release is told of while another window has the keys. */
export function releaseAll(): void {
  letGo(() => true);
}

/** guardComposition keeps keys of an input method from every widget, so that an Enter that confirms a word submits nothing. */
export function guardComposition(e: KeyboardEvent): void {
  if (isComposing(e)) e.stopPropagation();
}

/** startKeys listens on the window; it returns how to stop. */
export function startKeys(): () => void {
  const onKey = (e: KeyboardEvent) => void press(e);
  window.addEventListener('keydown', guardComposition, true);
  window.addEventListener('keydown', onKey);
  window.addEventListener('keyup', release, true);
  window.addEventListener('blur', releaseAll);
  return () => {
    window.removeEventListener('keydown', guardComposition, true);
    window.removeEventListener('keydown', onKey);
    window.removeEventListener('keyup', release, true);
    window.removeEventListener('blur', releaseAll);
    releaseAll();
  };
}
