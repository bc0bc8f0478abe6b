/** Which items of a long grid are drawn: plain numbers, no state, so that a scroll costs next to nothing. */

export interface Grid {
  /** count is all items there are. */
  count: number;
  /** columns side by side and rowHeight in pixels, gap included. */
  columns: number;
  rowHeight: number;
  /** height of the viewport in pixels and rows kept ready above and below it. */
  height: number;
  extra: number;
}

/** columnsFor is how many cells of at least `cell` pixels fit in `width` with `gap` between; at least one. */
export function columnsFor(width: number, cell: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (cell + gap)));
}

/** slotRows is how many rows of slots exist; they never change while one scrolls, only what they show does. */
export function slotRows(g: Grid): number {
  const rows = Math.ceil(g.count / g.columns);
  return Math.min(rows, Math.ceil(g.height / g.rowHeight) + 1 + 2 * g.extra);
}

/** firstRow is the topmost row of the window at a scroll position. */
export function firstRow(g: Grid, scrollTop: number): number {
  const rows = Math.ceil(g.count / g.columns);
  const first = Math.floor(scrollTop / g.rowHeight) - g.extra;
  return Math.max(0, Math.min(first, rows - slotRows(g)));
}

/**
 * itemOf is the item that a slot shows. Slot rows are reused round robin: slot row s shows the one row of the window
 * that is s modulo the number of slot rows, so that a scroll by one row changes one row of slots.
 */
export function itemOf(g: Grid, slot: number, first: number): number {
  const rows = slotRows(g);
  const slotRow = Math.floor(slot / g.columns);
  const turn = Math.ceil((first - slotRow) / rows);
  return (slotRow + turn * rows) * g.columns + (slot % g.columns);
}

/** scrollTo is the scroll position that brings an item fully into view, or the present one if it is. */
export function scrollTo(g: Grid, item: number, scrollTop: number): number {
  const top = Math.floor(item / g.columns) * g.rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + g.rowHeight;
  return bottom > scrollTop + g.height ? bottom - g.height : scrollTop;
}
