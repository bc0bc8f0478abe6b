/**
 * The queue of uploads: at most three at once so that the pages keep free connections. A dropped line holds the whole
 * queue until the program answers again; a refusal concerns one file only. Nothing is sent with a second key, so that a
 * lost answer books nothing twice.
 */
import { ApiError, asError, wasAborted } from './problem';
import {
  bodyOf,
  goneError,
  isReadable,
  lineAnswers,
  mainError,
  sendFile,
  wasLost,
  worthRetry,
  type Job,
  type Sending,
  type Transport,
} from './upload';

const atOnce = 3;
const retries = 4;

/** Way is how a queue reaches the server and waits; tests give their own. */
export interface Way {
  transport: Transport;
  /** wait lasts longer with each try. */
  wait: (tries: number) => Promise<void>;
  /** answers tells whether the server can be reached at all. */
  answers: () => Promise<boolean>;
}

const browserWay: Way = {
  transport: sendFile,
  wait: (n) => new Promise((r) => setTimeout(r, Math.min(30_000, 800 * 2 ** n))),
  answers: lineAnswers,
};

interface Item {
  job: Job;
  show: Sending;
  key: string;
  stop?: AbortController;
  /** again tells that an abort means later, not never. */
  again?: boolean;
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done) => signal?.addEventListener('abort', () => done()));
}

const isOpen = (i: Item) => i.show.state === 'waiting' || i.show.state === 'sending';

/** Queue holds what is to be sent; `changed` is called with every change so that a page can show it. */
export class Queue {
  private items: Item[] = [];
  private byJob = new Map<Job, Item>();
  private running = 0;
  private next = 1;
  private held = false;
  private lost = false;
  private nudge: () => void = () => undefined;

  constructor(
    private readonly changed: () => void,
    private readonly newKey: () => string,
    private readonly way: Way = browserWay,
  ) {}

  /** list is every file that was not cleared, in order of arrival. */
  list(): Sending[] {
    return this.items.map((i) => ({ ...i.show }));
  }

  /** paused tells that somebody holds the queue; down that the server cannot be reached. */
  get paused(): boolean {
    return this.held;
  }
  get down(): boolean {
    return this.lost;
  }

  /** add takes files in, sending begins at once; it returns their ids. */
  add(jobs: Job[]): number[] {
    const ids = jobs.map((job) => {
      const { name, size } = job.file;
      const { where, group = '' } = job;
      const show: Sending = { id: this.next++, name, size, sent: 0, state: 'waiting', where, group };
      const item = { job, show, key: this.newKey() };
      this.items.push(item);
      this.byJob.set(job, item);
      return show.id;
    });
    this.pump();
    return ids;
  }

  /** pause stops all traffic; what was on its way begins anew later. */
  pause(): void {
    this.held = true;
    for (const i of this.items) {
      if (!i.stop) continue;
      i.again = true;
      i.stop.abort();
    }
    this.changed();
  }

  /** resume goes on after a pause. */
  resume(): void {
    this.held = false;
    this.pump();
  }

  /** tryNow asks at once whether the line is back, as when the browser says that it is online. */
  tryNow(): void {
    this.nudge();
  }

  /** retry sends failed files again, one or all, with their old keys; it tells whether there was one. */
  retry(id?: number): boolean {
    const failed = this.items.filter((i) => i.show.state === 'failed' && (id === undefined || this.concerns(i, id)));
    for (const i of failed) Object.assign(i.show, { state: 'waiting', sent: 0, error: undefined });
    this.pump();
    return failed.length > 0;
  }

  // Who tries one again means the file that it waits for, too, and those that wait for it.
  private concerns(i: Item, id: number): boolean {
    const wanted = this.items.find((x) => x.show.id === id);
    return !!wanted && (i === wanted || i.job === wanted.job.after || i.job.after === wanted.job);
  }

  /** cancel gives up what is not sent yet: one file, or all. */
  cancel(id?: number): void {
    for (const i of this.items) {
      if (id !== undefined && i.show.id !== id) continue;
      i.again = false;
      if (i.show.state === 'waiting') this.giveUp(i);
      i.stop?.abort();
    }
    this.pump();
  }

  /** clear forgets what is over, or one file that is. */
  clear(id?: number): void {
    const goes = (i: Item) => !isOpen(i) && (id === undefined || i.show.id === id);
    for (const i of this.items) if (goes(i)) this.byJob.delete(i.job);
    this.items = this.items.filter((i) => !goes(i));
    this.changed();
  }

  private giveUp(item: Item): void {
    item.show.state = 'cancelled';
    item.job.onCancelled?.();
  }

  private fail(item: Item, error: ApiError): void {
    item.show.state = 'failed';
    item.show.error = error;
    item.job.onFailed?.(error);
  }

  private pump(): void {
    for (const item of this.items) {
      if (this.running >= atOnce || this.held || this.lost) break;
      if (item.show.state !== 'waiting' || !this.ready(item)) continue;
      item.show.state = 'sending';
      this.running++;
      void this.run(item).finally(() => {
        this.running--;
        this.pump();
      });
    }
    this.changed();
  }

  /** ready tells whether what a file waits for went well; it closes a file that waits in vain. */
  private ready(item: Item): boolean {
    const main = item.job.after && this.byJob.get(item.job.after);
    if (!main || main.show.state === 'done' || main.show.state === 'duplicate') return true;
    if (main.show.state === 'failed') this.fail(item, mainError(main.show.name));
    if (main.show.state === 'cancelled') this.giveUp(item);
    return false;
  }

  private async run(item: Item): Promise<void> {
    item.stop = new AbortController();
    item.again = false;
    try {
      const { signal } = item.stop;
      const body = await bodyOf(item.job.file, signal);
      signal.throwIfAborted();
      const answer = await this.persist(item, body, signal);
      item.show.sent = item.show.size;
      item.show.state = 'done';
      if (item.job.onDone?.(answer, body) === 'duplicate') item.show.state = 'duplicate';
    } catch (cause) {
      this.ended(item, cause);
    } finally {
      item.stop = undefined;
    }
  }

  private ended(item: Item, cause: unknown): void {
    if (item.again) Object.assign(item.show, { state: 'waiting', sent: 0 });
    else if (wasAborted(cause)) this.giveUp(item);
    else this.fail(item, asError(cause));
  }

  private async persist(item: Item, body: Blob, signal: AbortSignal): Promise<unknown> {
    const { url } = item.job;
    const post = { body, url: typeof url === 'string' ? url : url() };
    for (let tries = 0; ; tries++) {
      try {
        return await this.way.transport(post, item.key, (sent) => this.progress(item, sent), signal);
      } catch (cause) {
        if (!(cause instanceof ApiError) || !worthRetry(cause) || signal.aborted) throw cause;
        await this.pardon(item, cause, body, tries);
        signal.throwIfAborted();
        item.show.sent = 0;
      }
    }
  }

  // A line that is gone costs a file no try; a line that stands but drops this file does.
  private async pardon(item: Item, cause: ApiError, body: Blob, tries: number): Promise<void> {
    if (wasLost(cause)) {
      if (!(await isReadable(body))) throw goneError();
      if (this.lost || !(await this.way.answers())) {
        item.again = !item.stop?.signal.aborted;
        void this.watchLine();
        throw cause;
      }
    }
    if (tries >= retries) throw cause;
    await Promise.race([this.way.wait(tries), aborted(item.stop?.signal)]);
  }

  private async watchLine(): Promise<void> {
    if (this.lost) return;
    this.lost = true;
    this.changed();
    for (let tries = 0; this.lost; tries++) {
      const told = new Promise<void>((r) => (this.nudge = r));
      await Promise.race([this.way.wait(tries), told]);
      if (await this.way.answers()) this.lost = false;
    }
    this.nudge = () => undefined;
    this.pump();
  }

  private progress(item: Item, sent: number): void {
    item.show.sent = Math.min(sent, item.show.size);
    this.changed();
  }
}
