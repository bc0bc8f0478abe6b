/** The typing into a call sheet: kept here at once, saved a moment later, joined with what somebody else saved meanwhile. */
import { asError, type ApiError } from '../lib/problem';
import { copied, merged, outgoing, type Both } from './merge';
import { withRows, withValue, type CallSheetPage, type CallTyped } from './sheet';

interface Options {
  send: (rev: number, typed: CallTyped) => Promise<CallSheetPage>;
  load: () => Promise<CallSheetPage>;
  /** onpage hears every newer state of the sheet. */
  onpage: (page: CallSheetPage) => void;
}

const rest = 800;
const tries = 5;

/** Draft is one sheet under somebody's hands. */
export class Draft {
  typed = $state.raw<CallTyped>()!;
  /** both are cells that two people changed; nothing of either is thrown away until somebody chooses. */
  both = $state.raw<Both[]>([]);
  saving = $state(false);
  error = $state.raw<ApiError>();
  #saved = $state.raw<CallTyped>()!;
  #base: CallTyped;
  #rev: number;
  #options: Options;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(page: CallSheetPage, options: Options) {
    this.#options = options;
    this.#rev = page.sheet.rev;
    this.#base = page.sheet.typed;
    this.typed = page.sheet.typed;
    this.#saved = page.sheet.typed;
  }

  /** rev is the revision that the next change rests on. */
  get rev(): number {
    return this.#rev;
  }

  /** open tells that something typed is not saved yet. */
  get open(): boolean {
    return this.typed !== this.#saved || this.both.length > 0;
  }

  /** set changes one cell. */
  set(path: string, value: string): void {
    this.#change(withValue(this.typed, path, value));
  }

  /** rows changes a whole list: a row added or taken away. */
  rows(list: Parameters<typeof withRows>[1], rows: Parameters<typeof withRows>[2]): void {
    this.#change(withRows(this.typed, list, rows));
  }

  #change(next: CallTyped): void {
    this.typed = next;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), rest);
  }

  /** choose settles a cell that two people changed. */
  choose(b: Both, mine: boolean): void {
    this.both = this.both.filter((x) => x !== b);
    this.#change(mine ? { ...this.typed } : copied(this.typed, b.theirs, b.path));
  }

  /** hear takes a state of the sheet that was read anew. */
  hear(page: CallSheetPage): void {
    if (page.sheet.rev <= this.#rev) return;
    this.#join(page);
    if (this.typed !== this.#saved) this.#change(this.typed);
  }

  /** flush saves now what is typed; it resolves when nothing is on its way. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (this.typed === this.#saved) return;
    this.#running = this.#save().finally(() => (this.#running = undefined));
    await this.#running;
  }

  /** stop ends the waiting timer; what is open is sent first. */
  stop(): void {
    if (this.typed !== this.#saved) void this.flush();
    clearTimeout(this.#timer);
  }

  async #save(): Promise<void> {
    this.saving = true;
    try {
      for (let n = 1; ; n++) {
        const typed = this.typed;
        try {
          const page = await this.#options.send(this.#rev, outgoing(typed, this.both));
          this.#rev = page.sheet.rev;
          this.#base = page.sheet.typed;
          this.#saved = typed;
          this.#options.onpage(page);
          break;
        } catch (cause) {
          if (asError(cause).code !== 'stale' || n === tries) throw cause;
          this.#join(await this.#options.load());
        }
      }
      this.error = undefined;
      if (this.typed !== this.#saved) this.#timer = setTimeout(() => void this.flush(), rest);
    } catch (cause) {
      // The typing stays on the screen; the next key or the button tries again.
      this.error = asError(cause);
    } finally {
      this.saving = false;
    }
  }

  #join(page: CallSheetPage): void {
    const clean = this.typed === this.#saved;
    const m = merged(this.#base, this.typed, page.sheet.typed);
    this.#rev = page.sheet.rev;
    this.#base = page.sheet.typed;
    const old = this.both.filter((b) => !m.both.some((x) => x.path === b.path));
    this.both = [...old, ...m.both];
    this.typed = clean && this.both.length === 0 ? page.sheet.typed : m.typed;
    if (clean && this.both.length === 0) this.#saved = this.typed;
    this.#options.onpage(page);
  }
}
