/**
 * What is written on site and waits for a line. Everything is kept first and sent then, in the order in which it was
 * written, each with the one key that it got when it was written: an answer that got lost books nothing twice. What a
 * full device cannot keep stays in the page, which says so. Where it is kept stands in sitestore.ts; what pages see in
 * site.svelte.ts.
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
  /** loose tells that the device had no room: this page alone holds it. */
  loose?: boolean;
}

/** SiteStore keeps items beyond the page. */
export interface SiteStore {
  all(): Promise<SiteItem[]>;
  put(item: SiteItem): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Deliver sends one item and throws an ApiError where it was not taken. */
export type Deliver = (item: SiteItem) => Promise<void>;

/** Mend gives a refused item as it may be taken, where that needs no person. */
export type Mend = (item: SiteItem, error: ApiError) => Promise<SiteItem | undefined>;

/** byServer is when something was written by the server's clock, as long before its now as it was before this device's. */
export function byServer(at: string, here: number, server: number): string {
  return new Date(server - Math.max(0, here - Date.parse(at))).toISOString();
}

/** isHeld tells whether an error says nothing about the item: no line, a busy server, or nobody signed in. */
export function isHeld(error: ApiError): boolean {
  return worthRetry(error) || error.status === 401;
}

/** SiteQueue holds what one person wrote; `changed` comes with every change. */
export class SiteQueue {
  private items: SiteItem[] = [];
  private readonly sent = new Set<string>();
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly person: string,
    private readonly store: SiteStore,
    private readonly deliver: Deliver,
    private readonly changed: () => void,
    private readonly mend: Mend = () => Promise.resolve(undefined),
  ) {}

  /** list is what waits, in order of writing. */
  list(): SiteItem[] {
    return this.items;
  }

  /** sending tells whether something is on its way. */
  get sending(): boolean {
    return this.running !== undefined;
  }

  /** load takes up what an earlier page or another one left, and lets go of what another one sent. */
  async load(): Promise<void> {
    const loose = this.items.filter((i) => i.loose);
    const known = new Set([...this.sent, ...loose.map((i) => i.id)]);
    const all = (await this.store.all()).filter((i) => i.person === this.person && !known.has(i.id));
    this.items = [...all, ...loose].sort((a, b) => a.seq - b.seq);
    this.changed();
  }

  /** add keeps an item; when it resolves the item cannot be lost any more, or the list tells that it is loose. */
  async add(item: Omit<SiteItem, 'seq' | 'person'>): Promise<void> {
    const seq = Math.max(Date.parse(item.at) || 0, (this.items.at(-1)?.seq ?? 0) + 1);
    const whole = await this.keep({ ...item, seq, person: this.person });
    this.items = [...this.items, whole];
    this.changed();
  }

  private async keep(item: SiteItem): Promise<SiteItem> {
    const { loose: _, ...whole } = item;
    try {
      await this.store.put(whole);
      return whole;
    } catch {
      return { ...whole, loose: true };
    }
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
    const mended = new Set<string>();
    for (let next = await this.next(); next; next = await this.next()) {
      try {
        await this.deliver(next);
      } catch (cause) {
        const error = asError(cause);
        if (isHeld(error)) return;
        const better = mended.has(next.id) ? undefined : await this.mend(next, error);
        mended.add(next.id);
        await this.change(better ?? { ...next, fault: error.detail || error.title });
        continue;
      }
      this.sent.add(next.id);
      // What stays behind though it was sent is known by its key, here and to the server.
      await this.store.remove(next.id).catch(() => undefined);
      this.forget(next.id);
    }
  }

  /** next is what is to be sent now. The store is asked each time: another page may have sent it meanwhile. */
  private async next(): Promise<SiteItem | undefined> {
    await this.load().catch((cause: unknown) => {
      if (!this.items.some((i) => i.loose)) throw cause;
    });
    return this.waiting();
  }

  private waiting(): SiteItem | undefined {
    return this.items.find((i) => i.fault === undefined);
  }

  private forget(id: string): void {
    this.items = this.items.filter((i) => i.id !== id);
    this.changed();
  }

  private async change(item: SiteItem): Promise<void> {
    const next = await this.keep(item);
    this.items = this.items.map((i) => (i.id === item.id ? next : i));
    this.changed();
  }

  /** retry sends a refused item again, or everything that was refused. */
  async retry(id?: string): Promise<void> {
    for (const i of this.items.filter((i) => i.fault !== undefined && (id === undefined || i.id === id))) {
      await this.change({ ...i, fault: undefined });
    }
    await this.flush();
  }

  /** discard drops an item for good. */
  async discard(id: string): Promise<void> {
    await this.store.remove(id);
    this.forget(id);
  }
}
