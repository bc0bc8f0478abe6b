/**
 * Where a person stopped reviewing a title. Entering the room without a shot in the address goes there; what is looked at
 * is remembered a moment later, and once more when the page goes.
 */
import { onDestroy, untrack } from 'svelte';
import { get, post, type Schema } from '../lib/client';
import { at, query, setQuery } from '../lib/router.svelte';
import { filterOf, narrows, queryOf } from './filter';
import type { Queue } from './queue.svelte';

type Place = Schema<'ReviewPlace'>;
type View = NonNullable<Place['view']>;

const views: readonly string[] = ['grid', 'loupe', 'compare', 'survey'];
const rest = 1000;

function placeNow(): Place {
  const view = query('view');
  return {
    shot_id: query('shot'),
    take_id: query('take') || undefined,
    view: views.includes(view) ? (view as View) : 'grid',
    filter: filterOf(query),
  };
}

/** Resume is made once by the page, after the queue. */
export class Resume {
  #title: () => string;
  #queue: Queue;
  // The room outlives its address for a moment when one leaves, and must not write into that of the next page.
  #path = untrack(at);
  #asked = $state(false);
  #from = $state('');
  #kept = '';
  #next: Place | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sent: Promise<unknown> = Promise.resolve();

  constructor(title: () => string, queue: Queue) {
    this.#title = title;
    this.#queue = queue;
    $effect(() => {
      const shot = query('shot');
      if (!this.#here()) return;
      if (!shot) untrack(() => void this.#begin());
      else if (shot !== untrack(() => this.#from)) this.#from = '';
    });
    $effect(() => {
      const first = queue.next('', 1);
      if (this.#asked && !query('shot') && first && this.#here()) setQuery({ shot: first.shot_id });
    });
    $effect(() => this.#follow(this.#here() ? placeNow() : undefined));
    $effect(() => {
      const leave = () => this.#flush();
      addEventListener('pagehide', leave);
      return () => removeEventListener('pagehide', leave);
    });
    onDestroy(() => this.#flush());
  }

  /** resumed tells that the shot on the screen is where the person stopped last time. */
  readonly resumed = $derived.by(() => this.#from !== '' && this.#from === query('shot'));

  /** restart goes to the first shot of the queue instead. */
  restart(): void {
    this.#from = '';
    const first = this.#queue.next('', 1);
    if (first) setQuery({ shot: first.shot_id, take: null, a: null, panes: null });
  }

  // Whoever asks for a part of the queue wants its first shot.
  async #begin(): Promise<void> {
    this.#asked = false;
    const asked = filterOf(query);
    const place = narrows(asked) > 0 || asked.order ? undefined : await this.#stopped();
    if (place?.shot_id && !query('shot') && this.#here()) {
      const view = place.view === 'grid' ? null : place.view;
      this.#kept = JSON.stringify(place);
      this.#from = place.shot_id;
      setQuery({ shot: place.shot_id, take: place.take_id, view, ...queryOf(place.filter) });
    }
    this.#asked = true;
  }

  async #stopped(): Promise<Place | undefined> {
    await this.#sent;
    try {
      const { shot_id, take_id, view, filter } = await get('/titles/{title}/review-place', {
        path: { title: this.#title() },
      });
      if (!shot_id) return undefined;
      await get('/shots/{shot}', { path: { shot: shot_id } });
      return { shot_id, take_id: take_id || undefined, view: view || 'grid', filter };
    } catch {
      return undefined; // The shot is gone, or nothing is remembered: the queue begins at its start.
    }
  }

  #here(): boolean {
    return at() === this.#path;
  }

  #follow(place: Place | undefined): void {
    if (!place?.shot_id) return this.#flush();
    clearTimeout(this.#timer);
    this.#next = place;
    this.#timer = setTimeout(() => this.#flush(false), rest);
  }

  // A place that could not be kept is no loss to speak of: the next one is written a moment later.
  #flush(keepalive = true): void {
    clearTimeout(this.#timer);
    const place = this.#next;
    this.#next = undefined;
    if (!place || JSON.stringify(place) === this.#kept) return;
    this.#kept = JSON.stringify(place);
    const title = this.#title();
    this.#sent = post('/titles/{title}/review-place', { path: { title }, body: place, keepalive }).catch(() => {
      this.#kept = '';
    });
  }
}
