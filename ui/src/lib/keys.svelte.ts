/** A person's own keys: instead of the usual ones, by the name of the act. Kept by the server, and in this browser so that nothing flashes. */
import { keyLabel } from './chord';
import { get, post } from './client';
import { isKeyId, usualKeys } from './keytable';

/** OwnKeys is the keys that a person has changed, by the id of the act; an empty list is no key. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

const place = 'chouka.keys';

interface Kept {
  person: string;
  keys: OwnKeys;
}

function kept(): Kept {
  try {
    const read = JSON.parse(localStorage.getItem(place) ?? '') as Kept;
    if (typeof read.person === 'string' && read.keys && typeof read.keys === 'object') return read;
  } catch {
    // Nothing was kept, or not by this program.
  }
  return { person: '', keys: {} };
}

let whose = kept().person;
let own = $state.raw<OwnKeys>(kept().keys);
let saved: OwnKeys = kept().keys;
let changes = 0;
let chain: Promise<unknown> = Promise.resolve();

function show(keys: OwnKeys): void {
  own = keys;
  localStorage.setItem(place, JSON.stringify({ person: whose, keys }));
}

/** ownKeys is everything that the person has changed. */
export function ownKeys(): OwnKeys {
  return own;
}

/** keysOf is the keys of an act as they are in force. */
export function keysOf(id: string, otherwise: readonly string[] = usualKeys(id)): readonly string[] {
  return own[id] ?? otherwise;
}

/** shownKey is the key to show for a key or, by its id, for an act; '' for an act without one. */
export function shownKey(keys: string): string {
  return isKeyId(keys) ? (keysOf(keys)[0] ?? '') : keys;
}

/** keyAside is a key in brackets, to stand behind words; '' for an act without one. */
export function keyAside(keys: string | undefined): string {
  const key = keys ? shownKey(keys) : '';
  return key ? ` (${keyLabel(key)})` : '';
}

/** withKey puts the key of an act behind words, where the act has one. */
export function withKey(words: string, keys: string | undefined): string {
  return words + keyAside(keys);
}

/** loadKeys reads the keys of the person who has signed in; until then those kept for the same person hold. */
export async function loadKeys(person: string): Promise<void> {
  if (person !== whose) {
    whose = person;
    saved = {};
    show(saved);
  }
  const before = changes;
  try {
    const prefs = await get('/my/prefs');
    if (whose !== person || changes !== before) return;
    saved = prefs.keys;
    show(saved);
  } catch {
    // Offline the keys of last time do.
  }
}

/** saveKeys puts keys in force at once and keeps them; where the server refuses, those of before come back. */
export async function saveKeys(next: OwnKeys): Promise<void> {
  const turn = ++changes;
  show(next);
  const sent = chain.then(() => post('/my/prefs', { body: { keys: next as Record<string, string[]> } }));
  chain = sent.catch(() => undefined);
  try {
    await sent;
    saved = next;
  } catch (cause) {
    if (turn === changes) show(saved);
    throw cause;
  }
}

/** forgetKeys goes back to the usual keys, as after signing out. */
export function forgetKeys(): void {
  whose = '';
  saved = {};
  own = saved;
  changes++;
  localStorage.removeItem(place);
}
