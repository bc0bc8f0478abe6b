/** Steps through takes. */

/** stepTo is the index some steps on, kept inside the list. */
export function stepTo(index: number, by: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index + by));
}

/** rowStep is the index one row up or down in a grid; from the last full row it goes to the last take of a shorter one. */
export function rowStep(index: number, rows: number, columns: number, count: number): number {
  const to = index + rows * columns;
  if (to < 0) return index;
  if (to < count) return to;
  const lastRow = Math.floor((count - 1) / columns);
  return Math.floor(index / columns) < lastRow ? count - 1 : index;
}
