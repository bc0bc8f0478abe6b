/**
 * The keys that people may change. A screen writes its own as a table in a plain module (<noun>/keymap.ts), so that the
 * page of all keys lists them without loading the screen, and makes its actions from the rows:
 *
 *   export const reviewTable = keyTable('nav.review', [{ id: 'review.pick', keys: 'p', label: 'review.key.pick' }, ...]);
 *   useKeys(t('nav.review'), () => [reviewTable.act('review.pick', { run: pick, once: true })]);
 *
 * A KeyHint, a Button or a menu names such a key by its id, and shows what the person has made of it.
 */
import { t, type Key, type Params } from './i18n.svelte';
import type { KeyAction } from './keymap.svelte';

/** KeyRow is one act with the keys that it has from the start. */
export interface KeyRow {
  /** id is stable: it is what a person's own keys are kept under. Lower case, dots, dashes. */
  id: string;
  keys: string | string[];
  label: Key;
  params?: Params;
}

/** KeyTable is the acts of one screen. */
export interface KeyTable<I extends string = string> {
  group: Key;
  rows: readonly KeyRow[];
  /** beside are the tables whose keys are in force on the same screen. */
  beside: readonly KeyTable[];
  /** act is one of them, ready for useKeys. */
  act(id: I, more: Act): KeyAction;
}

type Act = Omit<KeyAction, 'id' | 'keys' | 'label'> & { label?: string };

const idForm = /^[a-z][a-z0-9]*(\.[a-z0-9-]+)+$/;
const usual = new Map<string, string[]>();

/** isKeyId tells the name of an act from the name of a key. */
export function isKeyId(text: string): boolean {
  return idForm.test(text);
}

/** listed is keys as a list. */
export function listed(keys: string | string[]): string[] {
  return Array.isArray(keys) ? keys : [keys];
}

/** usualKeys is the keys that an act has from the start; none where its screen was never loaded. */
export function usualKeys(id: string): string[] {
  return usual.get(id) ?? [];
}

/** keyTable makes a screen's table; a name that is malformed or taken is a fault of the program. */
export function keyTable<const R extends readonly KeyRow[]>(
  group: Key,
  rows: R,
  beside: readonly KeyTable[] = [],
): KeyTable<R[number]['id']> {
  const byId = new Map<string, KeyRow>();
  for (const row of rows) {
    if (!isKeyId(row.id) || usual.has(row.id)) throw new Error(`the key ${row.id} has no good name of its own`);
    usual.set(row.id, listed(row.keys));
    byId.set(row.id, row);
  }
  return {
    group,
    rows,
    beside,
    act(id, more) {
      const row = byId.get(id)!;
      return { label: t(row.label, row.params), ...more, id: row.id, keys: row.keys };
    },
  };
}
