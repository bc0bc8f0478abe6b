/** Two to nine takes at once, each in a place that never shifts. */

export const mostPanes = 9;

/** Shape is how panes stand: so many columns and rows. */
export interface Shape {
  columns: number;
  rows: number;
}

/**
 * shapeFor is the arrangement in which pictures are largest: of every number of columns the one that shows the most of
 * their area. `ratios` are width over height; gaps are left out of it.
 */
export function shapeFor(ratios: number[], width: number, height: number): Shape {
  const count = Math.max(1, ratios.length);
  let best: Shape = { columns: 1, rows: count };
  let most = -1;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const area = ratios.reduce((sum, ratio) => sum + fitted(ratio, width / columns, height / rows), 0);
    if (area > most + 1e-6) {
      most = area;
      best = { columns, rows };
    }
  }
  return best;
}

function fitted(ratio: number, width: number, height: number): number {
  const wide = Math.min(width, height * ratio);
  return (wide * wide) / ratio;
}

/** choose is what to lay out: the chosen takes, or else the undecided ones from the cursor on, or else those around it. */
export function choose(
  order: string[],
  chosen: ReadonlySet<string>,
  undecided: ReadonlySet<string>,
  current: string,
): string[] {
  const marked = order.filter((id) => chosen.has(id));
  if (marked.length >= 2) return marked.slice(0, mostPanes);
  const at = Math.max(0, order.indexOf(current));
  const open = [...order.slice(at), ...order.slice(0, at)].filter((id) => undecided.has(id)).slice(0, mostPanes);
  const set = new Set(
    open.length >= 2 ? open : order.slice(Math.max(0, Math.min(at, order.length - mostPanes))).slice(0, mostPanes),
  );
  return order.filter((id) => set.has(id));
}

/** neighbour is the pane some places on, in rows and columns where `rows` says so; it stays at the edges. */
export function neighbour(index: number, by: number, rows: boolean, shape: Shape, count: number): number {
  const to = index + by * (rows ? shape.columns : 1);
  return to < 0 || to >= count ? index : to;
}
