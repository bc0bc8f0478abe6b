/** Which takes a mark hits: the chosen ones, or else the one under the cursor. */

export interface Selection {
  /** anchor is where a range begins. */
  anchor: string;
  ids: ReadonlySet<string>;
}

/** none is no selection, with the cursor as the anchor of the next range. */
export function none(anchor = ''): Selection {
  return { anchor, ids: new Set() };
}

/** toggled adds or removes one take; the first time the take under the cursor joins too. */
export function toggled(s: Selection, id: string, current: string): Selection {
  const ids = new Set(s.ids);
  if (ids.size === 0 && current && current !== id) ids.add(current);
  if (!ids.delete(id)) ids.add(id);
  return { anchor: id, ids };
}

/** ranged chooses everything from the anchor to `to`; without a usable anchor the cursor is one. */
export function ranged(s: Selection, order: string[], current: string, to: string): Selection {
  const anchor = order.includes(s.anchor) ? s.anchor : current;
  const [a, b] = [order.indexOf(anchor), order.indexOf(to)];
  if (a < 0 || b < 0) return s;
  return { anchor, ids: new Set(order.slice(Math.min(a, b), Math.max(a, b) + 1)) };
}

/** everything chooses all. */
export function everything(order: string[]): Selection {
  return { anchor: order[0] ?? '', ids: new Set(order) };
}

/** targets are the ids that a mark hits, in the order on the screen. In the loupe it is the take in sight alone. */
export function targets(s: Selection, order: string[], current: string, loupe: boolean): string[] {
  const chosen = loupe ? [] : order.filter((id) => s.ids.has(id));
  if (chosen.length > 0) return chosen;
  return order.includes(current) ? [current] : [];
}
