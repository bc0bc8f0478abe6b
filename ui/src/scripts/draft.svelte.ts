/**
 * A script on its way in: the file, how it was read, what was set by hand, and how that is taken back. Each step by hand has
 * the server read the file again, a moment after the last of several quick ones.
 */
import type { Schema } from '../lib/client';
import { asError, wasAborted, type ApiError } from '../lib/problem';
import { me } from '../lib/session.svelte';
import { correct, withoutLines, type Correction } from './corrections';
import { dropDraft, keepDraft, readDraft, type KeptDraft, type KeptScript } from './kept';
import type { LineKind, Preview } from './lines';
import { linked, unlinked, type SceneLink } from './plan';
import { importKept, previewAgain, previewScript } from './send';

interface ByHand {
  corrections: Correction[];
  links: SceneLink[];
}

const settle = 250;
/** gone is the code with which the server says that it no longer has a kept file. */
const gone = 'kept.gone';
const nothing: ByHand = { corrections: [], links: [] };

/** ScriptDraft is the script that a title's page is about to import. */
export class ScriptDraft {
  readonly #title: string;
  readonly #person = me()?.person.id ?? '';
  /** file is there while this page holds the bytes; after a reload only the server does. */
  file = $state.raw<File>();
  name = $state('');
  bytes = $state(0);
  /** encoding is what was chosen by hand, '' where the server finds it. */
  encoding = $state('');
  note = $state('');
  preview = $state.raw<Preview>();
  fault = $state.raw<ApiError>();
  reading = $state(false);
  writing = $state(false);
  /** behind: the preview does not show yet what was set by hand, and is not imported so. */
  behind = $state(false);
  /** share of the file that was sent, 0 to 1. */
  share = $state(0);
  /** waiting is a draft of before that may be taken up again. */
  waiting = $state.raw<KeptDraft>();
  #hand = $state.raw<ByHand>(nothing);
  #past = $state.raw<ByHand[]>([]);
  #running: AbortController | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(title: string) {
    this.#title = title;
    this.waiting = readDraft(sessionStorage, this.#person, title, Date.now());
  }

  get corrections(): Correction[] {
    return this.#hand.corrections;
  }
  get links(): SceneLink[] {
    return this.#hand.links;
  }
  /** steps is how many may be taken back. */
  get steps(): number {
    return this.#past.length;
  }

  /** read sends a file to be previewed; what was set by hand in another one is gone. */
  async read(file: File, encoding = ''): Promise<void> {
    const signal = this.#begin();
    this.file = file;
    this.name = file.name;
    this.bytes = file.size;
    this.encoding = encoding;
    this.#hand = nothing;
    this.#past = [];
    await this.#show(signal, () => previewScript(this.#title, file, encoding, (s) => (this.share = s), signal));
  }

  /** readAs reads the same bytes in another encoding; what was set by hand rested on the text of before. */
  async readAs(encoding: string): Promise<void> {
    this.encoding = encoding;
    this.#hand = nothing;
    this.#past = [];
    if (this.preview) await this.again();
    else if (this.file) await this.read(this.file, encoding);
  }

  /** again has the server read the kept file with all that was set by hand. */
  async again(): Promise<void> {
    const kept = this.#kept();
    if (!kept) return;
    const signal = this.#begin();
    await this.#show(signal, () => this.#reread(kept, signal));
  }

  // The server keeps a file for a day; where this page still has it, it is sent once more.
  async #reread(kept: KeptScript, signal: AbortSignal): Promise<Preview> {
    try {
      return await previewAgain(this.#title, kept, signal);
    } catch (cause) {
      if (asError(cause).code !== gone || !this.file) throw cause;
      await previewScript(this.#title, this.file, this.encoding, (s) => (this.share = s), signal);
      return previewAgain(this.#title, kept, signal);
    }
  }

  correct(lines: number[], kind: LineKind): void {
    this.#set({ ...this.#hand, corrections: correct(this.#hand.corrections, lines, kind) });
  }
  leave(lines: number[]): void {
    this.#set({ ...this.#hand, corrections: withoutLines(this.#hand.corrections, lines) });
  }
  link(index: number, sceneId: string): void {
    this.#set({ ...this.#hand, links: linked(this.#hand.links, index, sceneId) });
  }
  unlink(index: number): void {
    this.#set({ ...this.#hand, links: unlinked(this.#hand.links, index) });
  }

  /** back takes the last step by hand back. */
  back(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.#change(before);
  }

  #set(next: ByHand): void {
    this.#past = [...this.#past, this.#hand];
    this.#change(next);
  }

  #change(next: ByHand): void {
    this.#hand = next;
    this.behind = true;
    this.keep();
    clearTimeout(this.#soon);
    this.reading = true;
    this.#soon = setTimeout(() => void this.again(), settle);
  }

  /** keep writes the draft where a reload finds it. */
  keep(): void {
    const kept = this.#kept();
    if (kept) keepDraft(sessionStorage, this.#person, this.#title, { kept, bytes: this.bytes, at: Date.now() });
  }

  /** resume takes up the draft of before. */
  async resume(): Promise<void> {
    const old = this.waiting;
    if (!old) return;
    const { kept } = old;
    this.name = kept.name;
    this.bytes = old.bytes;
    this.encoding = kept.encoding ?? '';
    this.note = kept.note ?? '';
    this.#hand = { corrections: kept.corrections ?? [], links: kept.links ?? [] };
    this.#past = [];
    const signal = this.#begin();
    await this.#show(signal, () => previewAgain(this.#title, kept, signal));
  }

  /** close puts the preview aside; it may be taken up again. */
  close(): void {
    this.keep();
    this.#clear();
    this.waiting = readDraft(sessionStorage, this.#person, this.#title, Date.now());
  }

  /** drop forgets the draft. */
  drop(): void {
    this.#forget();
    this.#clear();
  }

  #forget(): void {
    dropDraft(sessionStorage, this.#person, this.#title);
    this.waiting = undefined;
  }

  /** write imports what the preview shows; undefined where that was refused (fault) or given up. */
  async write(): Promise<Schema<'ScriptVersion'> | undefined> {
    const kept = this.#kept();
    if (!kept || this.writing || this.reading || this.behind) return undefined;
    const signal = this.#begin();
    this.writing = true;
    try {
      const encoding = this.preview?.script.encoding ?? kept.encoding;
      const version = await importKept(this.#title, { ...kept, encoding }, signal);
      this.drop();
      return version;
    } catch (cause) {
      if (!wasAborted(cause)) this.fault = asError(cause);
      return undefined;
    } finally {
      this.writing = false;
    }
  }

  /** stop gives up whatever is under way, as when the page goes. */
  stop(): void {
    clearTimeout(this.#soon);
    this.#running?.abort();
  }

  #kept(): KeptScript | undefined {
    if (!this.preview) return undefined;
    const { corrections, links } = this.#hand;
    const note = this.note.trim();
    return { sha256: this.preview.sha256, name: this.name, encoding: this.encoding, corrections, links, note };
  }

  #begin(): AbortSignal {
    this.stop();
    this.#running = new AbortController();
    this.share = 0;
    this.fault = undefined;
    return this.#running.signal;
  }

  async #show(signal: AbortSignal, load: () => Promise<Preview>): Promise<void> {
    this.reading = true;
    try {
      this.preview = await load();
      this.behind = false;
      this.waiting = undefined;
      this.keep();
    } catch (cause) {
      if (wasAborted(cause)) return;
      this.fault = asError(cause);
      if (this.fault.code === gone) this.#forget();
      if (this.#past.length === 0) this.preview = undefined;
    } finally {
      if (!signal.aborted) this.reading = false;
    }
  }

  #clear(): void {
    this.stop();
    this.reading = false;
    this.file = undefined;
    this.name = '';
    this.bytes = 0;
    this.encoding = '';
    this.note = '';
    this.preview = undefined;
    this.behind = false;
    this.fault = undefined;
    this.#hand = nothing;
    this.#past = [];
  }
}
