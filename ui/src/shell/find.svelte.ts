/** Searching while somebody types: the last question is the one that counts. */
import { get } from '../lib/client';
import { wasAborted } from '../lib/problem';
import { titleNow } from './nav.svelte';
import { wayTo, type Way } from './find';

const pause = 120;

export class Finder {
  found = $state.raw<Way[]>([]);
  /** asking is true from the first letter until the answer is there. */
  asking = $state(false);
  /** failed says that the search itself did not work; the pages can still be reached. */
  failed = $state(false);
  #soon: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  ask(typed: string): void {
    this.stop();
    this.failed = false;
    if (!typed.trim()) {
      this.found = [];
      return;
    }
    this.asking = true;
    this.#soon = setTimeout(() => void this.#read(typed), pause);
  }

  stop(): void {
    clearTimeout(this.#soon);
    this.#running?.abort();
    this.asking = false;
  }

  async #read(typed: string): Promise<void> {
    const mine = new AbortController();
    this.#running = mine;
    try {
      const got = await get('/search', {
        query: { q: typed, title: titleNow() || undefined, limit: 30 },
        signal: mine.signal,
      });
      this.found = got.items.map(wayTo);
    } catch (e) {
      if (wasAborted(e)) return;
      this.found = [];
      this.failed = true;
    }
    if (this.#running === mine) this.asking = false;
  }
}
