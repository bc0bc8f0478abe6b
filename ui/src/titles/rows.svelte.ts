/** A cursor over the rows of a page: J, K and the arrows move it, Enter opens. Rows carry data-row with their index. */
import { tick } from 'svelte';
import { listTable } from '../kit/keymap';
import { t } from '../lib/i18n.svelte';
import type { KeyAction } from '../lib/keymap.svelte';

interface Options {
  count: () => number;
  open?: (index: number) => void;
  /** moved comes after every move, with `far` when the move widens a selection. */
  moved?: (index: number, far: boolean) => void;
}

/** RowCursor is the index of the row under the keyboard, -1 before the first move. */
export class RowCursor {
  #at = $state(-1);
  #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  get at(): number {
    return Math.min(this.#at, this.#options.count() - 1);
  }

  set at(index: number) {
    this.#at = index;
  }

  /** move steps by rows and keeps the row in sight. */
  move(by: number, far = false): void {
    const last = this.#options.count() - 1;
    if (last < 0) return;
    this.#at = Math.max(0, Math.min(last, this.at + by));
    this.#options.moved?.(this.#at, far);
    void tick().then(() => rowElement(this.#at)?.scrollIntoView({ block: 'nearest' }));
  }

  /** keys are the actions of a list; put them into the page's useKeys. */
  keys(): KeyAction[] {
    const some = () => this.#options.count() > 0;
    const keys: KeyAction[] = [
      listTable.act('list.next', { run: () => this.move(1), when: some }),
      listTable.act('list.previous', { run: () => this.move(-1), when: some }),
    ];
    const open = this.#options.open;
    if (open) {
      const run = () => open(this.at);
      keys.push({ keys: 'Enter', label: t('act.open'), run, when: () => this.at >= 0, once: true });
    }
    return keys;
  }
}

function rowElement(index: number): Element | null {
  return document.querySelector(`main [data-row="${index}"]`);
}
