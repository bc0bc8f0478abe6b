/**
 * A person's saved filters of the review queue. Every change shows at once, goes to the server, and can be taken back by its
 * toast; the undo key is for marks here.
 */
import { get, post } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { toast, toastError } from '../lib/toasts.svelte';
import { asSaved, renamed, savedFor, withoutSaved, withSaved, type SavedFilter } from './filter';
import type { QueueFilter } from './queue';

/** Saved is made once by the part that shows them. */
export class Saved {
  #title: () => string;
  #all = $state.raw<readonly SavedFilter[]>([]);
  #read = false;

  constructor(title: () => string) {
    this.#title = title;
  }

  /** list is what can be used on the title. */
  readonly list = $derived.by(() => savedFor(this.#all, this.#title()));

  /** load reads them once. */
  async load(): Promise<void> {
    if (this.#read) return;
    try {
      this.#all = (await get('/my/prefs')).filters;
      this.#read = true;
    } catch (cause) {
      toastError(cause);
    }
  }

  /** save keeps a filter under a name, in the place of one of that name. */
  save(name: string, filter: QueueFilter): Promise<void> {
    const one = asSaved(name, filter, this.#title());
    return this.#change(withSaved(this.#all, one), t('review.saved.did', { name: one.name }));
  }

  rename(one: SavedFilter, name: string): Promise<void> {
    return this.#change(renamed(this.#all, one, name), t('review.saved.renamed', { name: name.trim() }));
  }

  remove(one: SavedFilter): Promise<void> {
    return this.#change(withoutSaved(this.#all, one), t('review.saved.removed', { name: one.name }));
  }

  async #change(next: readonly SavedFilter[], label: string): Promise<void> {
    if (!this.#read) return;
    const before = this.#all;
    if (await this.#put(next)) toast(label, { tone: 'good', byHand: true, undo: () => void this.#put(before) });
  }

  async #put(next: readonly SavedFilter[]): Promise<boolean> {
    const before = this.#all;
    this.#all = next;
    try {
      await post('/my/prefs', { body: { filters: [...next] } });
      return true;
    } catch (cause) {
      this.#all = before;
      toastError(cause);
      return false;
    }
  }
}
