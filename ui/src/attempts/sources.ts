/** Where each field of an attempt comes from and how sure it is, as the reader sees it beside the value. */
import type { Schema } from '../lib/client';

export type From = 'file' | 'beside' | 'tool' | 'typed';
export type Certainty = 'exact' | 'derived' | 'guess';

/** SourceMark says who gave a value, how it was found, and the record inside the file, such as png:parameters. */
export interface SourceMark {
  from: From;
  certainty: Certainty;
  record: string;
}

const froms: From[] = ['file', 'beside', 'tool', 'typed'];

/** glyphs stand before the words, so that no mark is told by colour alone. */
export const glyphs: Record<From | Certainty, string> = {
  file: '▪',
  beside: '□',
  tool: '→',
  typed: '✎',
  exact: '=',
  derived: '≈',
  guess: '?',
};

/** markOf reads the mark of one field; undefined where nothing is known about it. */
export function markOf(sources: Record<string, Schema<'Source'>>, field: string): SourceMark | undefined {
  const source = sources[field];
  if (!source) return undefined;
  const from = froms.find((f) => f === source.from) ?? 'file';
  if (from === 'typed') return { from, certainty: 'exact', record: '' };
  const certainty = source.certainty === 'derived' || source.certainty === 'guess' ? source.certainty : 'exact';
  return { from, certainty, record: source.record };
}
