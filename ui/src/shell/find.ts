/** What a search found, as ways that the palette can take. */
import type { Schema } from '../lib/client';
import type { Key } from '../lib/i18n.svelte';
import type { Choice } from '../kit/choice';

export type Hit = Schema<'Hit'>;

/** A Way is one line of the palette: where it leads, what it is, and where that belongs. */
export interface Way extends Choice {
  keys?: string;
  kind?: Key;
  /** of is the title that it belongs to. */
  of?: string;
}

const kinds: Record<Hit['kind'], Key> = {
  title: 'nav.titles',
  episode: 'palette.episode',
  scene: 'palette.scene',
  shot: 'palette.shot',
  person: 'palette.person',
  location: 'nav.locations',
  element: 'palette.element',
  reference: 'palette.reference',
};

const inTitle = (hit: Hit, tail: string): string => `/titles/${hit.title_id}/${tail}`;

/** place is the page that shows a hit. */
export function place(hit: Hit): string {
  switch (hit.kind) {
    case 'title':
      return `/titles/${hit.id}`;
    case 'episode':
      return inTitle(hit, `e/${hit.episode}`);
    case 'scene':
      return inTitle(hit, `e/${hit.episode}?scene=${hit.id}`);
    case 'shot':
      return inTitle(hit, `shots/${hit.id}`);
    case 'element':
      return inTitle(hit, `breakdown?element=${hit.id}`);
    case 'reference':
      return inTitle(hit, `references/${hit.id}`);
    case 'location':
      return `/locations/${hit.id}`;
    case 'person':
      return `/people?q=${encodeURIComponent(hit.name)}`;
  }
}

/** wayTo is a hit as a line of the palette. */
export function wayTo(hit: Hit): Way {
  return {
    value: place(hit),
    label: hit.name,
    more: hit.more,
    kind: kinds[hit.kind],
    of: hit.title,
  };
}

/** joined puts what was found behind the pages that fit; a way that is there already comes once. */
export function joined(pages: Way[], found: Way[], most: number): Way[] {
  const there = new Set(pages.map((w) => w.value));
  return [...pages, ...found.filter((w) => !there.has(w.value))].slice(0, most);
}
