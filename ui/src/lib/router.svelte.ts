/**
 * Where the reader is. The address holds everything that makes a screen: path, params and, as the query, filters and views.
 * `go('/titles/1')` moves; `setQuery({ state: 'todo' })` changes filters without a new page; plain <a href> works by itself.
 */
import { untrack } from 'svelte';
import { match, type Route } from './match';

type Guard = () => string | undefined;

interface Place {
  path: string;
  search: string;
  hash: string;
}

function here(): Place {
  return { path: location.pathname, search: location.search, hash: location.hash };
}

let place = $state.raw<Place>(here());
let visit = $state(0);

const guards = new Set<Guard>();
const scrolls = new Map<string, number>();
let asked: ((question: string) => Promise<boolean>) | undefined;
let entry = 0;
let waiting = 0;

// An address that did not change tells nobody that it did.
function arrive(): void {
  const now = here();
  const old = untrack(() => place);
  if (now.path !== old.path || now.search !== old.search || now.hash !== old.hash) place = now;
}

/** at is the present path. */
export function at(): string {
  return place.path;
}

/** visits grows with every new page, so that focus and scroll follow it; a changed query is no new page. */
export function visits(): number {
  return visit;
}

/** found is the route and params of the present path. */
export function found(routes: Route[]): ReturnType<typeof match> {
  return match(routes, place.path);
}

/** query reads one value of the address, '' where it is not there. */
export function query(name: string): string {
  return new URLSearchParams(place.search).get(name) ?? '';
}

/** queryAll reads every value of a name that may repeat. */
export function queryAll(name: string): string[] {
  return new URLSearchParams(place.search).getAll(name);
}

/** hash is what stands behind # in the address, without it; one-time codes come this way and never reach the server. */
export function hash(): string {
  return decodeURIComponent(place.hash.slice(1));
}

export type QueryPatch = Record<string, string | number | boolean | string[] | null | undefined>;

/** withQuery is the present address with some of its query changed; '' null undefined false take a name away. */
export function withQuery(patch: QueryPatch, search: string = place.search, path: string = place.path): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    next.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '' && one !== false) next.append(name, String(one));
    }
  }
  const tail = next.toString();
  return path + (tail ? `?${tail}` : '');
}

/** setQuery changes filters or the view in place; `push` makes it a step that Back undoes. */
export function setQuery(patch: QueryPatch, push = false): void {
  write(
    untrack(() => withQuery(patch)),
    !push,
  );
  arrive();
}

function write(to: string, replace: boolean): void {
  if (replace) history.replaceState({ entry }, '', to);
  else {
    scrolls.set(String(entry), scrollY);
    entry = Date.now();
    history.pushState({ entry }, '', to);
  }
}

/** guardLeaving asks before the page is left while `guard` answers with a question; it returns how to stop. */
export function guardLeaving(guard: Guard): () => void {
  guards.add(guard);
  return () => guards.delete(guard);
}

/** askWith names how the question is put to the reader (the shell's dialog). */
export function askWith(ask: (question: string) => Promise<boolean>): void {
  asked = ask;
}

function question(): string | undefined {
  for (const guard of guards) {
    const q = guard();
    if (q) return q;
  }
  return undefined;
}

async function mayLeave(): Promise<boolean> {
  const q = question();
  return !q || !asked || (await asked(q));
}

/** go moves to a new page; `replace` leaves no step back. It resolves to false when the reader chose to stay. */
export function go(to: string, replace = false): Promise<boolean> {
  // An effect that moves the reader on must not depend on where the reader is.
  return untrack(() => move(to, replace));
}

async function move(to: string, replace: boolean): Promise<boolean> {
  const turn = ++waiting;
  const same = new URL(to, location.href).pathname === place.path;
  if (!same && !(await mayLeave())) return false;
  if (turn !== waiting) return false;
  write(to, replace);
  arrive();
  if (!same) {
    visit++;
    scrollTo(0, 0);
  }
  return true;
}

function onClick(e: MouseEvent): void {
  if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  const link = e.target instanceof Element ? e.target.closest('a') : null;
  if (!link?.href || link.target || link.hasAttribute('download')) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.pathname.startsWith('/api/') || link.dataset.native !== undefined) return;
  if (to.pathname === location.pathname && to.search === location.search && to.hash) return;
  e.preventDefault();
  void go(to.pathname + to.search + to.hash);
}

function onPop(): void {
  scrolls.set(String(entry), scrollY);
  entry = (history.state as { entry?: number } | null)?.entry ?? 0;
  const before = place.path;
  arrive();
  if (place.path === before) return;
  visit++;
  const y = scrolls.get(String(entry)) ?? 0;
  // The page that comes back is drawn after its data, so the old place is tried for a moment.
  let tries = 20;
  const restore = () => {
    scrollTo(0, y);
    if (scrollY < y && tries-- > 0) requestAnimationFrame(restore);
  };
  requestAnimationFrame(restore);
}

function onUnload(e: BeforeUnloadEvent): void {
  if (question()) e.preventDefault();
}

/** startRouter listens to links and to Back; it returns how to stop. */
export function startRouter(): () => void {
  history.scrollRestoration = 'manual';
  entry = (history.state as { entry?: number } | null)?.entry ?? 0;
  addEventListener('click', onClick);
  addEventListener('popstate', onPop);
  addEventListener('beforeunload', onUnload);
  return () => {
    removeEventListener('click', onClick);
    removeEventListener('popstate', onPop);
    removeEventListener('beforeunload', onUnload);
  };
}
