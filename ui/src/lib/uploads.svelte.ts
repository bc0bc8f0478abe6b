/** The one queue of uploads that all pages share and the bar at the foot shows. */
import { address, randomKey } from './client';
import { Queue, type Job, type Sending } from './upload';

let list = $state.raw<Sending[]>([]);
const queue = new Queue(show, randomKey);
let due = false;

// Progress arrives many times a second from three files; the page is told once a frame.
function show(): void {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    list = queue.list();
  });
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
  queue.add(
    files.map((file) => ({
      file,
      where: target.where,
      url: address(target.to, target.path, { name: file.name, ...target.query }),
      onDone: target.onDone,
      onFailed: target.onFailed,
    })),
  );
}

/** sendings is every file of the queue. */
export function sendings(): Sending[] {
  return list;
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

export const retryFailed = (): void => queue.retryFailed();
export const cancelUpload = (id?: number): void => queue.cancel(id);
export const clearUploads = (): void => queue.clear();
