/** Steps through takes and through the shots that wait. */

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

/**
 * nextWaiting is the shot to judge after the current one. `was` is where the current shot stood: a shot that was just
 * picked has left the queue, and the one that moved up into its place is next. At the end it begins again at the start.
 */
export function nextWaiting(queue: string[], current: string, was: number, by: 1 | -1): string {
  const others = queue.filter((id) => id !== current);
  if (others.length === 0) return '';
  const at = queue.indexOf(current);
  const from = at >= 0 ? at : Math.max(0, Math.min(was, queue.length));
  const to = by > 0 ? (at >= 0 ? from + 1 : from) : from - 1;
  return queue[((to % queue.length) + queue.length) % queue.length] ?? '';
}
