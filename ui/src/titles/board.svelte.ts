/** The title that a page is about: its name for the head, its stage and its figures. */
import { get } from '../lib/client';
import { resource, type Resource } from '../lib/resource.svelte';
import type { Board } from './titles';

/** boardOf reads the board of a title and keeps it fresh; `kinds` are the events that change what the page shows of it. */
export function boardOf(id: () => string, kinds: string[] = ['title']): Resource<Board> {
  return resource(
    (signal) => get('/titles/{title}', { path: { title: id() }, signal }),
    () => ({ title_id: id(), kind: kinds }),
  );
}

/** crumbsOf leads from a page of a title back to the title and to the list. */
export function crumbsOf(words: string, board: Board | undefined): { label: string; href: string }[] {
  const list = { label: words, href: '/titles' };
  return board ? [list, { label: board.title.name, href: `/titles/${board.title.id}` }] : [list];
}
