/** From sorted files to jobs of the upload queue: what goes where, after what, and what each answer means. */
import { address } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { ApiError } from '../lib/problem';
import type { Job } from '../lib/upload';
import type { Arrival, Gathered } from './arrival';
import { ended, failedAs, type AttemptRow, type Became, type Outcome } from './batch';
import type { Parcel } from './group';
import { kindOf, looksLikeMedia } from './kinds';
import { givePoster } from './poster';

export type Way = 'upload' | 'paste';

/** Ends is told what became of a file. */
export interface Ends {
  landed: (outcome: Outcome, row: AttemptRow, became: Became) => void;
  end: (outcome: Outcome, became: Became, why?: string) => void;
}

/** To is the shot that files go to, and how they came. */
export interface To {
  shot: string;
  label: string;
  way: Way;
  /** day is the shooting day of clips from a camera; absent for generated results. */
  day?: string;
}

const unknownWhy = (path: string): string => t('capture.why.kind', { name: path.slice(path.lastIndexOf('/') + 1) });

/** knownOnly looks into files of unknown names, so that nothing is sent that the server will not take. */
export async function knownOnly(from: Gathered): Promise<Gathered> {
  const all: Gathered = { files: [], lost: [...from.lost] };
  for (const f of from.files) {
    if (kindOf(f.path) !== 'unknown') all.files.push(f);
    else if (!f.file) all.files.push({ ...f, open: (signal) => checked(f, signal) });
    else if (await isMedia(f.file)) all.files.push(f);
    else all.lost.push({ path: f.path, size: f.size, why: unknownWhy(f.path), unknown: true });
  }
  return all;
}

// What cannot be read is sent all the same: the attempt to send it says why.
async function isMedia(body: Blob): Promise<boolean> {
  try {
    return looksLikeMedia(new Uint8Array(await body.slice(0, 12).arrayBuffer()));
  } catch {
    return true;
  }
}

async function checked(f: Arrival, signal: AbortSignal): Promise<Blob> {
  const body = await f.open(signal);
  if (await isMedia(body)) return body;
  throw new ApiError({ status: 0, code: 'upload.kind', title: unknownWhy(f.path), detail: '' });
}

/** jobsOf is what to send for one parcel: its result first, then what needs the id of that attempt. */
export function jobsOf(p: Parcel, to: To, note: (a: Arrival) => Outcome, ends: Ends): { job: Job; outcome: Outcome }[] {
  const made: { job: Job; outcome: Outcome }[] = [];
  let booked: AttemptRow | undefined;
  const attempt = () => booked?.attempt.id ?? '';
  const add = (a: Arrival, url: Job['url'], means: (row: AttemptRow) => Became, after?: Job): Job => {
    const outcome = note(a);
    const job: Job = {
      file: a.file ?? { name: a.name, size: a.size, open: a.open },
      url,
      after,
      where: to.label,
      group: to.shot,
      onDone: (answer) => {
        const row = answer as AttemptRow;
        booked ??= row;
        ends.landed(outcome, row, means(row));
        if (means(row) === 'new') givePoster(row, a.name, a.file);
        return means(row) === 'duplicate' ? 'duplicate' : undefined;
      },
      onFailed: (error) => ends.end(outcome, failedAs(error), error.detail || error.title),
      onCancelled: () => ends.end(outcome, 'cancelled'),
    };
    made.push({ job, outcome });
    return job;
  };
  const result = (name: string, id?: string) =>
    address(
      '/shots/{shot}/files',
      { shot: to.shot },
      {
        name,
        attempt: id,
        way: to.way === 'paste' ? to.way : '',
        camera: to.day ? 'true' : '',
        day: to.day,
      },
    );
  const beside = (name: string) => address('/attempts/{attempt}/beside', { attempt: attempt() }, { name });
  const main = add(p.main, result(p.main.name), ended);
  for (const a of p.also) {
    add(
      a,
      () => result(a.name, attempt()),
      (row) => (row.duplicate ? 'duplicate' : 'also'),
      main,
    );
  }
  for (const a of p.beside) {
    add(
      a,
      () => beside(a.name),
      () => 'beside',
      main,
    );
  }
  return made;
}
