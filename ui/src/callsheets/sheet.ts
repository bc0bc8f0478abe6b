/** What a call sheet works out by itself: changed cells, clock times, paths of typed cells, receipts, and what is whose own. */
import type { Schema } from '../lib/client';

export type CallSheetPage = Schema<'CallSheetPage'>;
export type CallContent = Schema<'CallContent'>;
export type CallTyped = Schema<'CallTyped'>;
export type CallScene = Schema<'CallScene'>;
export type CallActor = Schema<'CallActor'>;
export type CallCrew = Schema<'CallCrew'>;
export type CallRecipient = Schema<'CallRecipient'>;
export type PersonCall = Schema<'PersonCall'>;

/** Marked tells whether a cell differs from the version before. */
export type Marked = (path: string) => boolean;

/**
 * marksOf reads the paths of changed cells: a cell is marked with itself, with the row that it is in, and with its parts,
 * as a hospital with its phone; a whole table never is.
 */
export function marksOf(changed: readonly string[]): Marked {
  if (changed.length === 0) return marksNothing;
  const set = new Set(changed);
  return (path) =>
    set.has(path) || changed.some((c) => path.startsWith(`${c}.`) || (path.includes('.') && c.startsWith(`${path}.`)));
}

/** marksNothing is for sheets without a version before. */
export const marksNothing: Marked = () => false;

/** nextDay stands behind a time that is past midnight: 02:00+1. */
const nextDay = '+1';

/**
 * readClock reads a typed time of the day: 6, 630, 6:30, 6点半, 06：30; after midnight 02:00+1, 次日2点 or 26:00. '' stays
 * empty, undefined is no time.
 */
export function readClock(text: string): string | undefined {
  let s = text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  if (s === '') return '';
  let later = s.endsWith(nextDay) || /^(次日|翌日|第二天)/.test(s);
  s = s.replace(/\+1$/, '').replace(/^(次日|翌日|第二天)(凌晨)?/, '');
  s = s
    .replace('点半', ':30')
    .replace(/[点时]$/, ':00')
    .replace(/[点时]/, ':')
    .replace(/分$/, '');
  const hit = /^(\d{1,2}):(\d{2})$/.exec(s) ?? /^(\d{1,2})(\d{2})$/.exec(/^\d{1,2}$/.test(s) ? `${s}00` : s);
  if (!hit) return undefined;
  let hour = Number(hit[1]);
  if (hour >= 24 && hour < 30 && !later) [hour, later] = [hour - 24, true];
  if (hour > 23 || Number(hit[2]) > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${hit[2]}${later ? nextDay : ''}`;
}

/** clockParts is a time of the sheet and whether it lies after midnight. */
export function clockParts(at: string): { at: string; later: boolean } {
  return { at: at.replace(/\+1$/, ''), later: at.endsWith(nextDay) };
}

type Row = Record<string, string>;
type Lists = 'meals' | 'cast' | 'crew' | 'contacts' | 'scenes';

/** idOf is the field that names a row of a list; the rows of the others are told by their place. */
const idOf: Partial<Record<string, string>> = { cast: 'element_id', scenes: 'scene_id' };

const blanks: Record<Lists, Row> = {
  meals: { name: '', at: '' },
  cast: { element_id: '', pickup: '', makeup: '', call: '', wrap: '', note: '' },
  crew: { department: '', name: '', phone: '', call: '', note: '' },
  contacts: { name: '', role: '', phone: '', note: '' },
  scenes: { scene_id: '', pages: '', story_line: '', extras: '', wardrobe: '', makeup: '', props: '', special: '' },
};

/** rowKeys names the rows of a list as the server does in the paths of changed cells; of equal names the later ones are counted. */
export function rowKeys(list: 'meals' | 'crew' | 'contacts', rows: { name: string; department?: string }[]): string[] {
  const seen = new Map<string, number>();
  return rows.map((r) => {
    const key = list === 'crew' ? `${r.department ?? ''}/${r.name}` : r.name;
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return n > 1 ? `${key}#${n}` : key;
  });
}

/** blankRow is a new row of a list. */
export const blankRow = (list: Lists): Row => ({ ...blanks[list] });

const rowsOf = (typed: CallTyped, list: string): Row[] => (typed as unknown as Record<string, Row[]>)[list] ?? [];

function placeIn(rows: Row[], list: string, key: string): number {
  const id = idOf[list];
  return id ? rows.findIndex((r) => r[id] === key) : Number(key);
}

/** valueAt is what was typed into a cell: "safety", "meals.0.at", "cast.<element id>.call"; '' where nothing was. */
export function valueAt(typed: CallTyped, path: string): string {
  const [list = '', key, field] = path.split('.');
  if (key === undefined || field === undefined) {
    const value = (typed as unknown as Record<string, unknown>)[list];
    return typeof value === 'string' ? value : '';
  }
  const rows = rowsOf(typed, list);
  return rows[placeIn(rows, list, key)]?.[field] ?? '';
}

/** withValue is the typed sheet with one cell changed; a row that is not there yet is made. */
export function withValue(typed: CallTyped, path: string, value: string): CallTyped {
  const [list = '', key, field] = path.split('.');
  if (key === undefined || field === undefined) return { ...typed, [list]: value };
  const rows = rowsOf(typed, list);
  const at = placeIn(rows, list, key);
  const id = idOf[list];
  if (!rows[at] && !id) return typed;
  const next = rows[at]
    ? rows.map((r, i) => (i === at ? { ...r, [field]: value } : r))
    : [...rows, { ...blankRow(list as Lists), [id!]: key, [field]: value }];
  return { ...typed, [list]: next };
}

/** withRows is the typed sheet with a whole list changed. */
export function withRows(typed: CallTyped, list: Lists, rows: Row[]): CallTyped {
  return { ...typed, [list]: rows };
}

/** ReadState is what a recipient has of the newest version. */
export type ReadState = 'confirmed' | 'opened' | 'older' | 'unread';

/** readState tells how far a recipient is with the newest version. */
export function readState(r: Pick<CallRecipient, 'opened' | 'confirmed'>, issued: number): ReadState {
  if (issued > 0 && r.confirmed >= issued) return 'confirmed';
  if (issued > 0 && r.opened >= issued) return 'opened';
  return r.opened > 0 || r.confirmed > 0 ? 'older' : 'unread';
}

/** lateFirst puts those who have not read the newest version on top. */
export function lateFirst(list: CallRecipient[], issued: number): CallRecipient[] {
  const order: ReadState[] = ['unread', 'older', 'opened', 'confirmed'];
  const at = (r: CallRecipient) => order.indexOf(readState(r, issued));
  return [...list].sort((a, b) => at(a) - at(b) || a.name.localeCompare(b.name, 'zh-CN'));
}

/** unbroken is a scene's number that no line end cuts in two. */
export const unbroken = (code: string): string => code.replaceAll('-', '\u2011');

/** telOf is a phone number as a link dials it, '' where there is none. */
export function telOf(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/[^\d+]/g, '');
  return digits ? `tel:${digits}` : '';
}

/** suggested is who stands on the sheet and does not get it yet: performers by id, crew with an account, others by name. */
export function suggested(c: CallContent, have: CallRecipient[]): Schema<'RecipientIn'>[] {
  const seen = new Set(have.flatMap((r) => [r.performer_id, r.person_id, `n:${r.name}`]));
  const out: Schema<'RecipientIn'>[] = [];
  const add = (one: Schema<'RecipientIn'>, key: string | undefined) => {
    const k = key || `n:${one.name}`;
    if (!one.name || seen.has(k) || seen.has(`n:${one.name}`)) return;
    seen.add(k).add(`n:${one.name}`);
    out.push(one);
  };
  for (const a of c.cast) add({ name: a.performer, performer_id: a.performer_id || undefined }, a.performer_id);
  for (const w of c.crew) add({ name: w.name, person_id: w.person_id || undefined }, w.person_id);
  return out;
}

/** goneRows names the rows that the version before had and this one has not, with the content of the version before. */
export function goneRows(gone: readonly string[], before: CallContent | undefined): string[] {
  return gone.flatMap((path) => {
    const dot = path.indexOf('.');
    const [list, key] = [path.slice(0, dot), path.slice(dot + 1)];
    if (dot < 0 || list === 'next') return [];
    const scene = list === 'scenes' && before?.scenes.find((s) => s.scene_id === key);
    if (scene) return [[scene.code, scene.set || scene.heading].filter(Boolean).join(' ')];
    const actor = list === 'cast' && before?.cast.find((a) => a.element_id === key);
    if (actor) return [[actor.character, actor.performer].filter(Boolean).join(' / ')];
    const place = list === 'places' && before?.places.find((p) => p.location_id === key);
    if (place) return [place.name];
    return ['crew', 'contacts', 'meals'].includes(list) ? [key.replace('/', ' ').trim()] : [];
  });
}

/** Maps are the links that open a place in map services. */
export type Maps = Schema<'CallPlace'>['maps'];

/** doorsOf lists the map services that a place can be opened in. */
export function doorsOf(maps: Maps): { name: string; href: string }[] {
  const all = [
    { name: '高德', href: maps?.amap },
    { name: '腾讯', href: maps?.tencent },
    { name: '百度', href: maps?.baidu },
    { name: 'Apple', href: maps?.apple },
    { name: 'Google', href: maps?.google },
  ];
  return all.filter((d): d is { name: string; href: string } => !!d.href);
}
