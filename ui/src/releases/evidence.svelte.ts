/** Pictures that show where something was read, on their way to the server and named by a form when they are there. */
import { address, ApiError, randomKey, type Schema } from '../lib/client';
import { bytes } from '../lib/format';
import { t } from '../lib/i18n.svelte';
import { asError, wasAborted } from '../lib/problem';
import { sendFile, type Transport } from '../lib/upload';

type Kept = Schema<'Evidence'>;

/** most is how many pictures one figure, rank or claim may have; largest is how many bytes each. */
export const most = 6;
const largest = 16 * 1024 * 1024;
/** accepted are the kinds of picture that are kept. */
export const accepted = 'image/png,image/jpeg,image/webp';

/** Picture is one on its way (id is empty), kept, or refused (error says why). */
export interface Picture {
  key: string;
  name: string;
  size: number;
  sent: number;
  id: string;
  error: string;
}

/** pictureUrl is where a kept picture is. */
export function pictureUrl(id: string): string {
  return address('/evidence/{evidence}', { evidence: id });
}

/** faultOf is why a file is not sent at all, '' where it may be. */
export function faultOf(file: { type: string; size: number }, before: number): string {
  if (before >= most) return t('figures.evidence.tooMany', { n: most });
  if (!accepted.split(',').includes(file.type)) return t('figures.evidence.kind');
  if (file.size > largest) return t('figures.evidence.tooLarge', { size: bytes(file.size) });
  return '';
}

/** Evidence is the pictures of one form. */
export class Evidence {
  list = $state<Picture[]>([]);
  readonly #going = new Map<string, AbortController>();
  readonly #title: () => string;
  readonly #send: Transport;

  constructor(title: () => string, send: Transport = sendFile) {
    this.#title = title;
    this.#send = send;
  }

  /** ids are those of the kept pictures, in their order. */
  get ids(): string[] {
    return this.list.map((p) => p.id).filter(Boolean);
  }

  /** busy tells that a picture is still on its way. */
  get busy(): boolean {
    return this.list.some((p) => !p.id && !p.error);
  }

  /** begin starts a form over, with the pictures that the thing has already. */
  begin(ids: string[] = []): void {
    for (const going of this.#going.values()) going.abort();
    this.#going.clear();
    this.list = ids.map((id, i) => ({
      key: id,
      name: t('figures.evidence.nth', { n: i + 1 }),
      size: 0,
      sent: 0,
      id,
      error: '',
    }));
  }

  /** add sends files; a refused one stays in the list with its reason. */
  async add(files: File[]): Promise<void> {
    await Promise.all(files.map((file) => this.#one(file)));
  }

  remove(key: string): void {
    this.#going.get(key)?.abort();
    this.list = this.list.filter((p) => p.key !== key);
  }

  async #one(file: File): Promise<void> {
    const key = randomKey();
    const good = this.list.filter((p) => !p.error).length;
    const error = faultOf(file, good);
    this.list.push({ key, name: file.name, size: file.size, sent: 0, id: '', error });
    if (!error) await this.#carry(key, file);
  }

  async #carry(key: string, file: File): Promise<void> {
    const stop = new AbortController();
    this.#going.set(key, stop);
    const url = address('/titles/{title}/evidence', { title: this.#title() }, { name: file.name });
    try {
      const kept = await this.#send({ body: file, url }, key, (sent) => this.#set(key, { sent }), stop.signal);
      this.#set(key, { id: (kept as Kept).id, sent: file.size });
    } catch (cause) {
      if (!wasAborted(cause)) this.#set(key, { error: words(asError(cause)) });
    } finally {
      this.#going.delete(key);
    }
  }

  #set(key: string, change: Partial<Picture>): void {
    this.list = this.list.map((p) => (p.key === key ? { ...p, ...change } : p));
  }
}

const words = (error: ApiError): string => error.detail || error.title;
