/** Path patterns of the route table: '/titles/:t/shots/:s'. */
import type { Component } from 'svelte';
import type { Key } from './i18n.svelte';

type Names<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

/** ParamsOf is what a page of this pattern gets: '/titles/:t' gives { t: string }. */
export type ParamsOf<P extends string> = { [N in Names<P>]: string };

export interface PageProps {
  params: Record<string, string>;
}

/** Route is one line of the table. bare pages stand alone, without rail and top bar, and need no session. */
export interface Route {
  path: string;
  title: Key;
  load: () => Promise<{ default: Component<PageProps> }>;
  bare: boolean;
}

type Loaded<P extends string> = { default: Component<{ params: ParamsOf<P> }> | Component<Record<string, never>> };

/** page writes one line of the route table; the pattern says which params the component must take. */
export function page<P extends string>(path: P, title: Key, load: () => Promise<Loaded<P>>, bare = false): Route {
  return { path, title, load: load as unknown as Route['load'], bare };
}

function readParams(pattern: string, path: string): Record<string, string> | undefined {
  const want = pattern.split('/');
  const have = path.split('/');
  if (want.length !== have.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const got = have[i] ?? '';
    if (part.startsWith(':')) {
      if (got === '') return undefined;
      try {
        params[part.slice(1)] = decodeURIComponent(got);
      } catch {
        return undefined;
      }
    } else if (part !== got) return undefined;
  }
  return params;
}

/** match finds the first route of a path; a slash at the end does not count. */
export function match(routes: Route[], path: string): { route: Route; params: Record<string, string> } | undefined {
  const clean = path.length > 1 ? path.replace(/\/+$/, '') : path;
  for (const route of routes) {
    const params = readParams(route.path, clean || '/');
    if (params) return { route, params };
  }
  return undefined;
}
