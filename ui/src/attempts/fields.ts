/** The fields of an attempt as a form holds them, and what of them is sent. Seeds are text: 64 bits do not survive a float. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { decimals, isKnown, parseMoney, type Currency } from './money';

export type Attempt = Schema<'Attempt'>;
export type Status = Attempt['status'];
type In = Schema<'AttemptIn'>;
type Edit = Schema<'AttemptEdit'>;

/** asked are the settings of a sampler; texts are all fields that are edited as they stand. */
export const asked = ['steps', 'cfg', 'sampler', 'scheduler', 'denoise'] as const;
export const texts = [
  'service',
  'model',
  'prompt',
  'negative',
  'seed',
  'size',
  'duration',
  'ratio',
  'mode',
  'task_id',
  'reason',
  'remark',
  ...asked,
] as const;
/** known are the fields shown only where something says them. */
export const known = [...asked, 'duration', 'ratio', 'mode', 'task_id'] as const;
export const statuses: Status[] = ['failed', 'refused', 'succeeded', 'queued', 'running', 'cancelled'];

type TextField = (typeof texts)[number];

/** Draft is a form's content: all text. */
export type Draft = Record<TextField, string> & { status: Status; cost: string; currency: Currency };
export type Faults = Partial<Record<keyof Draft, string>>;

/** emptyDraft is a new form: most attempts without a file are failures. */
export function emptyDraft(): Draft {
  const blank = Object.fromEntries(texts.map((f) => [f, ''])) as Record<TextField, string>;
  return { ...blank, status: 'failed', cost: '', currency: 'CNY' };
}

/** draftOf fills a form from an attempt. */
export function draftOf(a: Attempt): Draft {
  const draft = emptyDraft();
  for (const f of texts) draft[f] = a[f];
  draft.status = a.status;
  if (isKnown(a.cost)) {
    draft.cost = decimals(a.cost);
    draft.currency = a.cost.currency as Currency;
  }
  return draft;
}

// What belongs to one try alone: how it went, and the names that the service gave it.
const once = ['task_id', 'reason', 'remark'] as const;

/** carryOver fills a form with what is asked for again; how it went stays. With newSeed the seed is left to chance. */
export function carryOver(last: Attempt, draft: Draft, newSeed = false): Draft {
  const next = { ...draftOf(last), status: draft.status };
  for (const f of once) next[f] = draft[f];
  return newSeed ? { ...next, seed: '' } : next;
}

/** nextOf is the form after one was saved: the request stays, what happened to it goes. */
export function nextOf(draft: Draft): Draft {
  return { ...draft, seed: '', task_id: '', reason: '', remark: '' };
}

function tidy(field: TextField, text: string): string {
  return field === 'seed' || field === 'size' || field === 'ratio'
    ? text.normalize('NFKC').replace(/\s/g, '')
    : text.trim();
}

/** faultsOf says what in a form cannot be sent. */
export function faultsOf(draft: Draft): Faults {
  const faults: Faults = {};
  if (!/^(-?\d+)?$/.test(tidy('seed', draft.seed))) faults.seed = t('attempts.fault.seed');
  if (!parseMoney(draft.cost, draft.currency)) faults.cost = t('attempts.fault.cost');
  return faults;
}

/** toIn is the body of a new attempt; empty fields are left out. */
export function toIn(draft: Draft): In {
  const body: In = { status: draft.status };
  for (const f of texts) {
    const value = tidy(f, draft[f]);
    if (value) body[f] = value;
  }
  const cost = parseMoney(draft.cost, draft.currency);
  if (cost && isKnown(cost)) body.cost = cost;
  return body;
}

/** toEdit is what a form changes about an attempt; an empty object where it changes nothing. */
export function toEdit(a: Attempt, draft: Draft): Edit {
  const edit: Edit = {};
  for (const f of texts) {
    const value = tidy(f, draft[f]);
    if (value !== a[f]) edit[f] = value;
  }
  if (draft.status !== a.status) edit.status = draft.status;
  const cost = parseMoney(draft.cost, draft.currency);
  if (cost && (cost.amount !== a.cost.amount || cost.currency !== a.cost.currency)) edit.cost = cost;
  return edit;
}

/** backOf is the edit that takes another one back. */
export function backOf(before: Attempt, edit: Edit): Edit {
  return Object.fromEntries(Object.keys(edit).map((f) => [f, before[f as keyof Attempt]])) as Edit;
}

/** statusesAfter are the statuses that may follow, itself first; an attempt that ended changes only its reading. */
export function statusesAfter(from: Status): Status[] {
  const after: Record<Status, Status[]> = {
    queued: ['running', 'succeeded', 'failed', 'refused', 'cancelled'],
    running: ['succeeded', 'failed', 'refused', 'cancelled'],
    failed: ['refused'],
    refused: ['failed'],
    succeeded: [],
    cancelled: [],
  };
  return [from, ...after[from]];
}
