/** What the breakdown works out by itself: elements by kind, how typed text finds them, their form, what a merge does. */
import type { Schema } from '../lib/client';

export type Element = Schema<'Element'>;
export type ElementIn = Schema<'ElementIn'>;
export type ElementKind = Element['kind'];
export type SceneNeeds = Schema<'SceneNeeds'>;
type Location = Schema<'Location'>;

/** kinds in the order in which a breakdown lists them. */
export const kinds: ElementKind[] = ['character', 'prop', 'place'];

const glyphs: Record<ElementKind, string> = { character: '◉', prop: '◆', place: '▣' };

/** glyphOf stands before an element's name, so that its kind is told without colour. */
export const glyphOf = (kind: ElementKind): string => glyphs[kind];

/** plain is how names are compared: NFKC, without blanks and case. 李丽 and 李莉 stay two. */
export const plain = (s: string): string => s.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

const namesOf = (e: Element): string[] => [e.name, ...e.aliases];

/** byUse puts what most scenes need first, then who speaks most, then by name. */
export function byUse(a: Element, b: Element): number {
  return b.scenes - a.scenes || b.lines - a.lines || a.name.localeCompare(b.name, 'zh-CN');
}

/** ofKind is the elements of one kind, most used first; with a text those that it finds by name or alias. */
export function ofKind(all: Element[], kind: ElementKind, text = ''): Element[] {
  const want = plain(text);
  const hit = (e: Element) => !want || namesOf(e).some((n) => plain(n).includes(want));
  return all.filter((e) => e.kind === kind && hit(e)).sort(byUse);
}

/** Offer is one line of the list under a text: an element that is there, or a new one of a kind. */
export type Offer = { element: Element } | { kind: ElementKind; name: string };

/** offers is what a typed text may mean: elements not taken yet, names that begin with it first, then new ones where no name is the same. */
export function offers(all: Element[], taken: string[], text: string, may: ElementKind[] = kinds): Offer[] {
  const want = plain(text);
  const free = all.filter((e) => !taken.includes(e.id) && may.includes(e.kind));
  const begins = (e: Element) => (namesOf(e).some((n) => plain(n).startsWith(want)) ? 0 : 1);
  const hits = free.filter((e) => namesOf(e).some((n) => plain(n).includes(want)));
  const found: Offer[] = hits
    .sort((a, b) => begins(a) - begins(b) || byUse(a, b))
    .slice(0, 30)
    .map((element) => ({ element }));
  if (!want) return found;
  const name = text.normalize('NFC').trim();
  // What a script does not name is a prop most of the time.
  const makes = (['prop', 'character', 'place'] as const).filter(
    (kind) => may.includes(kind) && !all.some((e) => e.kind === kind && namesOf(e).some((n) => plain(n) === want)),
  );
  return [...found, ...makes.map((kind) => ({ kind, name }))];
}

/** Draft is an element as its form holds it; aliases stand one on a line. */
export interface Draft {
  kind: string;
  name: string;
  aliases: string;
  note: string;
}

/** draftOf fills the form with an element, or for a new one of a kind. */
export function draftOf(e?: Element, kind: ElementKind = 'character'): Draft {
  return { kind: e?.kind ?? kind, name: e?.name ?? '', aliases: (e?.aliases ?? []).join('\n'), note: e?.note ?? '' };
}

/** bodyOf is what the form sends: all that is filled in for a new element, only what differs for a present one. */
export function bodyOf(draft: Draft, was?: Element): ElementIn {
  const before = draftOf(was);
  const out: ElementIn = {};
  const name = draft.name.trim();
  if (!was) Object.assign(out, { kind: draft.kind as ElementKind, name });
  else if (name !== before.name) out.name = name;
  const aliases = draft.aliases
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if (aliases.join('\n') !== before.aliases) out.aliases = aliases;
  if (draft.note.trim() !== before.note) out.note = draft.note.trim();
  return out;
}

/** backOf is the change that takes a change back. */
export function backOf(body: ElementIn, was: Element): ElementIn {
  const old: ElementIn = {
    name: was.name,
    aliases: was.aliases,
    note: was.note,
    location_id: was.location_id ?? '',
  };
  return Object.fromEntries(Object.keys(body).map((field) => [field, old[field as keyof ElementIn]])) as ElementIn;
}

/** againOf makes a deleted element anew. */
export function againOf(e: Element): ElementIn {
  const body: ElementIn = { kind: e.kind, name: e.name, aliases: e.aliases, note: e.note };
  return e.location_id ? { ...body, location_id: e.location_id } : body;
}

/** sameName is the location that is called exactly as a place of the script, by its name or an alias. */
export function sameName(place: Element, locations: Location[]): Location | undefined {
  const names = new Set(namesOf(place).map(plain));
  return locations.find((l) => [l.name, ...l.aliases].some((n) => names.has(plain(n))));
}
