/**
 * Logging files to shots: one act, no question. It lives beside the one upload queue, so that leaving the desk stops nothing.
 * `logFiles` sends; `waiting(shot)` is what stands in the list meanwhile; `onLogged` hears of each new attempt.
 */
import { del, get } from '../lib/client';
import { onEvent } from '../lib/events.svelte';
import { t } from '../lib/i18n.svelte';
import { ApiError } from '../lib/problem';
import { me } from '../lib/session.svelte';
import { toast } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import type { Sending } from '../lib/upload';
import { sendings, upload } from '../lib/uploads.svelte';
import { headline, newBatch, rest, settled, type AttemptRow, type Batch } from './batch';
import { posterOf, sendPoster } from './poster';

/** Waiting is a file that is on its way to a shot, or that was not taken. */
export interface Waiting {
  id: number;
  shot: string;
  where: string;
  name: string;
  size: number;
  fault?: string;
  sent?: number;
  /** queued tells that its turn has not come. */
  queued?: boolean;
}

let list = $state.raw<Waiting[]>([]);
let nextId = 1;
const listeners = new Set<(row: AttemptRow) => void>();
const open = new Set<Batch>();

/** onLogged calls fn with every attempt that a file made; it returns how to stop. */
export function onLogged(fn: (row: AttemptRow) => void): () => void {
  listeners.add(fn);
  return () => listeners.delete(fn);
}

/** sendingOf finds a waiting file in the queue: the oldest of its name, size and target that is not over. */
export function sendingOf(w: Waiting, all: Sending[]): Sending | undefined {
  return all.find(
    (s) =>
      s.name === w.name && s.size === w.size && s.where === w.where && (s.state === 'waiting' || s.state === 'sending'),
  );
}

/** waiting is what to show for a shot besides its attempts: files on their way, and those that were refused. */
export function waiting(shot: string): Waiting[] {
  const all = sendings();
  return list
    .filter((w) => w.shot === shot)
    .map((w) => {
      const sending = sendingOf(w, all);
      return { ...w, sent: sending?.sent, queued: sending?.state === 'waiting' };
    })
    .filter((w) => w.fault !== undefined || w.sent !== undefined);
}

/** forget takes a refused file off the list. */
export function forget(id: number): void {
  list = list.filter((w) => w.id !== id);
}

/** logFiles logs each file to a shot as one attempt with one take. */
export function logFiles(files: File[], shot: string, label: string): void {
  if (files.length === 0) return;
  const batch = newBatch(shot, label, files.length);
  open.add(batch);
  const made = files.map((f): Waiting => ({ id: nextId++, shot, where: label, name: f.name, size: f.size }));
  list = [...list, ...made];
  files.forEach((file, i) => {
    const id = made[i]!.id;
    upload([file], {
      to: '/shots/{shot}/files',
      path: { shot },
      where: label,
      onDone: (answer) => landed(batch, id, file, answer as AttemptRow),
      onFailed: (error) => refused(batch, id, file, error),
    });
  });
}

function landed(batch: Batch, id: number, file: File, row: AttemptRow): 'duplicate' | undefined {
  forget(id);
  batch.faults = batch.faults.filter((f) => f.name !== file.name);
  if (row.duplicate) batch.duplicates++;
  else {
    batch.logged.push(row);
    for (const hear of listeners) hear(row);
    givePoster(row, file);
  }
  if (batch.told || settled(batch)) tell(batch);
  return row.duplicate ? 'duplicate' : undefined;
}

function refused(batch: Batch, id: number, file: File, error: ApiError): void {
  const why = error.detail || error.title;
  list = list.map((w) => (w.id === id ? { ...w, fault: why } : w));
  batch.faults.push({ name: file.name, why });
  if (settled(batch)) tell(batch);
}

/** tell says what came of a batch, once; files sent again later speak for themselves. */
function tell(batch: Batch): void {
  open.delete(batch);
  const now = { ...batch };
  Object.assign(batch, { logged: [], duplicates: 0, faults: [], told: true });
  const [said, more] = [headline(now), rest(now)];
  if (said) did(said, () => takeBack(now));
  // A refused file stands in the list of its shot and in the bar of uploads until somebody looks, so this may go by itself.
  if (more) toast(more);
}

/** tellCancelled closes the batches whose last files were given up; call it when the queue is empty. */
export function tellCancelled(): void {
  for (const batch of [...open]) {
    if (batch.logged.length + batch.duplicates + batch.faults.length > 0) tell(batch);
    else open.delete(batch);
  }
  if (list.some((w) => w.fault === undefined)) list = list.filter((w) => w.fault !== undefined);
}

async function takeBack(batch: Batch): Promise<void> {
  for (const row of batch.logged) await deleteAttempt(row.attempt.id, row.attempt.rev, batch.shot);
}

/** deleteAttempt deletes an attempt that may have been corrected since its revision was read. */
export async function deleteAttempt(id: string, rev: number, shot: string): Promise<void> {
  try {
    await del('/attempts/{attempt}', { path: { attempt: id }, rev });
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.code !== 'stale') throw cause;
    const now = await get('/shots/{shot}/attempts', { path: { shot }, query: { limit: 500 } });
    const fresh = now.items.find((r) => r.attempt.id === id);
    if (fresh) await del('/attempts/{attempt}', { path: { attempt: id }, rev: fresh.attempt.rev });
  }
}

// The server may still be finding out that it cannot make the picture when ours arrives; then ours is sent once more.
function givePoster(row: AttemptRow, file: File): void {
  const take = row.takes[0];
  if (!take || me()?.ffmpeg !== false || !take.media.type.startsWith('video/')) return;
  void posterOf(file)
    .then(async (picture) => {
      const stop = onEvent({ object: take.id, verb: 'media.missing' }, (e) => {
        if (e) void sendPoster(take.id, picture).catch(() => undefined);
      });
      setTimeout(stop, 30_000);
      await sendPoster(take.id, picture);
    })
    .catch(() => toast(t('attempts.noPoster', { name: file.name })));
}
