/** Which attempt the inspector shows. It stands in the address, so that an attempt can be linked to. */
import { tick } from 'svelte';
import { query, setQuery } from '../lib/router.svelte';

/** inspected is the id of the attempt in the inspector, '' for none. */
export function inspected(): string {
  return query('attempt');
}

/** inspect opens it, as a step that Back undoes; going on to another attempt is no step of its own. */
export function inspect(id: string): void {
  setQuery({ attempt: id }, !query('attempt'));
}

/** closeInspector also forgets its view, and puts the focus back on the card. */
export function closeInspector(): void {
  const id = query('attempt');
  setQuery({ attempt: '', tab: '', diff: '', reuse: '' });
  void tick().then(() => document.querySelector<HTMLElement>(`[data-attempt="${CSS.escape(id)}"] button`)?.focus());
}
