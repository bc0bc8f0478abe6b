/** Which rows are chosen: by X, by Shift with a move, by a click, or all. Rows that went away are chosen no more. */

/** Chosen keeps the ids of chosen rows; `ids` names the rows on the page in their order. */
export class Chosen {
  #set = $state.raw<ReadonlySet<string>>(new Set());
  #ids: () => string[];
  #last = '';

  constructor(ids: () => string[]) {
    this.#ids = ids;
  }

  /** list is what is chosen, in the order of the page. */
  get list(): string[] {
    return this.#ids().filter((id) => this.#set.has(id));
  }

  has(id: string): boolean {
    return this.#set.has(id);
  }

  /** toggle chooses or drops a row; with `far` it chooses the stretch from the row toggled last. */
  toggle(id: string, far = false): void {
    const next = new Set(this.#set);
    const ids = this.#ids();
    const from = ids.indexOf(this.#last);
    const to = ids.indexOf(id);
    if (far && from >= 0 && to >= 0) {
      for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
    } else if (!next.delete(id)) next.add(id);
    this.#last = id;
    this.#set = next;
  }

  /** all chooses every row, or none where all are chosen. */
  all(): void {
    const ids = this.#ids();
    this.#set = this.list.length === ids.length ? new Set() : new Set(ids);
  }

  clear(): void {
    this.#set = new Set();
  }
}
