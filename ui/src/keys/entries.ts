/** Every act that has a key, and which of them get in each other's way. */
import { keyLabel } from '../lib/chord';
import { t } from '../lib/i18n.svelte';
import type { OwnKeys } from '../lib/keys.svelte';
import { listed, type KeyTable } from '../lib/keytable';
import { everywhere, tables } from './tables';

/** Entry is one act of the page of all keys. */
export interface Entry {
  id: string;
  label: string;
  group: string;
  table: KeyTable;
  /** usual is the keys from the start, keys those in force. */
  usual: readonly string[];
  keys: readonly string[];
  changed: boolean;
}

/** Clash is another act in force on the same screen, with its key that gets in the way. */
export interface Clash {
  entry: Entry;
  key: string;
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((k, i) => k === b[i]);

/** entriesOf is every act with its keys, in the order of the page. */
export function entriesOf(own: OwnKeys, all: readonly KeyTable[] = tables): Entry[] {
  return all.flatMap((table) =>
    table.rows.map((row) => {
      const usual = listed(row.keys);
      const keys = own[row.id] ?? usual;
      const words = { label: t(row.label, row.params), group: t(table.group) };
      return { id: row.id, ...words, table, usual, keys, changed: !same(keys, usual) };
    }),
  );
}

/** together tells whether the keys of two tables can be in force on one screen. */
export function together(a: KeyTable, b: KeyTable, always: KeyTable = everywhere): boolean {
  return a === b || a === always || b === always || a.beside.includes(b) || b.beside.includes(a);
}

/** meet tells whether two keys get in each other's way: the same, or one the beginning of the other. */
export function meet(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}

/** clashes are the acts with which an act would share a key. What shares its keys from the start does so on purpose. */
export function clashes(entries: readonly Entry[], entry: Entry, key: string, always: KeyTable = everywhere): Clash[] {
  return entries.flatMap((other) => {
    if (other.id === entry.id || !together(entry.table, other.table, always)) return [];
    return other.keys
      .filter((k) => meet(k, key) && !(entry.usual.includes(key) && other.usual.includes(k)))
      .map((k) => ({ entry: other, key: k }));
  });
}

/** found tells whether an entry answers a search: by its words, its screen or its keys. */
export function found(entry: Entry, search: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase();
  const wanted = plain(search).trim();
  const texts = [entry.label, entry.group, ...entry.keys.map((k) => keyLabel(k)), ...entry.keys];
  return texts.some((text) => plain(text).includes(wanted));
}

/** groupsOf puts entries under their screens, and leaves out screens without any. */
export function groupsOf(entries: readonly Entry[]): { title: string; entries: Entry[] }[] {
  const groups = new Map<KeyTable, Entry[]>();
  for (const entry of entries) groups.set(entry.table, [...(groups.get(entry.table) ?? []), entry]);
  return [...groups.values()].map((list) => ({ title: list[0]!.group, entries: list }));
}

/** withKeys is the own keys with those of an act changed; the usual ones are no change. */
export function withKeys(own: OwnKeys, entry: Entry, keys: readonly string[]): OwnKeys {
  const next = { ...own, [entry.id]: keys };
  if (same(keys, entry.usual)) delete next[entry.id];
  return next;
}

/** placed is the keys of an act with one put in the place of another, or at the end; none twice. */
export function placed(keys: readonly string[], key: string, instead: string): string[] {
  const at = keys.indexOf(instead);
  const next = at < 0 ? [...keys, key] : keys.map((k, i) => (i === at ? key : k));
  return next.filter((k, i) => next.indexOf(k) === i);
}

/** swapped gives a key to an act and, to the first of those that had it, the one that it takes the place of. */
export function swapped(own: OwnKeys, entry: Entry, key: string, instead: string, others: readonly Clash[]): OwnKeys {
  let next = withKeys(own, entry, placed(entry.keys, key, instead));
  others.forEach((clash, i) => {
    const keys = next[clash.entry.id] ?? clash.entry.usual;
    const rest = keys.filter((k) => k !== clash.key);
    next = withKeys(next, clash.entry, i === 0 && instead ? placed(keys, instead, clash.key) : rest);
  });
  return next;
}
