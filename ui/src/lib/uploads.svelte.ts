/** The one queue of uploads that all pages share and the bar at the foot shows. It outlives the page that filled it. */
import type { Component } from 'svelte';
import { address, randomKey } from './client';
import type { Job, Sending } from './upload';
import { Pace } from './uploadpace';
import { Queue } from './uploadqueue';

/** Flow is how the queue is doing: bytes per second, seconds left where known, held by somebody, or without a line. */
export interface Flow {
  rate: number;
  left: number | undefined;
  paused: boolean;
  down: boolean;
}

const every = 120;
const still: Flow = { rate: 0, left: undefined, paused: false, down: false };

let list = $state.raw<Sending[]>([]);
let flow = $state.raw<Flow>(still);
let panel = $state.raw<Component | undefined>();
const pace = new Pace();
const queue = new Queue(show, randomKey);
let due = false;

// Progress arrives many times a second from three files; the page is told a few times. A timer also runs in a tab behind.
function show(): void {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    list = queue.list();
    const sum = summaryOf(list);
    guard(sum.open > 0);
    if (sum.open === 0 || queue.paused || queue.down) pace.reset();
    pace.note(performance.now(), sum.sent);
    flow = { rate: pace.rate(), left: pace.left(sum.bytes - sum.sent), paused: queue.paused, down: queue.down };
  }, every);
}

const ask = (e: BeforeUnloadEvent): void => e.preventDefault();
const online = (): void => queue.tryNow();
let guarded = false;

// Leaving the page is harmless; closing the tab is not while files are on their way.
function guard(on: boolean): void {
  if (on === guarded) return;
  guarded = on;
  const act = on ? addEventListener : removeEventListener;
  act('beforeunload', ask);
  act('online', online);
}

/** Target says where a file goes: a path template as of lib/client, its params and query. */
export interface Target {
  to: string;
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  /** where is shown to the reader: the shot's number. */
  where: string;
  onDone?: Job['onDone'];
  onFailed?: Job['onFailed'];
}

/** upload sends files to one target; the file's name goes along as ?name=. */
export function upload(files: File[], target: Target): void {
  send(
    files.map((file) => ({
      file,
      where: target.where,
      url: address(target.to, target.path, { name: file.name, ...target.query }),
      onDone: target.onDone,
      onFailed: target.onFailed,
    })),
  );
}

/** send takes whole jobs, in the order given; it returns their ids. */
export function send(jobs: Job[]): number[] {
  return queue.add(jobs);
}

/** sendings is every file of the queue. */
export function sendings(): Sending[] {
  return list;
}

/** uploadFlow is how the queue is doing. */
export function uploadFlow(): Flow {
  return flow;
}

/** Summary counts the queue. bytes of cancelled files do not count. */
export interface Summary {
  all: number;
  done: number;
  duplicate: number;
  failed: number;
  open: number;
  bytes: number;
  sent: number;
}

/** summaryOf counts a list of sendings. */
export function summaryOf(items: Sending[]): Summary {
  const sum: Summary = { all: 0, done: 0, duplicate: 0, failed: 0, open: 0, bytes: 0, sent: 0 };
  for (const x of items) {
    if (x.state === 'cancelled') continue;
    sum.all++;
    sum.bytes += x.size;
    sum.sent += x.sent;
    if (x.state === 'done') sum.done++;
    else if (x.state === 'duplicate') sum.duplicate++;
    else if (x.state === 'failed') sum.failed++;
    else sum.open++;
  }
  return sum;
}

/** retryUpload sends one failed file again; it tells whether the queue still held it. */
export const retryUpload = (id: number): boolean => queue.retry(id);
export const retryFailed = (): boolean => queue.retry();
export const cancelUpload = (id?: number): void => queue.cancel(id);
export const clearUploads = (id?: number): void => queue.clear(id);
export const pauseUploads = (): void => queue.pause();
export const resumeUploads = (): void => queue.resume();
export const tryUploadsNow = (): void => queue.tryNow();

/** uploadPanel is what stands above the bar: a page's account of what became of its files. */
export function uploadPanel(): Component | undefined {
  return panel;
}

/** setUploadPanel puts a panel there, or takes it away. */
export function setUploadPanel(next: Component | undefined): void {
  panel = next;
}
