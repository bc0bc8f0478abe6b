/** The order of a table, kept in the address as «-rejected» or «name». */

/** Sort is the column that a table goes by, and whether from the greatest down. */
export interface Sort {
  id: string;
  down: boolean;
}

/** readSort takes an order out of the address; an unknown column leaves the usual order. */
export function readSort(text: string, known: string[], usual: Sort): Sort {
  const id = text.replace(/^-/, '');
  return known.includes(id) ? { id, down: text.startsWith('-') } : usual;
}

/** writeSort is what the address holds; the usual order needs no word. */
export function writeSort(sort: Sort, usual: Sort): string {
  if (sort.id === usual.id && sort.down === usual.down) return '';
  return (sort.down ? '-' : '') + sort.id;
}

/** nextSort is what a press on a head does: the other way round, or that column, figures from the greatest down. */
export function nextSort(now: Sort, id: string, figures: boolean): Sort {
  return now.id === id ? { id, down: !now.down } : { id, down: figures };
}

export type SortValue = number | string | undefined;

/** sorted puts rows in order; those without a value (a rate of nothing) stand last either way. */
export function sorted<T>(rows: T[], value: (row: T) => SortValue, down: boolean): T[] {
  return rows
    .map((row) => ({ row, v: value(row) }))
    .sort((a, b) => {
      if (a.v === undefined || b.v === undefined) return Number(a.v === undefined) - Number(b.v === undefined);
      return compare(a.v, b.v) * (down ? -1 : 1);
    })
    .map(({ row }) => row);
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'zh-CN');
}
