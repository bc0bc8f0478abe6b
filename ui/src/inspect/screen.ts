/** What of a doc stands on the screen: folded brackets, long lines broken to the width, and hits of a search. */
import { lineAt, lineCount, lineText, type Doc } from './doc';

/** Part is one row on the screen: a piece of a line. `first` is where the line begins. */
export interface Part {
  line: number;
  from: number;
  to: number;
  first: boolean;
}

/** foldDeep is the brackets to fold so that only so many levels stand open. */
export function foldDeep(doc: Doc, levels: number): Set<number> {
  const folded = new Set<number>();
  doc.close.forEach((close, line) => {
    if (close >= 0 && doc.depth[line]! >= levels) folded.add(line);
  });
  return folded;
}

// Longer docs open with their first two levels only.
const longDoc = 2000;

/** firstFolds is how a doc is first shown. */
export function firstFolds(doc: Doc): Set<number> {
  return lineCount(doc) > longDoc ? foldDeep(doc, 2) : new Set();
}

/** visibleLines is every line outside folded brackets. */
export function visibleLines(doc: Doc, folded: ReadonlySet<number>): number[] {
  const lines: number[] = [];
  for (let line = 0; line < lineCount(doc); line++) {
    lines.push(line);
    if (folded.has(line)) line = doc.close[line]!;
  }
  return lines;
}

/** childCount is how many members a bracket holds. */
export function childCount(doc: Doc, line: number): number {
  let n = 0;
  const end = doc.close[line]!;
  for (let at = line + 1; at < end; at++) {
    n++;
    if (doc.close[at]! >= 0) at = doc.close[at]!;
  }
  return n;
}

function isWide(code: number): boolean {
  return code >= 0x1100 && (code <= 0x115f || code >= 0x2e80);
}

/** breaksOf is where a line must be broken to fit so many columns; Chinese takes two columns, and no letter is cut in half. */
export function breaksOf(text: string, columns: number): number[] {
  const breaks: number[] = [];
  let used = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    const width = isWide(code) ? 2 : 1;
    if (used + width > columns) {
      breaks.push(i);
      used = 0;
    }
    used += width;
    if (code > 0xffff) i++;
  }
  return breaks;
}

/** partsOf breaks lines to the width of the screen. Nesting takes two columns a level, at most a third of the width. */
export function partsOf(doc: Doc, lines: number[], columns: number): Part[] {
  const parts: Part[] = [];
  for (const line of lines) {
    const length = doc.starts[line + 1]! - 1 - doc.starts[line]!;
    const room = Math.max(8, columns - indentOf(doc, line, columns));
    const breaks = length * 2 > room ? breaksOf(lineText(doc, line), room) : [];
    let from = 0;
    for (const to of [...breaks, length]) {
      parts.push({ line, from, to, first: from === 0 });
      from = to;
    }
  }
  return parts;
}

/** indentOf is how far a line is moved in, in columns. */
export function indentOf(doc: Doc, line: number, columns: number): number {
  return Math.min(doc.depth[line]! * 2, Math.floor(columns / 3));
}

/** Hits are the offsets of a search in the text of a doc; `more` tells that counting stopped. */
export interface Hits {
  at: number[];
  length: number;
  more: boolean;
}

/** find searches without regard to case. */
export function find(doc: Doc, query: string, most = 5000): Hits {
  const hits: Hits = { at: [], length: query.length, more: false };
  if (!query) return hits;
  const form = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
  for (const m of doc.text.matchAll(form)) {
    if (hits.at.length === most) return { ...hits, more: true };
    hits.at.push(m.index);
  }
  return hits;
}

/** unfoldTo opens whatever hides an offset; the same set comes back where nothing does. */
export function unfoldTo(doc: Doc, folded: ReadonlySet<number>, offset: number): ReadonlySet<number> {
  const open = new Set(folded);
  for (let line = doc.parent[lineAt(doc, offset)]!; line >= 0; line = doc.parent[line]!) open.delete(line);
  return open.size === folded.size ? folded : open;
}

/** partWith is the index of the row on the screen that holds an offset, -1 where it is folded away. */
export function partWith(doc: Doc, parts: Part[], offset: number): number {
  const line = lineAt(doc, offset);
  const inside = offset - doc.starts[line]!;
  let [low, high] = [0, parts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const p = parts[middle]!;
    if (p.line < line || (p.line === line && p.from <= inside)) low = middle;
    else high = middle - 1;
  }
  return parts[low]?.line === line ? low : -1;
}

/** Run is a stretch of a row: plain, a hit, or the hit one stands at. */
export interface Run {
  text: string;
  hit: '' | 'hit' | 'now';
}

/** runsOf divides one row at the hits in it. */
export function runsOf(doc: Doc, part: Part, hits: Hits, now: number): Run[] {
  const base = doc.starts[part.line]!;
  const [from, to] = [base + part.from, base + part.to];
  const runs: Run[] = [];
  let at = from;
  for (let i = firstHit(hits, from); i < hits.at.length && hits.at[i]! < to; i++) {
    const [begin, end] = [Math.max(at, hits.at[i]!), Math.min(to, hits.at[i]! + hits.length)];
    if (end <= begin) continue;
    if (begin > at) runs.push({ text: doc.text.slice(at, begin), hit: '' });
    runs.push({ text: doc.text.slice(begin, end), hit: i === now ? 'now' : 'hit' });
    at = end;
  }
  if (at < to || runs.length === 0) runs.push({ text: doc.text.slice(at, to), hit: '' });
  return runs;
}

// The first hit that ends behind an offset.
function firstHit(hits: Hits, from: number): number {
  let [low, high] = [0, hits.at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hits.at[middle]! + hits.length <= from) low = middle + 1;
    else high = middle;
  }
  return low;
}
