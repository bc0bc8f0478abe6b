/**
 * The queue of a title: read page by page in the background, kept up by what happens in the studio, filtered by the address.
 * It is made once by the page, while it is being set up.
 */
import { untrack } from 'svelte';
import { get } from '../lib/client';
import { onEvent, type StudioEvent } from '../lib/events.svelte';
import { asError, wasAborted, type ApiError } from '../lib/problem';
import { query } from '../lib/router.svelte';
import { me } from '../lib/session.svelte';
import { filterOf } from './filter';
import * as list from './queue';
import type { Drawn, Gone, QueueFilter, QueueRow } from './queue';

const firstPage = 200;
const page = 500;
const settle = 150;
// A busy studio makes a short queue be read once a second; each further page makes that rarer.
const apart = 1000;

/** Queue is the list of one title's shots that wait for a pick. */
export class Queue {
  readonly title: () => string;
  readonly current: () => string;
  /** error is why nothing could be read at all. */
  error = $state.raw<ApiError>();
  /** whole tells that the first reading came to its end, so that the count is right. */
  whole = $state(false);
  #drawn = $state.raw<Drawn>();
  #hints = new Map<string, Gone>();
  // Who left while a reading was under way may still stand in its answer.
  #left = new Map<string, Gone>();
  #gap: { shot: string; at: number } | undefined;
  #running: AbortController | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #begun = 0;
  #missed = false;

  constructor(title: () => string, current: () => string) {
    this.title = title;
    this.current = current;
    $effect(() => {
      void this.#asked;
      untrack(() => void this.reload());
      return () => this.#stop();
    });
    $effect(() => onEvent({ title_id: title(), kind: ['shot', 'take', 'attempt'] }, (e) => this.#heard(e)));
  }

  readonly #filterText = $derived.by(() => JSON.stringify(filterOf(query)));
  readonly #asked = $derived.by(() => this.title() + this.#filterText);

  /** filter is what narrows the list; it lives in the address. */
  readonly filter = $derived.by(() => JSON.parse(this.#filterText) as QueueFilter);

  /** rows is what stands on the screen, undefined until the first page is read. */
  readonly rows = $derived.by(() => this.#drawn?.rows);

  /** fresh is how many arrived since the list was drawn. */
  readonly fresh = $derived.by(() => (this.#drawn ? list.arrivals(this.#drawn) : 0));

  /** count is how many wait. */
  readonly count = $derived.by(() => (this.#drawn ? this.#drawn.waiting.length : 0));

  /** gone is why a shot on the screen no longer waits. */
  gone(shot: string): Gone | undefined {
    return this.#drawn?.gone.get(shot);
  }

  /** indexOf is where a shot stands on the screen, -1 where it does not. */
  indexOf(shot: string): number {
    return this.#drawn?.at.get(shot) ?? -1;
  }

  /** next is the next or previous shot in the order on the screen that still waits; at the end it begins again. */
  next(from: string, by: 1 | -1): QueueRow | undefined {
    const gap = this.#gap?.shot === from ? this.#gap.at : undefined;
    return this.#drawn && list.nextOf(this.#drawn, from, by, gap);
  }

  /** reveal draws the list anew: what arrived stands in its place, what left is gone. */
  reveal(): void {
    const before = this.#drawn;
    if (!before) return;
    this.#drawn = list.drawn(before.waiting);
    const shot = this.current();
    const at = list.behind(before, this.#drawn, shot);
    if (at !== undefined) this.#gap = { shot, at };
  }

  /** picked and unpicked say at once what the events will say a moment later. */
  picked(shot: string): void {
    this.#leave(shot, { why: 'picked', by: '' });
  }

  unpicked(shot: string): void {
    this.#hints.delete(shot);
    this.#left.delete(shot);
    if (this.#drawn) this.#drawn = list.returned(this.#drawn, shot);
  }

  /** reload reads the list from the start and draws it anew. */
  async reload(): Promise<void> {
    const mine = this.#start();
    this.#drawn = undefined;
    this.#gap = undefined;
    this.#hints.clear();
    this.error = undefined;
    this.whole = false;
    await this.#guarded(mine, async () => {
      await this.#pages(mine.signal, (rows) => {
        this.#show(this.#drawn ? list.grown(this.#drawn, rows) : list.drawn(rows));
      });
      this.whole = true;
    });
  }

  async #refresh(): Promise<void> {
    const mine = this.#start();
    const all: QueueRow[] = [];
    await this.#guarded(mine, async () => {
      await this.#pages(mine.signal, (rows) => all.push(...rows));
      if (this.#drawn) this.#show(list.refreshed(this.#drawn, list.drawn(all).rows, this.#hints));
      for (const row of all) if (!this.#left.has(row.shot_id)) this.#hints.delete(row.shot_id);
    });
  }

  #show(next: Drawn): void {
    this.#drawn = [...this.#left].reduce((d, [shot, why]) => list.departed(d, shot, why), next);
  }

  async #pages(signal: AbortSignal, take: (rows: QueueRow[]) => void): Promise<void> {
    let after: string | undefined;
    let limit = firstPage;
    do {
      const read = { title: this.title(), ...this.filter, limit, after };
      const answer = await get('/review', { query: { ...read, order: read.order || undefined }, signal });
      if (signal.aborted) return;
      take(answer.items);
      after = answer.next;
      limit = page;
    } while (after);
  }

  async #guarded(mine: AbortController, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (cause) {
      if (this.#running !== mine || wasAborted(cause)) return;
      if (!this.#drawn) this.error = asError(cause);
    }
    if (this.#running !== mine) return;
    this.#running = undefined;
    if (this.#missed) this.#later();
  }

  #start(): AbortController {
    this.#stop();
    this.#left.clear();
    this.#begun = Date.now();
    this.#running = new AbortController();
    return this.#running;
  }

  #stop(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#missed = false;
    this.#running?.abort();
    this.#running = undefined;
  }

  // What a reading under way may have missed is read again once it is through.
  #later(): void {
    if (this.#running) {
      this.#missed = true;
      return;
    }
    const pages = 1 + Math.ceil((this.#drawn?.waiting.length ?? 0) / page);
    const wait = Math.max(settle, this.#begun + apart * pages - Date.now());
    this.#soon ??= setTimeout(() => void this.#refresh(), wait);
  }

  #heard(e: StudioEvent | undefined): void {
    const shot = e?.shot_id;
    if (e && shot) this.#told(e, shot);
    this.#later();
  }

  #told(e: StudioEvent, shot: string): void {
    const by = e.by === me()?.person.id ? '' : e.by_name;
    if (e.verb === 'take.picked' || e.verb === 'take.replaced') this.#leave(shot, { why: 'picked', by });
    else if (e.verb === 'shot.deleted') this.#leave(shot, { why: 'deleted', by });
    else if (e.verb === 'take.unpicked') this.unpicked(shot);
    else if (e.verb === 'attempt.deleted' || e.verb === 'attempt.moved') this.#hints.set(shot, { why: 'drawing', by });
  }

  #leave(shot: string, why: Gone): void {
    this.#hints.set(shot, why);
    if (this.#running) this.#left.set(shot, why);
    if (this.#drawn) this.#drawn = list.departed(this.#drawn, shot, why);
  }
}
