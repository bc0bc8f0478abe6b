/**
 * Sends files one by one as raw bodies, at most three at once so that the pages keep free connections.
 * XMLHttpRequest is used because only it tells how far an upload has come.
 */
import { lang, t } from './i18n.svelte';
import { ApiError, problemOf } from './problem';

export type SendState = 'waiting' | 'sending' | 'done' | 'duplicate' | 'failed' | 'cancelled';

/** Sending is one file on its way. sent and size are bytes. */
export interface Sending {
  id: number;
  name: string;
  size: number;
  sent: number;
  state: SendState;
  error?: ApiError;
  /** where names the target for people: a shot's number. */
  where: string;
}

/** Job is a file and where it goes; url is under /api/v1 with its query. */
export interface Job {
  file: File;
  url: string;
  where: string;
  /** onDone gets the parsed answer; it may say 'duplicate'. */
  onDone?: (answer: unknown) => 'duplicate' | void;
  onFailed?: (error: ApiError) => void;
}

/** Transport sends one file and resolves to the answer's body; tests give their own. */
export type Transport = (
  job: Job,
  key: string,
  progress: (sent: number) => void,
  signal: AbortSignal,
) => Promise<unknown>;

const atOnce = 3;
const retries = 3;

/** sendFile is the Transport of the browser. */
export const sendFile: Transport = (job, key, progress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', job.url);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept-Language', lang());
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = (e) => progress(e.loaded);
    request.onerror = () => reject(lost());
    request.onabort = () => reject(new DOMException('given up', 'AbortError'));
    request.onload = () => {
      const headers = { get: (name: string) => request.getResponseHeader(name) };
      if (request.status >= 400) reject(problemOf(request.status, request.responseText, headers));
      else resolve(request.responseText ? (JSON.parse(request.responseText) as unknown) : undefined);
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(job.file);
  });

function lost(): ApiError {
  return new ApiError({ status: 0, code: 'offline', title: t('error.offline.title'), detail: t('error.offline.text') });
}

/** worthRetry tells whether trying the same again may help: no answer, or the server was too busy. */
export function worthRetry(error: ApiError): boolean {
  return error.status === 0 || error.status === 429 || error.status === 502 || error.status === 503;
}

interface Item {
  job: Job;
  show: Sending;
  key: string;
  stop?: AbortController;
}

/** Queue holds what is to be sent; `changed` is called with every change so that a page can show it. */
export class Queue {
  private items: Item[] = [];
  private running = 0;
  private next = 1;

  constructor(
    private readonly changed: () => void,
    private readonly newKey: () => string,
    private readonly transport: Transport = sendFile,
    private readonly wait: (tries: number) => Promise<void> = (n) => new Promise((r) => setTimeout(r, 800 * 3 ** n)),
  ) {}

  /** list is every file that was not cleared, in order of arrival. */
  list(): Sending[] {
    return this.items.map((i) => ({ ...i.show }));
  }

  /** add takes files in; sending begins at once. */
  add(jobs: Job[]): void {
    for (const job of jobs) {
      const { name, size } = job.file;
      const show: Sending = { id: this.next++, name, size, sent: 0, state: 'waiting', where: job.where };
      this.items.push({ job, show, key: this.newKey() });
    }
    this.pump();
  }

  /** retryFailed sends all failed files again, with their old keys, so that a lost answer books nothing twice. */
  retryFailed(): void {
    for (const i of this.items) {
      if (i.show.state !== 'failed') continue;
      Object.assign(i.show, { state: 'waiting', sent: 0, error: undefined });
    }
    this.pump();
  }

  /** cancel gives up what is not sent yet: one file, or all. */
  cancel(id?: number): void {
    for (const i of this.items) {
      if (id !== undefined && i.show.id !== id) continue;
      if (i.show.state === 'waiting') i.show.state = 'cancelled';
      i.stop?.abort();
    }
    this.changed();
  }

  /** clear forgets what is over. */
  clear(): void {
    this.items = this.items.filter((i) => i.show.state === 'waiting' || i.show.state === 'sending');
    this.changed();
  }

  private pump(): void {
    for (const item of this.items) {
      if (this.running >= atOnce) break;
      if (item.show.state !== 'waiting') continue;
      item.show.state = 'sending';
      this.running++;
      void this.run(item).finally(() => {
        this.running--;
        this.pump();
      });
    }
    this.changed();
  }

  private async run(item: Item): Promise<void> {
    item.stop = new AbortController();
    try {
      const answer = await this.attempt(item, item.stop.signal);
      item.show.sent = item.show.size;
      item.show.state = 'done';
      if (item.job.onDone?.(answer) === 'duplicate') item.show.state = 'duplicate';
    } catch (cause) {
      if (!(cause instanceof ApiError)) {
        item.show.state = 'cancelled';
        return;
      }
      item.show.state = 'failed';
      item.show.error = cause;
      item.job.onFailed?.(cause);
    } finally {
      item.stop = undefined;
    }
  }

  private async attempt(item: Item, signal: AbortSignal): Promise<unknown> {
    for (let tries = 0; ; tries++) {
      try {
        return await this.transport(item.job, item.key, (sent) => this.progress(item, sent), signal);
      } catch (cause) {
        if (!(cause instanceof ApiError) || !worthRetry(cause) || tries >= retries || signal.aborted) throw cause;
        await this.wait(tries);
        if (signal.aborted) throw new DOMException('given up', 'AbortError');
        item.show.sent = 0;
      }
    }
  }

  private progress(item: Item, sent: number): void {
    item.show.sent = Math.min(sent, item.show.size);
    this.changed();
  }
}
