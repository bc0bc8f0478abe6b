/** Where each field of an attempt comes from, as the reader sees it beside the value. */
import type { Schema } from '../lib/client';

export type Mark = 'file' | 'derived' | 'guess' | 'typed';

/** SourceMark is the mark with the record inside the file, such as png:parameters. */
export interface SourceMark {
  mark: Mark;
  record: string;
}

/** markOf reads the mark of one field; undefined where nothing is known about it. */
export function markOf(sources: Record<string, Schema<'Source'>>, field: string): SourceMark | undefined {
  const source = sources[field];
  if (!source) return undefined;
  if (source.from === 'typed') return { mark: 'typed', record: '' };
  const mark = source.certainty === 'derived' || source.certainty === 'guess' ? source.certainty : 'file';
  return { mark, record: source.record };
}
