/** A table of figures on its way in. The server keeps it by its hash between the dry runs and the import. */
import { turned } from '../kit/table';
import { address, post, randomKey } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { Latest } from '../lib/latest.svelte';
import { asError, type ApiError } from '../lib/problem';
import { sendFile } from '../lib/upload';
import { hinders, type FigureChoice, type FigurePreview, type Import, type ImportOutcome } from './lines';

// What is chosen by hand settles for a moment, so that three quick choices make one dry run.
const settle = 250;

/** Kept is a file that the server has, with how it was read. */
export type Kept = Pick<Import, 'sha256' | 'name' | 'choice'>;

/** FigureDesk holds one table at a time. */
export class FigureDesk {
  /** name is the file's; what was pasted is called so. */
  name = $state('');
  /** sent is how many of the file's bytes are on the server. */
  sent = $state(0);
  size = $state(0);
  outcome = $state.raw<ImportOutcome>();
  writing = $state(false);
  #look = new Latest<FigurePreview>();
  #changes = $state.raw<FigureChoice>({});
  #soon = $state.raw<ReturnType<typeof setTimeout>>();
  #byHand = false;
  #from = $state.raw<FigurePreview['exported_from']>();

  /** preview is the last dry run; it stays while the next one is on its way. */
  get preview(): FigurePreview | undefined {
    return this.#look.value;
  }
  get fault(): ApiError | undefined {
    return this.#look.fault;
  }
  /** reading tells that what is shown is not yet the answer to what is chosen. */
  get reading(): boolean {
    return this.#look.busy || this.#soon !== undefined;
  }
  /** shown is the preview with what was chosen since. What was found at first stays said so until somebody types it. */
  get shown(): FigurePreview | undefined {
    const p = this.#look.value;
    return p && { ...p, exported_from: this.#from ?? p.exported_from, choice: { ...p.choice, ...this.#changes } };
  }

  /** read sends a file or a pasted text and shows what importing it would do. */
  async read(data: Blob, name: string): Promise<void> {
    this.forget();
    this.name = name || t('tables.pasted');
    this.size = data.size;
    const modified = data instanceof File ? new Date(data.lastModified).toISOString() : undefined;
    const url = address('/imports/preview', {}, { name: this.name, modified });
    await this.#look.ask(
      (signal) =>
        sendFile({ body: data, url }, randomKey(), (sent) => (this.sent = sent), signal) as Promise<FigurePreview>,
    );
    // A file that is in already is read as it was read then.
    const now = this.preview;
    if (now?.before) await this.#ask({ sha256: now.sha256, name: this.name, choice: now.before.choice });
  }

  /** reopen shows a file that the server has as it was read the last time. */
  async reopen(kept: Kept): Promise<void> {
    this.forget();
    this.name = kept.name;
    const { sha256, name, choice } = kept;
    await this.#ask({ sha256, name, choice });
  }

  /** change chooses one thing otherwise; the dry run follows when no more choices come. */
  change(change: FigureChoice): void {
    if (!this.preview) return;
    if (change.columns) this.#byHand = true;
    this.#look.stop();
    clearTimeout(this.#soon);
    this.#changes = { ...this.#changes, ...change };
    this.#soon = setTimeout(() => void this.again(), settle);
  }

  /** again makes the dry run anew, as after something outside the file changed. */
  async again(): Promise<void> {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const now = this.preview;
    if (!now) return;
    this.#from = 'exported_at' in this.#changes ? undefined : this.shown?.exported_from;
    const choice = turned(now.choice, this.#changes);
    // Each platform has columns of its own that are remembered; those set by hand stay.
    if ('platform' in this.#changes && !this.#byHand) delete choice.columns;
    if (await this.#ask({ sha256: now.sha256, name: this.name, choice })) this.#changes = {};
  }

  #ask(body: Kept): Promise<boolean> {
    return this.#look.ask((signal) => post('/imports/preview/again', { body, signal }));
  }

  /** write imports what the dry run has shown. */
  async write(): Promise<ImportOutcome | undefined> {
    const now = this.preview;
    if (!now || this.writing || this.reading || hinders(now)) return undefined;
    this.writing = true;
    this.#look.fault = undefined;
    try {
      const body = { sha256: now.sha256, name: this.name, choice: now.choice };
      this.outcome = await post('/imports', { body });
      this.#look.forget();
      return this.outcome;
    } catch (cause) {
      this.#look.fault = asError(cause);
      return undefined;
    } finally {
      this.writing = false;
    }
  }

  /** forget begins anew. */
  forget(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#look.forget();
    this.#changes = {};
    this.#byHand = false;
    this.#from = undefined;
    this.name = '';
    this.sent = 0;
    this.size = 0;
    this.outcome = undefined;
  }
}
