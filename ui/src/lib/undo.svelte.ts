/** The way back: the last 50 acts of this tab. `did(label, undo)` records one and offers it in a toast; Ctrl+Z takes the last. */
import { written } from './client';
import { t } from './i18n.svelte';
import { closeToast, toast, toastError } from './toasts.svelte';

interface Act {
  label: string;
  at: number;
  undo: () => Promise<unknown> | void;
  toast: number;
}

const most = 50;
let acts: Act[] = [];

/** did records an act; `quiet` shows no toast (marks made by the dozen). */
export function did(label: string, undo: Act['undo'], quiet = false): void {
  const act: Act = { label, at: Date.now(), undo, toast: 0 };
  if (!quiet) act.toast = toast(label, { tone: 'good', undo: () => void take(act) });
  acts = [...acts.slice(1 - most), act];
}

async function take(act: Act): Promise<void> {
  if (!acts.includes(act)) return;
  acts = acts.filter((x) => x !== act);
  closeToast(act.toast);
  try {
    await act.undo();
    toast(t('undo.done', { what: act.label }));
  } catch (cause) {
    toastError(cause);
  }
}

/**
 * undoLast takes the newest act back; it tells whether there was one. An act whose answer is still on its way is the newest: it
 * is waited for, or the key would take back the one before.
 */
export async function undoLast(): Promise<boolean> {
  await written();
  const act = acts.at(-1);
  if (!act) return false;
  await take(act);
  return true;
}

/** lastActAt is when the newest act was made that undoLast would take back, 0 without one (milliseconds since 1970). */
export function lastActAt(): number {
  return acts.at(-1)?.at ?? 0;
}

/** forgetUndo drops all acts, as after signing out. */
export function forgetUndo(): void {
  acts = [];
}
