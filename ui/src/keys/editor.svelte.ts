/** The page of all keys at work: which key is being asked for, what it would get in the way of, and the way back. */
import { keyLabel } from '../lib/chord';
import { t } from '../lib/i18n.svelte';
import { ownKeys, saveKeys, type OwnKeys } from '../lib/keys.svelte';
import { toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { clashes, entriesOf, placed, swapped, withKeys, type Clash, type Entry } from './entries';

/** Asking is the act whose key is being asked for, and the key that it takes the place of; '' adds one. */
export interface Asking {
  id: string;
  instead: string;
}

/** Doubt is a key that would get in the way of others, until somebody decides. */
export interface Doubt {
  id: string;
  key: string;
  instead: string;
  others: readonly Clash[];
}

/** KeyEditor is made once by the page. */
export class KeyEditor {
  asking = $state.raw<Asking>();
  doubt = $state.raw<Doubt>();

  readonly entries = $derived.by(() => entriesOf(ownKeys()));
  readonly changed = $derived.by(() => this.entries.filter((e) => e.changed).length);

  #entry(id: string): Entry {
    return this.entries.find((e) => e.id === id)!;
  }

  /** clashesOf is what the keys of an act get in the way of as they stand. */
  clashesOf(entry: Entry): Clash[] {
    return entry.keys.flatMap((key) => clashes(this.entries, entry, key));
  }

  ask(id: string, instead: string): void {
    this.doubt = undefined;
    this.asking = { id, instead };
  }

  cancel(): void {
    this.asking = undefined;
    this.doubt = undefined;
  }

  /** take gives the key that was pressed to the act that asks; where others have it, it asks what to do. */
  async take(key: string): Promise<void> {
    const asking = this.asking;
    this.asking = undefined;
    if (!asking || key === asking.instead) return;
    const entry = this.#entry(asking.id);
    const others = clashes(this.entries, entry, key);
    if (others.length > 0) this.doubt = { ...asking, key, others };
    else await this.#set(entry, placed(entry.keys, key, asking.instead));
  }

  /** clear takes the key away that is asked about. */
  async clear(): Promise<void> {
    const asking = this.asking;
    this.asking = undefined;
    if (!asking?.instead) return;
    const entry = this.#entry(asking.id);
    await this.#set(
      entry,
      entry.keys.filter((k) => k !== asking.instead),
    );
  }

  /** swap decides a doubt: the others get the key that becomes free, or lose theirs. */
  async swap(): Promise<void> {
    const doubt = this.doubt;
    this.doubt = undefined;
    if (!doubt) return;
    const entry = this.#entry(doubt.id);
    const next = swapped(ownKeys(), entry, doubt.key, doubt.instead, doubt.others);
    await this.#save(next, t('keys.did.set', { what: entry.label, key: keyLabel(doubt.key) }));
  }

  /** keepBoth decides a doubt: both have the key, and on a screen the newer part of the page wins. */
  async keepBoth(): Promise<void> {
    const doubt = this.doubt;
    this.doubt = undefined;
    if (!doubt) return;
    const entry = this.#entry(doubt.id);
    await this.#set(entry, placed(entry.keys, doubt.key, doubt.instead));
  }

  /** reset gives an act its usual keys. */
  async reset(entry: Entry): Promise<void> {
    this.cancel();
    await this.#save(withKeys(ownKeys(), entry, entry.usual), t('keys.did.reset', { what: entry.label }));
  }

  async resetAll(): Promise<void> {
    this.cancel();
    await this.#save({}, t('keys.did.resetAll'));
  }

  #set(entry: Entry, keys: readonly string[]): Promise<void> {
    const key = keys.map((k) => keyLabel(k)).join(' / ');
    const label = key ? t('keys.did.set', { what: entry.label, key }) : t('keys.did.none', { what: entry.label });
    return this.#save(withKeys(ownKeys(), entry, keys), label);
  }

  async #save(next: OwnKeys, label: string): Promise<void> {
    const before = ownKeys();
    try {
      await saveKeys(next);
      did(label, () => saveKeys(before));
    } catch (cause) {
      toastError(cause);
    }
  }
}
