/**
 * Keys. A page says which keys it takes with `useKeys(() => [...])`; the help dialog and the legend at the foot of a page
 * are drawn from the same live list, so that they never name a key that does nothing.
 *
 * Names: 'j', 'P' (shift+p), '?', 'Enter', 'Escape', 'ArrowUp', 'Space', 'Mod+k' (Ctrl or Command), 'Mod+Shift+z', and 'g t'
 * for g and then t.
 */
import { onDestroy } from 'svelte';

/** KeyAction is one key of a scope. `once` ignores a held key; `typing` lets it work inside fields (chords with Mod only). */
export interface KeyAction {
  keys: string | string[];
  label: string;
  run: (e: KeyboardEvent) => void;
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

/** isComposing tells whether an input method still holds the key; Safari sends 229 with isComposing false. */
export function isComposing(e: KeyboardEvent): boolean {
  return e.isComposing || e.keyCode === 229;
}

/** chord names a key press in the words of this file. */
export function chord(e: KeyboardEvent): string {
  const key = e.key === ' ' ? 'Space' : e.key;
  const mod = e.ctrlKey || e.metaKey;
  const single = key.length === 1;
  const name = mod && single ? key.toLowerCase() : key;
  const shift = e.shiftKey && (!single || mod);
  return `${mod ? 'Mod+' : ''}${e.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${name}`;
}

function held(action: KeyAction): string[] {
  return Array.isArray(action.keys) ? action.keys : [action.keys];
}

/** activates tells whether the focused element itself answers this key, as a button answers Enter and Space. */
function activates(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof Element) || (name !== 'Enter' && name !== 'Space')) return false;
  return (
    target.closest('button, a[href], summary, [role="menuitem"], input[type="checkbox"], input[type="radio"]') !== null
  );
}

/** find is the action of a chord, or undefined; typing and switched-off keys are already respected. */
export function find(name: string, typing: boolean, before = ''): KeyAction | undefined {
  const single = !name.includes('Mod+');
  if (single && singleOff && name !== 'Escape') return undefined;
  for (const scope of liveKeys()) {
    for (const action of scope.actions()) {
      if (typing && !(action.typing && (!single || name === 'Escape'))) continue;
      const names = held(action);
      if (!names.includes(before ? `${before} ${name}` : name)) continue;
      if (action.when && !action.when()) continue;
      return action;
    }
  }
  return undefined;
}

function startsSequence(name: string): boolean {
  return liveKeys().some((s) => s.actions().some((a) => held(a).some((k) => k.startsWith(`${name} `))));
}

/** press handles one keydown; it tells whether an action took it. */
export function press(e: KeyboardEvent): boolean {
  if (e.defaultPrevented || isComposing(e)) return false;
  const name = chord(e);
  if (['Shift', 'Control', 'Alt', 'Meta'].some((m) => name.endsWith(m))) return false;
  const typing = isTyping(e.target);
  const before = !typing && e.timeStamp - prefixAt < prefixLasts ? prefix : '';
  prefix = '';
  if (!before && activates(e.target, name)) return false;
  const action = (before && find(name, typing, before)) || find(name, typing);
  if (action) {
    e.preventDefault();
    if (!(action.once && e.repeat)) action.run(e);
    return true;
  }
  if (!typing && !singleOff && startsSequence(name)) {
    prefix = name;
    prefixAt = e.timeStamp;
  }
  return false;
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
  return () => {
    window.removeEventListener('keydown', guardComposition, true);
    window.removeEventListener('keydown', onKey);
  };
}

/** keyLabel writes a key for people: Mod+k as Ctrl K or ⌘K. */
export function keyLabel(keys: string, apple: boolean = /Mac|iP(hone|ad)/.test(navigator.platform)): string {
  const names: Record<string, string> = {
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
    Mod: apple ? '⌘' : 'Ctrl',
  };
  return keys
    .split(' ')
    .map((stroke) => stroke.replace(/(.)\+/g, '$1\u0000').split('\u0000'))
    .map((parts) => parts.map((p) => names[p] ?? (p.length === 1 && parts.length > 1 ? p.toUpperCase() : p)).join('+'))
    .join(' ');
}
