/** A list that grows as one scrolls, and stays fresh: events make what is on the page be read again, without a jump. */
import { onDestroy, untrack } from 'svelte';
import { onEvent, type Filter } from '../lib/events.svelte';
import { asError, wasAborted, type ApiError } from '../lib/problem';

interface Page<T> {
  items: T[];
  next?: string;
}
type Read<T> = (after: string | undefined, limit: number, signal: AbortSignal) => Promise<Page<T>>;

const settle = 200;

/** Pager holds the items read so far. `size` items are read at once; at most `largest` by one call. */
export class Pager<T> {
  items = $state.raw<T[]>([]);
  next = $state.raw<string | undefined>();
  /** ready turns true with the first answer. */
  ready = $state(false);
  busy = $state(false);
  /** slow turns true when the first answer takes longer than 300 ms. */
  slow = $state(false);
  error = $state.raw<ApiError | undefined>();
  #read: Read<T>;
  #size: number;
  #largest: number;
  #running: AbortController | undefined;

  constructor(read: Read<T>, size = 100, largest = 500) {
    this.#read = read;
    this.#size = size;
    this.#largest = largest;
  }

  /** reload reads again as many items as are on the page; `anew` begins with the first page. */
  async reload(anew = false): Promise<void> {
    const want = anew ? this.#size : Math.max(this.#size, this.items.length);
    await this.#fill([], undefined, want);
  }

  /** more reads the next page; it does nothing while one is on its way or where the list has ended. */
  async more(): Promise<void> {
    if (this.busy || !this.next) return;
    await this.#fill(this.items, this.next, this.#size);
  }

  // A filter may leave little of a page, so pages are read until enough came or the list ends.
  async #fill(have: T[], after: string | undefined, want: number): Promise<void> {
    this.#running?.abort();
    const mine = (this.#running = new AbortController());
    this.busy = true;
    const wait = setTimeout(() => (this.slow = !this.ready), 300);
    try {
      const items = [...have];
      let got = 0;
      do {
        const page = await this.#read(after, Math.min(this.#largest, Math.max(20, want - got)), mine.signal);
        items.push(...page.items);
        got += page.items.length;
        after = page.next || undefined;
      } while (after && got < want);
      if (this.#running !== mine) return;
      this.items = items;
      this.next = after;
      this.error = undefined;
      this.ready = true;
    } catch (cause) {
      if (this.#running !== mine || wasAborted(cause)) return;
      this.error = asError(cause);
    } finally {
      clearTimeout(wait);
      if (this.#running === mine) this.busy = false;
    }
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }
}

/** pager reads at once, again from the start when `depends` changes, and quietly when a matching event arrives. */
export function pager<T>(read: Read<T>, depends: () => unknown, on: () => Filter): Pager<T> {
  const list = new Pager(read);
  let soon: ReturnType<typeof setTimeout> | undefined;
  $effect(() => {
    depends();
    untrack(() => void list.reload(true));
  });
  $effect(() =>
    onEvent(on(), () => {
      soon ??= setTimeout(() => {
        soon = undefined;
        void list.reload();
      }, settle);
    }),
  );
  onDestroy(() => {
    clearTimeout(soon);
    list.stop();
  });
  return list;
}
