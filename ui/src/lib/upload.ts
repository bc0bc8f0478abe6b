/**
 * Files on their way, as raw bodies: what a job is and how one is sent. The queue stands in uploadqueue.ts, and what all
 * pages share in uploads.svelte.ts. XMLHttpRequest is used because only it tells how far an upload has come.
 */
import { tellSignedOut } from './client';
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
  /** group is what the files of one target share: a shot's id. */
  group: string;
}

/** Late is something that becomes a file when its turn comes: an entry of an archive. size is what it says of itself. */
export interface Late {
  name: string;
  size: number;
  open: (signal: AbortSignal) => Promise<Blob>;
}

/** Job is a file and where it goes; url is under /api/v1 with its query. */
export interface Job {
  file: File | Late;
  url: string | (() => string);
  where: string;
  group?: string;
  /** after is the job that must have gone well first: a file that belongs to the result of another. */
  after?: Job;
  /** onDone gets the parsed answer and what was sent; it may say 'duplicate'. */
  onDone?: (answer: unknown, body: Blob) => 'duplicate' | void;
  onFailed?: (error: ApiError) => void;
  onCancelled?: () => void;
}

/** Post is one body and its address. */
export interface Post {
  body: Blob;
  url: string;
}

/** Transport sends one body and resolves to the answer's body; tests give their own. */
export type Transport = (
  post: Post,
  key: string,
  progress: (sent: number) => void,
  signal: AbortSignal,
) => Promise<unknown>;

/** sendFile is the Transport of the browser. */
export const sendFile: Transport = (post, key, progress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', post.url);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept-Language', lang());
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = (e) => progress(e.loaded);
    request.onerror = () => reject(lost());
    request.onabort = () => reject(new DOMException('given up', 'AbortError'));
    request.onload = () => {
      const headers = { get: (name: string) => request.getResponseHeader(name) };
      if (request.status >= 400) {
        const error = problemOf(request.status, request.responseText, headers);
        tellSignedOut(error);
        reject(error);
      } else resolve(request.responseText ? (JSON.parse(request.responseText) as unknown) : undefined);
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(post.body);
  });

/** lineAnswers asks the program for a sign of life, to tell a dropped line from a file that the line does not carry. */
export function lineAnswers(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', '/healthz');
    request.timeout = 10_000;
    request.onload = () => resolve(request.status > 0);
    request.onerror = request.ontimeout = request.onabort = () => resolve(false);
    request.send();
  });
}

function lost(): ApiError {
  return new ApiError({ status: 0, code: 'offline', title: t('error.offline.title'), detail: t('error.offline.text') });
}

/** goneError says that a file changed or left the disk after it was chosen. */
export function goneError(): ApiError {
  return new ApiError({ status: 0, code: 'upload.gone', title: t('upload.gone'), detail: '' });
}

/** mainError says that a file was not sent because the one that it belongs to was not taken. */
export function mainError(name: string): ApiError {
  return new ApiError({ status: 0, code: 'upload.main', title: t('upload.mainFailed', { name }), detail: '' });
}

/** wasLost tells whether no answer came. */
export function wasLost(error: ApiError): boolean {
  return error.code === 'offline';
}

/** worthRetry tells whether trying the same again may help: no answer, or the server was too busy. */
export function worthRetry(error: ApiError): boolean {
  return wasLost(error) || [429, 502, 503, 504].includes(error.status);
}

/** bodyOf is what a job sends; of a late file it is made now. */
export function bodyOf(file: File | Late, signal: AbortSignal): Promise<Blob> {
  return 'open' in file ? file.open(signal) : Promise.resolve(file);
}

/** isReadable tells whether the bytes are still there: a file on disk may have been moved or written since. */
export async function isReadable(body: Blob): Promise<boolean> {
  try {
    await body.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
