/**
 * resource keeps the answer of one read on the page and fresh:
 *
 *   const shots = resource((signal) => get('/titles/{id}/shots', { path: { id: params.t }, signal }), { kind: 'shot' });
 *   {#if shots.data} ... {:else if shots.error} <ErrorState error={shots.error} retry={shots.reload} /> ...
 *
 * It reads again when a value that `load` read changes (params, query()), and when a matching event arrives.
 */
import { onDestroy, untrack } from 'svelte';
import { onEvent, type Filter } from './events.svelte';
import { ApiError, asError, wasAborted } from './problem';

export interface Resource<T> {
  /** data is the last good answer; it stays while a newer one is on its way. */
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  /** loading turns true only 300 ms after a first read began, so that quick answers flash no skeleton. */
  readonly loading: boolean;
  /** stale tells that the data shown is being read again. */
  readonly stale: boolean;
  reload(): Promise<void>;
  /** set shows an answer that the page already holds (an optimistic change, the body of a PATCH). */
  set(next: T): void;
}

const quiet = 300;
// Events settle for a moment, and a busy studio makes a page read once a second, not at every event.
const settle = 150;
const apart = 1000;

/** resource begins to read at once; `on` names the events after which it reads again, at most once every `every` ms. */
export function resource<T>(
  load: (signal: AbortSignal) => Promise<T>,
  on?: Filter | (() => Filter),
  every = apart,
): Resource<T> {
  let data = $state.raw<T | undefined>();
  let error = $state.raw<ApiError | undefined>();
  let loading = $state(false);
  let stale = $state(false);
  let running: AbortController | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let begun = 0;

  function again(): void {
    void read();
  }

  async function read(): Promise<void> {
    clearTimeout(soon);
    soon = undefined;
    begun = Date.now();
    running?.abort();
    const mine = new AbortController();
    running = mine;
    stale = untrack(() => data !== undefined);
    const slow = setTimeout(() => (loading = data === undefined && running === mine), quiet);
    try {
      const answer = await load(mine.signal);
      if (running !== mine) return;
      data = answer;
      error = undefined;
    } catch (cause) {
      if (running !== mine || wasAborted(cause)) return;
      error = asError(cause);
    } finally {
      clearTimeout(slow);
      if (running === mine) {
        loading = false;
        stale = false;
      }
    }
  }

  $effect(() => {
    void read();
  });
  $effect(() => {
    if (!on) return;
    return onEvent(typeof on === 'function' ? on() : on, () => {
      soon ??= setTimeout(again, Math.max(settle, begun + every - Date.now()));
    });
  });
  onDestroy(() => {
    clearTimeout(soon);
    running?.abort();
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get loading() {
      return loading;
    },
    get stale() {
      return stale;
    },
    reload: read,
    set(next: T) {
      running?.abort();
      running = undefined;
      stale = false;
      loading = false;
      data = next;
      error = undefined;
    },
  };
}
