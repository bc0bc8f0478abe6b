/**
 * Logging what came to shots: one act, no question. It lives beside the one upload queue, so that leaving the desk stops
 * nothing. `logArrivals` sorts and sends; `waiting(shot)` is what stands in the list meanwhile; `onLogged` hears of each
 * attempt; `outcomes()` is the account that the panel at the foot shows.
 */
import { del, get } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { asError } from '../lib/problem';
import { toast, toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import type { Job, Sending } from '../lib/upload';
import { retryUpload, send, sendings, setUploadPanel } from '../lib/uploads.svelte';
import { noteSheets } from '../references/note';
import { openArchives } from './archive';
import type { Gathered } from './arrival';
import {
  elsewhere,
  headline,
  newOf,
  sentence,
  settled,
  wantsPanel,
  type AttemptRow,
  type Batch,
  type Became,
  type Outcome,
} from './batch';
import { group } from './group';
import { jobsOf, knownOnly, type Ends, type Way } from './sending';

/** Offer is a text that somebody dropped as a file: a card to book, or words about an attempt that is there. */
export interface Offer {
  outcome: Outcome;
  batch: Batch;
}

let account = $state.raw<Outcome[]>([]);
let offered = $state.raw<Offer | undefined>();
let shown: Batch[] = [];
let nextId = 1;
const jobs = new WeakMap<Outcome, Job>();
const listeners = new Set<(row: AttemptRow) => void>();
const mourners = new Set<(id: string) => void>();
const batches = new Set<Batch>();

/** onLogged calls fn with every attempt that a file made or changed; it returns how to stop. */
export function onLogged(fn: (row: AttemptRow) => void): () => void {
  listeners.add(fn);
  return () => listeners.delete(fn);
}

/** onGone calls fn with the id of every attempt that was taken back; it returns how to stop. */
export function onGone(fn: (id: string) => void): () => void {
  mourners.add(fn);
  return () => mourners.delete(fn);
}

let heard: AttemptRow[] = [];

/** hearRow tells the listeners of an attempt. Hundreds may come in a moment; a page then draws them together. */
export function hearRow(row: AttemptRow): void {
  if (heard.push(row) > 1) return;
  setTimeout(() => {
    const rows = heard;
    heard = [];
    for (const one of rows) for (const hear of listeners) hear(one);
  }, 80);
}

/** waiting is what to show for a shot besides its attempts: files on their way, those refused, and how many wait. */
export function waiting(shot: string): { moving: Sending[]; failed: Sending[]; queued: number } {
  const mine = sendings().filter((s) => s.group === shot);
  const of = (state: Sending['state']) => mine.filter((s) => s.state === state);
  // While the account stands it names the refused ones itself.
  const failed = account.length > 0 ? [] : of('failed');
  return { moving: of('sending'), failed, queued: of('waiting').length };
}

/**
 * logArrivals logs what came to a shot: archives are opened, what belongs together goes together, the rest is named; `day`
 * is the shooting day of clips from a camera.
 */
export async function logArrivals(
  from: Gathered,
  shot: string,
  label: string,
  way: Way = 'upload',
  day?: string,
): Promise<void> {
  const { parcels, cards, system, lost } = group(await knownOnly(await openArchives(from)));
  const batch: Batch = { shot, label, all: [], told: false };
  const note = (path: string, size: number, became: Became, why = ''): Outcome => {
    const outcome = { id: nextId++, path, size, shot, label, became, why };
    batch.all.push(outcome);
    return outcome;
  };
  const ends: Ends = { landed: (o, row, as) => landed(batch, o, row, as), end: (o, as, why) => end(batch, o, as, why) };
  const to = { shot, label, way, day };
  const out = parcels.flatMap((p) => jobsOf(p, to, (a) => note(a.path, a.size, 'open'), ends));
  for (const a of cards) note(a.path, a.size, 'card').card = a;
  for (const l of lost) note(l.path, l.size, l.unknown ? 'unknown' : 'lost', l.why);
  for (const a of system) note(a.path, a.size, 'system');
  if (batch.all.length === 0) return;
  batches.add(batch);
  for (const { job, outcome } of out) jobs.set(outcome, job);
  send(out.map((o) => o.job)).forEach((id, i) => (out[i]!.outcome.sending = id));
  const [only] = batch.all;
  if (batch.all.length === 1 && only?.card) offer(only);
  else if (settled(batch)) tell(batch);
}

function landed(batch: Batch, outcome: Outcome, row: AttemptRow, became: Became): void {
  outcome.row = row;
  if (became === 'new') draw(row);
  if (became !== 'duplicate') hearRow(row);
  end(batch, outcome, became);
}

// The row shows at once; what it was drawn from is told to the server behind it.
function draw(row: AttemptRow): void {
  noteSheets(row.attempt).then((attempt) => attempt !== row.attempt && hearRow({ ...row, attempt }), toastError);
}

/** end notes what a file became; a batch whose last file it was is told. */
function end(batch: Batch, outcome: Outcome, became: Became, why = ''): void {
  Object.assign(outcome, { became, why });
  if (batch.told && !shown.includes(batch)) tellOne(batch, outcome);
  else if (!batch.told && settled(batch)) tell(batch);
  publish();
}

function tell(batch: Batch): void {
  batch.told = true;
  batches.delete(batch);
  const panel = wantsPanel(batch.all) || shown.length > 0;
  const said = headline(batch);
  if (panel) {
    shown = [...shown, batch];
    publish();
    void import('./Summary.svelte').then((m) => setUploadPanel(shown.length > 0 ? m.default : undefined));
  }
  if (said) did(said, () => takeBack(newOf(batch.all)), panel);
  if (!panel) for (const o of batch.all) tellOne(batch, o);
}

/** tellOne says in a toast what the headline of its batch does not. */
function tellOne(batch: Batch, o: Outcome): void {
  if (o.became === 'new' && batch.told && !elsewhere(o)) return;
  const name = o.path.slice(o.path.lastIndexOf('/') + 1);
  const [other] = o.row?.elsewhere ?? [];
  const at = o.became === 'new' && other ? hrefOf(other.shot_id, other.attempt_id) : rowHref(o);
  const link = at ? { href: at, label: t('act.open') } : undefined;
  const more = o.became === 'new' ? '' : elsewhere(o);
  if (o.became === 'new') toast(`${name}: ${elsewhere(o)}`, { link });
  else if (['duplicate', 'joined'].includes(o.became)) toast(`${name}: ${sentence(o)}`, { more, link });
  else if (['refused', 'unknown', 'lost'].includes(o.became)) toast(t('attempts.faulty', { name, why: o.why }));
}

/** hrefOf is the address of one attempt on the desk. */
export const hrefOf = (shot: string, attempt: string): string =>
  `/draw?shot=${encodeURIComponent(shot)}&attempt=${encodeURIComponent(attempt)}`;

/** rowHref is the address of the attempt that a file became part of; '' for none. */
export function rowHref(o: Outcome): string {
  return o.row ? hrefOf(o.row.attempt.shot_id, o.row.attempt.id) : '';
}

let due = false;

// Hundreds of answers come in a moment; the account is copied once for all of them.
function publish(): void {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    account = shown.flatMap((b) => b.all.map((o) => ({ ...o })));
  }, 150);
}

/** outcomes is the account as it stands. */
export function outcomes(): Outcome[] {
  return account;
}

/** closeAccount takes the account away; what still fails stays in the bar. */
export function closeAccount(): void {
  shown = [];
  account = [];
  setUploadPanel(undefined);
}

function originalOf(id: number): { batch: Batch; outcome: Outcome } | undefined {
  for (const batch of shown) {
    const outcome = batch.all.find((o) => o.id === id);
    if (outcome) return { batch, outcome };
  }
  return undefined;
}

/** sendAgain tries a file of the account once more. */
export function sendAgain(id: number): void {
  const found = originalOf(id);
  const job = found && jobs.get(found.outcome);
  if (!found || !job) return;
  found.outcome.became = 'open';
  publish();
  if (found.outcome.sending === undefined || !retryUpload(found.outcome.sending)) [found.outcome.sending] = send([job]);
}

/** undoNew takes back every attempt that the account's files made. */
export function undoNew(): Promise<void> {
  return takeBack(newOf(shown.flatMap((b) => b.all)));
}

const atOnce = 4;

async function takeBack(all: Outcome[]): Promise<void> {
  const rest = newOf(all);
  let fault: unknown;
  const worker = async () => {
    for (let o = rest.shift(); o; o = rest.shift()) {
      try {
        await deleteAttempt(o.row!.attempt.id, o.row!.attempt.rev);
        o.became = 'undone';
      } catch (cause) {
        fault = cause;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  publish();
  if (fault) throw fault;
}

/** deleteAttempt deletes an attempt that may have changed since its revision was read, or be gone already. */
export async function deleteAttempt(id: string, rev: number): Promise<void> {
  await removeAttempt(id, rev);
  for (const gone of mourners) gone(id);
}

async function removeAttempt(id: string, rev: number): Promise<void> {
  const path = { attempt: id };
  try {
    await del('/attempts/{attempt}', { path, rev });
  } catch (cause) {
    const { code, status } = asError(cause);
    if (status === 404) return;
    if (code !== 'stale') throw cause;
    const now = await get('/attempts/{attempt}', { path });
    await del('/attempts/{attempt}', { path, rev: now.row.attempt.rev });
  }
}

/** offer asks somebody what a dropped text is; the desk shows the question. */
export function offer(outcome: Outcome): void {
  const batch = [...shown, ...batches].find((b) => b.all.some((o) => o.id === outcome.id));
  const original = batch?.all.find((o) => o.id === outcome.id);
  if (batch && original?.card) offered = { batch, outcome: original };
}

/** offeredText is the text that waits for an answer. */
export function offeredText(): Offer | undefined {
  return offered;
}

/** answered closes the question: with what the text became, or without an answer, which leaves it in the account. */
export function answered(of: Offer, row?: AttemptRow, became: Became = 'new'): void {
  offered = undefined;
  if (row) landed(of.batch, of.outcome, row, became);
  else if (!of.batch.told) tell(of.batch);
}
