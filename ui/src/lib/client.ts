/**
 * The one way to ask the server. Types come from the OpenAPI document (api.gen.ts); paths are written without /api/v1:
 *
 *   const title = await get('/titles/{id}', { path: { id } });
 *   await patch('/titles/{id}', { path: { id }, rev: title.rev, body: { name } });
 *
 * A refusal is an ApiError whose detail is already in the reader's language.
 */
import type { components, paths } from './api.gen';
import { lang, t } from './i18n.svelte';
import { ApiError, problemOf } from './problem';

export { ApiError };

const base = '/api/v1';

/** Schema is a type of the API by its name: Schema<'Shot'>. */
export type Schema<N extends keyof components['schemas']> = components['schemas'][N];

type Ops = { [P in keyof paths as P extends `/api/v1${infer Rest}` ? Rest : P]: paths[P] };
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathFor<M extends Method> = {
  [P in keyof Ops]: Ops[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof Ops] &
  string;
type Op<M extends Method, P extends keyof Ops> = Ops[P] extends { [K in M]: infer O } ? O : never;
type JsonOf<R> = R extends { content: infer C } ? C[keyof C] : void;
type Success = 200 | 201 | 202 | 204;
type SuccessOf<R> = { [S in keyof R]: S extends Success ? JsonOf<R[S]> : never }[keyof R];

/** Answer is what a successful call to this path resolves to. */
export type Answer<M extends Method, P extends keyof Ops> =
  Op<M, P> extends { responses: infer R } ? SuccessOf<R> : never;
type PathPart<O> = O extends { parameters: { path: infer X } }
  ? { path: X }
  : { path?: Record<string, string | number> };
type QueryPart<O> = O extends { parameters: { query?: infer Q } } ? { query?: Q } : unknown;
type BodyPart<O> = O extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: Given<B> }
  : O extends { requestBody: { content: { 'application/octet-stream': unknown } } }
    ? { body: Blob }
    : { body?: unknown };
/** Given drops what the schema documents of a body mark read-only ($schema). */
type Given<B> = B extends object ? Omit<B, '$schema'> : B;
/**
 * Options of a call: path and query parameters, the body, the revision a change rests on, a signal to give up, and whether
 * it is to outlive the page (`keepalive`, for at most 64 KB).
 */
export type Options<O> = PathPart<O> &
  QueryPart<O> &
  BodyPart<O> & { rev?: number | string; signal?: AbortSignal; once?: string; keepalive?: boolean };
type Args<O> = object extends PathPart<O> & BodyPart<O> ? [options?: Options<O>] : [options: Options<O>];

interface Plain {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  rev?: number | string;
  signal?: AbortSignal;
  once?: string;
  keepalive?: boolean;
}

/** address fills a path template and its query; empty values are left out, lists repeat their name. */
export function address(template: string, path: Plain['path'] = {}, query: Plain['query'] = {}): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name] ?? '')));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
    }
  }
  const tail = search.toString();
  return (filled.startsWith(base) ? filled : base + filled) + (tail ? `?${tail}` : '');
}

/** randomKey is 128 random bits in hex; crypto.randomUUID does not exist over plain http on a local network. */
export function randomKey(): string {
  const bits = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bits, (b) => b.toString(16).padStart(2, '0')).join('');
}

type Lost = (error: ApiError) => void;
const lostSession: { tell: Lost } = { tell: () => undefined };

/** onSignedOut names what happens when the server no longer knows who asks. */
export function onSignedOut(tell: Lost): void {
  lostSession.tell = tell;
}

/** tellSignedOut passes on that the server no longer knows who asks. */
export function tellSignedOut(error: ApiError): void {
  if (error.status === 401) lostSession.tell(error);
}

/** serverTime is the server's clock in milliseconds since 1970, undefined where it does not answer. */
export async function serverTime(): Promise<number | undefined> {
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
  return Date.parse(answer?.headers.get('Date') ?? '') || undefined;
}

function headersFor(method: Method, o: Plain): Headers {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': lang() });
  if (o.body instanceof Blob) headers.set('Content-Type', 'application/octet-stream');
  else if (o.body !== undefined) headers.set('Content-Type', 'application/json');
  if (o.rev !== undefined) headers.set('If-Match', `"${o.rev}"`);
  if (method === 'post') headers.set('Idempotency-Key', o.once ?? randomKey());
  return headers;
}

async function send(method: Method, template: string, o: Plain = {}): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(address(template, o.path, o.query), {
      method: method.toUpperCase(),
      headers: headersFor(method, o),
      body: o.body === undefined || o.body instanceof Blob ? o.body : JSON.stringify(o.body),
      credentials: 'same-origin',
      signal: o.signal,
      keepalive: o.keepalive,
    });
  } catch (cause) {
    if (o.signal?.aborted) throw cause;
    throw new ApiError({
      status: 0,
      code: 'offline',
      title: t('error.offline.title'),
      detail: t('error.offline.text'),
    });
  }
  if (answer.ok) return answer.status === 204 ? undefined : readJson(answer);
  const error = problemOf(answer.status, await answer.text(), answer.headers);
  tellSignedOut(error);
  throw error;
}

async function readJson(answer: Response): Promise<unknown> {
  const text = await answer.text();
  return text ? (JSON.parse(text) as unknown) : undefined;
}

type Call<M extends Method> = <P extends PathFor<M>>(path: P, ...args: Args<Op<M, P>>) => Promise<Answer<M, P>>;

const writes = new Set<Promise<unknown>>();

/**
 * written resolves when everything that was sent to be written until now has its answer and whoever asked has heard of it, at
 * the latest after `most` ms.
 */
export async function written(most = 3000): Promise<void> {
  if (writes.size === 0) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((done) => (timer = setTimeout(done, most)));
  const heard = Promise.allSettled(writes).then(() => new Promise((done) => setTimeout(done)));
  await Promise.race([heard, late]);
  clearTimeout(timer);
}

function call<M extends Method>(method: M): Call<M> {
  if (method === 'get') return ((path: string, options?: Plain) => send(method, path, options)) as Call<M>;
  return ((path: string, options?: Plain) => {
    const sent = send(method, path, options);
    writes.add(sent);
    const over = () => writes.delete(sent);
    sent.then(over, over);
    return sent;
  }) as Call<M>;
}

/** get reads. */
export const get = call('get');
/** post creates or acts; it carries an Idempotency-Key, so that trying again does nothing twice (`once` to choose it). */
export const post = call('post');
/** put replaces; give `rev`. */
export const put = call('put');
/** patch changes some fields; give `rev`. */
export const patch = call('patch');
/** del removes; give `rev` where the thing has one. */
export const del = call('delete');
