/** Texts as attempts: a copied card is read by the server and booked at once; an address is only a remark. */
import { standardFields } from '../inspect/export';
import { get, patch, post, type Schema } from '../lib/client';
import { asError } from '../lib/problem';
import type { Attempt } from './fields';
import { formatMoney } from './money';
import { withRemark } from './pasted';

type Row = Schema<'AttemptRow'>;
type Status = Attempt['status'];

/** logText books a text card on a shot. */
export function logText(text: string, shot: string): Promise<Row> {
  return post('/attempts', { body: { shot, text, way: 'paste' } });
}

/** readCard says what a text card holds; nothing is stored. */
export function readCard(text: string, signal: AbortSignal): Promise<Schema<'Said'>> {
  return post('/read', { body: { text }, signal });
}

/** remarkWith adds addresses to the remark of an attempt as it stands now, whoever changed it meanwhile. */
export async function remarkWith(a: Attempt, links: string[]): Promise<Attempt> {
  const add = (to: Attempt) =>
    patch('/attempts/{attempt}', {
      path: { attempt: to.id },
      rev: to.rev,
      body: { remark: withRemark(to.remark, links) },
    });
  try {
    return await add(a);
  } catch (cause) {
    if (asError(cause).code !== 'stale') throw cause;
    return add((await get('/attempts/{attempt}', { path: { attempt: a.id } })).row.attempt);
  }
}

/** remarkBack puts the remark of before there again. */
export function remarkBack(now: Attempt, before: string): Promise<Attempt> {
  return patch('/attempts/{attempt}', { path: { attempt: now.id }, rev: now.rev, body: { remark: before } });
}

/** logLinks books an attempt of which only an address is known. */
export function logLinks(links: string[], shot: string, status: Status): Promise<Row> {
  return post('/shots/{shot}/attempts', { path: { shot }, body: { status, remark: withRemark('', links) } });
}

/** Shown is one field of a card as the preview lists it. */
export interface Shown {
  field: string;
  value: string;
  certainty: string;
}

/** fieldsOf lists what a card says, prompts first, then the short fields in their fixed order; empty ones are left out. */
export function fieldsOf(said: Schema<'Said'>): Shown[] {
  const g = said.generation;
  const one = (field: string, value: string): Shown => {
    return { field, value, certainty: said.sources[field]?.certainty ?? '' };
  };
  const texts = [one('prompt', g.prompt), one('negative', g.negative), one('expanded', said.expanded)];
  return [...texts, ...standardFields.map((f) => one(f, f === 'cost' ? formatMoney(g.cost) : g[f]))].filter(
    (s) => s.value !== '',
  );
}

/** paramsOf is what is left over, by name. */
export function paramsOf(said: Schema<'Said'>): [string, string][] {
  return Object.entries(said.params).sort(([a], [b]) => a.localeCompare(b));
}

/** besideOf keeps a file beside an attempt, byte for byte; what it says fills what is empty. */
export function besideOf(attempt: string, file: Blob, name: string): Promise<Row> {
  return post('/attempts/{attempt}/beside', { path: { attempt }, query: { name }, body: file });
}

/** textOf decodes a text file: UTF-8, UTF-16 by its mark, else as Windows in Chinese writes it. */
export async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const marks: Record<string, string> = { '255,254': 'utf-16le', '254,255': 'utf-16be' };
  const marked = marks[bytes.slice(0, 2).join()];
  if (marked) return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
