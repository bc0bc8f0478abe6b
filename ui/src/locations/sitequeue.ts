/**
 * What is written on site and waits for a line. Everything is kept first and sent then, in the order in which it was
 * written, each with the one key that it got when it was written: an answer that got lost books nothing twice.
 * Where it is kept stands in sitestore.ts; what pages see in site.svelte.ts.
 */
import { ApiError, asError } from '../lib/problem';
import { worthRetry } from '../lib/upload';

/** SiteItem is a note or a photo of a place that is not with the server yet. id is its Idempotency-Key. */
export interface SiteItem {
  id: string;
  /** seq is the order of writing. */
  seq: number;
  person: string;
  place: string;
  area: string;
  text: string;
  /** at is when it was written, by this device's clock. */
  at: string;
  photo?: { name: string; bytes: Blob };
  /** fault is why the server refused it; such a one waits for a person. */
  fault?: string;
}

/** SiteStore keeps items beyond the page. */
export interface SiteStore {
  all(): Promise<SiteItem[]>;
  put(item: SiteItem): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Deliver sends one item and throws an ApiError where it was not taken. */
export type Deliver = (item: SiteItem) => Promise<void>;

/** isHeld tells whether an error says nothing about the item: no line, a busy server, or nobody signed in. */
export function isHeld(error: ApiError): boolean {
  return worthRetry(error) || error.status === 401;
}

/** SiteQueue holds what one person wrote; `changed` comes with every change. */
export class SiteQueue {
  private items: SiteItem[] = [];
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly person: string,
    private readonly store: SiteStore,
    private readonly deliver: Deliver,
    private readonly changed: () => void,
  ) {}

  /** list is what waits, in order of writing. */
  list(): SiteItem[] {
    return this.items;
  }

  /** sending tells whether something is on its way. */
  get sending(): boolean {
    return this.running !== undefined;
  }

  /** load takes up what an earlier page left. */
  async load(): Promise<void> {
    const all = await this.store.all();
    this.items = all.filter((i) => i.person === this.person).sort((a, b) => a.seq - b.seq);
    this.changed();
  }

  /** add keeps an item; it resolves when the item cannot be lost any more, and throws where it could not be kept. */
  async add(item: Omit<SiteItem, 'seq' | 'person'>): Promise<void> {
    const seq = Math.max(Date.parse(item.at) || 0, (this.items.at(-1)?.seq ?? 0) + 1);
    const whole = { ...item, seq, person: this.person };
    await this.store.put(whole);
    this.items = [...this.items, whole];
    this.changed();
  }

  /** flush sends what waits until it is empty or the line is down; it resolves then. Calls that come meanwhile join it. */
  flush(): Promise<void> {
    this.again = true;
    this.running ??= Promise.resolve().then(() => this.run());
    return this.running;
  }

  private async run(): Promise<void> {
    try {
      while (this.again) {
        this.again = false;
        await this.round();
      }
    } finally {
      this.running = undefined;
      this.changed();
    }
  }

  private async round(): Promise<void> {
    this.changed();
    for (let next = this.waiting(); next; next = this.waiting()) {
      // Another tab may have sent it meanwhile.
      if (!(await this.store.all()).some((i) => i.id === next!.id)) {
        this.forget(next.id);
        continue;
      }
      try {
        await this.deliver(next);
      } catch (cause) {
        const error = asError(cause);
        if (isHeld(error)) return;
        await this.mark(next, error.detail || error.title);
        continue;
      }
      await this.store.remove(next.id);
      this.forget(next.id);
    }
  }

  private waiting(): SiteItem | undefined {
    return this.items.find((i) => i.fault === undefined);
  }

  private forget(id: string): void {
    this.items = this.items.filter((i) => i.id !== id);
    this.changed();
  }

  private async mark(item: SiteItem, fault: string | undefined): Promise<void> {
    const next = { ...item, fault };
    await this.store.put(next);
    this.items = this.items.map((i) => (i.id === item.id ? next : i));
    this.changed();
  }

  /** retry sends a refused item again, or everything that was refused. */
  async retry(id?: string): Promise<void> {
    for (const i of this.items.filter((i) => i.fault !== undefined && (id === undefined || i.id === id))) {
      await this.mark(i, undefined);
    }
    await this.flush();
  }

  /** discard drops an item for good. */
  async discard(id: string): Promise<void> {
    await this.store.remove(id);
    this.forget(id);
  }
}
