/**
 * Who is meant by an @ in a note. Places are in characters (code points), as the server counts them; a text area counts
 * otherwise, so carets are turned over here and nowhere else.
 */
import type { MemberRow } from './link';

/** Chosen is a person chosen for the @ that stands at `start`; length is that of the @ with the name. */
export interface Chosen {
  person_id: string;
  name: string;
  start: number;
  length: number;
}

/** Asking is an @ being typed: from `start` to the caret, and who could be meant. */
export interface Asking {
  start: number;
  query: string;
  found: MemberRow[];
}

/** Unsettled is an @ with a name that several people have, of whom none was chosen. */
export interface Unsettled {
  start: number;
  length: number;
  name: string;
  people: MemberRow[];
}

const most = 8;
const isAt = (c: string | undefined) => c === '@' || c === '＠' || c === '﹫';
/** fold is how names are compared, here and on the server: full-width and half-width letters alike, large and small ones. */
const fold = (s: string) => s.normalize('NFKC').toLowerCase();

/** spaced tells a letter or digit of a script that puts something between a name and the next word; Chinese does not. */
function spaced(c: string | undefined): boolean {
  if (!c || /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}ー]/u.test(c)) return false;
  return /[\p{L}\p{Nd}]/u.test(c);
}

/** points is the number of characters of a text. */
export function points(text: string): number {
  return [...text].length;
}

/** caretAt is the place of a text area's caret for a place in characters. */
export function caretAt(text: string, at: number): number {
  return [...text].slice(0, at).join('').length;
}

// An address such as a@b.com mentions nobody.
const begins = (chars: string[], at: number) => isAt(chars[at]) && !spaced(chars[at - 1]);

function sameStart(a: string[], b: string[], limit: number): number {
  let n = 0;
  while (n < limit && a[n] === b[n]) n++;
  return n;
}

function sameEnd(a: string[], b: string[], limit: number): number {
  let n = 0;
  while (n < limit && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
  return n;
}

/** changed is the stretch of `was` that was replaced. Of two places that explain the change alike the caret tells which. */
function changed(was: string[], now: string[], behind: number): { start: number; end: number } {
  const shorter = Math.min(was.length, now.length);
  const head = sameStart(was, now, shorter);
  const foot = sameEnd(was, now, shorter - head);
  const tail = Math.min(behind, shorter);
  const start = sameStart(was, now, shorter - tail);
  if (sameEnd(was, now, tail) === tail && start + tail === head + foot) return { start, end: was.length - tail };
  return { start: head, end: was.length - foot };
}

/**
 * edited carries choices over a change of the text: those behind it move along, those that it reaches into are dropped.
 * caret is where the text area's caret stands afterwards.
 */
export function edited(chosen: Chosen[], before: string, after: string, caret = after.length): Chosen[] {
  const [was, now] = [[...before], [...after]];
  const { start, end } = changed(was, now, points(after.slice(caret)));
  const by = now.length - was.length;
  return chosen.flatMap((c) => {
    if (c.start + c.length <= start) return [c];
    return c.start >= end ? [{ ...c, start: c.start + by }] : [];
  });
}

/** suits tells whether somebody may be meant by what is typed behind the @: the start of the login, or any of the name. */
function suits(person: MemberRow, query: string): boolean {
  const wanted = fold(query);
  return person.active && (fold(person.name).includes(wanted) || fold(person.login).startsWith(wanted));
}

const rank = (person: MemberRow, query: string) => (fold(person.name).startsWith(fold(query)) ? 0 : 1);

/** asking is the @ that the caret stands behind, as long as somebody fits what was typed; undefined where none is. */
export function asking(text: string, caret: number, people: MemberRow[], chosen: Chosen[]): Asking | undefined {
  const chars = [...text.slice(0, caret)];
  let start = chars.length - 1;
  while (start >= 0 && !isAt(chars[start])) {
    if (chars[start] === '\n') return undefined;
    start--;
  }
  if (start < 0 || !begins(chars, start) || chosen.some((c) => c.start === start)) return undefined;
  const query = chars.slice(start + 1).join('');
  if (/^\s|\s$/.test(query)) return undefined;
  const found = people
    .filter((p) => suits(p, query))
    .sort((a, b) => rank(a, query) - rank(b, query) || a.name.localeCompare(b.name, 'zh-CN'));
  return found.length > 0 ? { start, query, found: found.slice(0, most) } : undefined;
}

/** choose writes a person over the @ and what stands behind it up to `end`; caret is where the text area's caret goes. */
export function choose(
  text: string,
  chosen: Chosen[],
  start: number,
  end: number,
  person: MemberRow,
): { text: string; chosen: Chosen[]; caret: number } {
  const chars = [...text];
  const written = [...`@${person.name}`];
  const next = [...chars.slice(0, start), ...written, ...chars.slice(end)].join('');
  const caret = caretAt(next, start + written.length);
  const others = chosen
    .filter((c) => c.start + c.length <= start || c.start >= end)
    .map((c) => (c.start >= end ? { ...c, start: c.start + written.length - (end - start) } : c));
  const own = { person_id: person.person_id, name: person.name, start, length: written.length };
  return { text: next, chosen: [...others, own].sort((a, b) => a.start - b.start), caret };
}

/** reaches tells whether a name stands at a place of the text, and ends there. */
function reaches(chars: string[], at: number, name: string): boolean {
  const long = points(name);
  if (long === 0 || fold(chars.slice(at, at + long).join('')) !== fold(name)) return false;
  return !(spaced(chars[at + long - 1]) && spaced(chars[at + long]));
}

/** named is the longest name of these people that stands at a place of the text. */
function named(chars: string[], at: number, people: MemberRow[]): string {
  let best = '';
  for (const p of people) if (points(p.name) > points(best) && reaches(chars, at, p.name)) best = p.name;
  return best;
}

/** unsettled lists the places where a name that several people share stands and nobody was chosen. */
export function unsettled(text: string, people: MemberRow[], chosen: Chosen[]): Unsettled[] {
  const chars = [...text];
  const able = people.filter((p) => p.active);
  const out: Unsettled[] = [];
  for (let start = 0; start < chars.length; start++) {
    if (!begins(chars, start) || chosen.some((c) => c.start === start)) continue;
    const name = named(chars, start + 1, able);
    const same = able.filter((p) => name !== '' && fold(p.name) === fold(name));
    if (same.length > 1) out.push({ start, length: points(name) + 1, name, people: same });
  }
  return out;
}

/** standing are the choices of a text that still hold: their people are here, under the name that stands in it. */
export function standing(text: string, chosen: Chosen[], people: MemberRow[]): Chosen[] {
  const chars = [...text];
  return chosen.filter((c) => {
    const person = people.find((p) => p.person_id === c.person_id && p.active);
    return person !== undefined && isAt(chars[c.start]) && reaches(chars, c.start + 1, person.name);
  });
}

/** Part is a piece of a note's text; mention tells who is meant by it. */
export interface Part {
  text: string;
  mention?: { person_id: string; name: string };
}

/** partsOf cuts a text at its mentions, for showing it. Mentions that do not fit the text are left out. */
export function partsOf(text: string, mentions: Chosen[]): Part[] {
  const chars = [...text];
  const out: Part[] = [];
  let at = 0;
  for (const m of [...mentions].sort((a, b) => a.start - b.start)) {
    if (m.start < at || m.length < 1 || m.start + m.length > chars.length) continue;
    if (m.start > at) out.push({ text: chars.slice(at, m.start).join('') });
    const { person_id, name } = m;
    out.push({ text: chars.slice(m.start, m.start + m.length).join(''), mention: { person_id, name } });
    at = m.start + m.length;
  }
  if (at < chars.length) out.push({ text: chars.slice(at).join('') });
  return out;
}
