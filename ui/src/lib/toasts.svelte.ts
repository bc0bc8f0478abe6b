/** Short words about what was done. At most three stand; errors stay until closed. Undo is offered where there is a way back. */
import { untrack } from 'svelte';
import { asError } from './problem';

export interface Toast {
  id: number;
  tone: 'info' | 'good' | 'error' | 'milestone';
  text: string;
  /** more is a second, smaller line. */
  more?: string;
  /** link is where to look at what the text speaks of. */
  link?: { href: string; label: string };
  undo?: () => void;
  /** byHand tells that the undo key takes something else back here. */
  byHand?: boolean;
}

const most = 3;
const stays = 6_000;
const staysWithUndo = 10_000;

let list = $state<Toast[]>([]);
let next = 1;

/** toasts is what stands now, oldest first. */
export function toasts(): Toast[] {
  return list;
}

/** closeToast takes one away. */
export function closeToast(id: number): void {
  list = untrack(() => list).filter((x) => x.id !== id);
}

/** toast shows a text; with `undo` it offers the way back for ten seconds. */
export function toast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): number {
  const one: Toast = { id: next++, tone: 'info', text, ...more };
  let kept = untrack(() => list);
  if (kept.length >= most) {
    const goes = kept.find((x) => x.tone !== 'error') ?? kept[0];
    kept = kept.filter((x) => x !== goes);
  }
  list = [...kept, one];
  if (one.tone !== 'error') setTimeout(() => closeToast(one.id), one.undo ? staysWithUndo : stays);
  return one.id;
}

/** toastError says what the server refused and stays until it is closed; the same words stand only once. */
export function toastError(cause: unknown): void {
  const error = asError(cause);
  if (untrack(() => list).some((x) => x.tone === 'error' && x.text === error.title && x.more === error.detail)) return;
  toast(error.title, { tone: 'error', more: error.detail });
}
