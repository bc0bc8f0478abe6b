/** A table on its way into a title: read, looked at, read otherwise, imported. The server keeps it between these by its hash. */
import { turned } from '../kit/table';
import { post } from '../lib/client';
import { Latest } from '../lib/latest.svelte';
import { asError, type ApiError } from '../lib/problem';
import { asKind, ready, type Choice, type Kind, type Outcome, type Preview } from './tables';

/** TableDesk holds one table at a time; `title` is the title that it goes into. */
export class TableDesk {
  kind = $state<Kind>('shots');
  /** name is the file's, '' for what was pasted. */
  name = $state('');
  outcome = $state.raw<Outcome>();
  writing = $state(false);
  #look = new Latest<Preview>();
  #title: () => string;

  constructor(title: () => string) {
    this.#title = title;
  }

  get preview(): Preview | undefined {
    return this.#look.value;
  }
  get fault(): ApiError | undefined {
    return this.#look.fault;
  }
  get reading(): boolean {
    return this.#look.busy;
  }

  /** read shows what importing a file or a pasted text would do. */
  async read(data: Blob, name: string): Promise<void> {
    this.forget();
    this.name = name;
    await this.#look.ask((signal) =>
      post('/titles/{title}/tables/{kind}/preview', { path: this.#path(), query: { name }, body: data, signal }),
    );
  }

  /** change reads the table again with one thing chosen otherwise. */
  async change(change: Choice): Promise<void> {
    const now = this.preview;
    if (now) await this.#again(turned(now.choice, change));
  }

  /** retype says that the rows are something else. */
  async retype(kind: Kind): Promise<void> {
    this.kind = kind;
    if (this.preview) await this.#again(asKind(this.preview.choice));
  }

  /** write imports what the preview has shown. */
  async write(): Promise<void> {
    const now = this.preview;
    if (!now || !ready(now) || this.writing || this.reading) return;
    this.writing = true;
    this.#look.fault = undefined;
    try {
      const body = { sha256: now.sha256, name: this.name, choice: now.choice };
      this.outcome = await post('/titles/{title}/tables/{kind}', { path: this.#path(), body });
      this.#look.forget();
    } catch (cause) {
      this.#look.fault = asError(cause);
    } finally {
      this.writing = false;
    }
  }

  /** forget begins anew. */
  forget(): void {
    this.#look.forget();
    this.name = '';
    this.outcome = undefined;
  }

  #path() {
    return { title: this.#title(), kind: this.kind };
  }

  async #again(choice: Choice): Promise<void> {
    const body = { sha256: this.preview?.sha256 ?? '', name: this.name, choice };
    await this.#look.ask((signal) =>
      post('/titles/{title}/tables/{kind}/preview/again', { path: this.#path(), body, signal }),
    );
  }
}
