/** One paste or drop: what came of its files, and the words that tell it. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';

export type AttemptRow = Schema<'AttemptRow'>;

/** Batch is the files that came together for one shot. */
export interface Batch {
  shot: string;
  label: string;
  all: number;
  logged: AttemptRow[];
  duplicates: number;
  faults: { name: string; why: string }[];
  told: boolean;
}

/** newBatch begins one. */
export function newBatch(shot: string, label: string, all: number): Batch {
  return { shot, label, all, logged: [], duplicates: 0, faults: [], told: false };
}

/** settled tells whether every file of a batch has an answer. */
export function settled(b: Batch): boolean {
  return b.logged.length + b.duplicates + b.faults.length >= b.all;
}

/** headline says what was logged; '' where nothing was. */
export function headline(b: Batch): string {
  return b.logged.length > 0 ? t('attempts.logged', { n: b.logged.length, label: b.label }) : '';
}

/** rest says what was not logged and why: duplicates, then the first fault by name. */
export function rest(b: Batch): string {
  const parts: string[] = [];
  if (b.duplicates > 0) parts.push(t('attempts.duplicates', { n: b.duplicates }));
  const first = b.faults[0];
  if (first) {
    parts.push(t('attempts.faulty', { name: first.name, why: first.why }));
    if (b.faults.length > 1) parts.push(t('attempts.faultyMore', { n: b.faults.length - 1 }));
  }
  return parts.join(t('attempts.joiner'));
}
