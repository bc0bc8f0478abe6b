/** How a table that comes in is read: its text, its header and what each column stands for. */

/** TableChoice is how to read a table, as found or as changed by hand. */
export interface TableChoice {
  encoding?: string;
  separator?: '' | (typeof separators)[number];
  sheet?: string;
  header_row?: number;
  columns?: string[];
}

/** ReadTable is a table as it was read: its header and its first rows as they stand. */
export interface ReadTable<C extends TableChoice = TableChoice> {
  choice: C;
  encodings: string[];
  sheets: string[];
  header: string[];
  fields: string[];
  sample: string[][];
  /** remembered tells that the columns were set as the last time. */
  remembered?: boolean;
}

/** TableFigure is one figure of what importing a table would do. */
export interface TableFigure {
  id: string;
  label: string;
  n: number;
  glyph: string;
}

/** separators are what may stand between the cells of a text. */
export const separators = ['comma', 'semicolon', 'tab', 'wide'] as const;

/** accepted names the files that the picker offers. */
export const accepted = '.xlsx,.csv,.tsv,.txt';

/**
 * turned is a choice after one change by hand. Another encoding, separator or sheet is another table: where its header is
 * and what its columns stand for is found anew. Another header row leaves only the columns to find.
 */
export function turned<C extends TableChoice>(choice: C, change: C): C {
  const next = { ...choice, ...change };
  const anew = 'encoding' in change || 'separator' in change || 'sheet' in change;
  if (anew && change.header_row === undefined) delete next.header_row;
  if ((anew || 'header_row' in change) && !change.columns) delete next.columns;
  return next;
}

/** widthOf is the number of columns that a preview shows. */
export function widthOf(p: Pick<ReadTable, 'header' | 'sample' | 'choice'>): number {
  return Math.max(p.header.length, p.choice.columns?.length ?? 0, ...p.sample.map((row) => row.length));
}

// Any number of columns may be kept as they stand, or be days; every other field has one column.
const many = ['keep', 'day'];

/** setColumn lets a column stand for a field; the column that stood for it before is then not used. */
export function setColumn(columns: readonly string[], width: number, at: number, field: string): string[] {
  return Array.from({ length: width }, (_, i) => {
    if (i === at) return field;
    const now = columns[i] ?? '';
    return field && !many.includes(field) && now === field ? '' : now;
  });
}

/** letters is a column as a spreadsheet names it: A, Z, AA. */
export function letters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letters(Math.floor(at / 26) - 1) + last;
}
