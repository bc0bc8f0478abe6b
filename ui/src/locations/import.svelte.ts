/** A table of slots on its way into the schedule. The server keeps it between preview and import by its hash. */
import { turned } from '../kit/table';
import { post } from '../lib/client';
import type { Schema } from '../lib/client';
import { Latest } from '../lib/latest.svelte';
import { asError, type ApiError } from '../lib/problem';
import { hinders, type SlotChoice, type SlotPreview } from './import';

/** SlotDesk holds one table at a time. */
export class SlotDesk {
  /** name is the file's, '' for what was pasted. */
  name = $state('');
  outcome = $state.raw<Schema<'SlotOutcome'>>();
  writing = $state(false);
  skip = $state(false);
  reason = $state('');
  #look = new Latest<SlotPreview>();

  get preview(): SlotPreview | undefined {
    return this.#look.value;
  }
  get fault(): ApiError | undefined {
    return this.#look.fault;
  }
  get reading(): boolean {
    return this.#look.busy;
  }

  /** read shows what importing a file or a pasted text would do; first is what is known of it before. */
  async read(data: Blob, name: string, first: SlotChoice): Promise<void> {
    this.forget();
    this.name = name;
    await this.#look.ask((signal) => post('/bookings/table/preview', { query: { name }, body: data, signal }));
    if (this.preview && (first.title_id || first.year)) await this.change(first);
  }

  /** change reads the table again with one thing chosen otherwise. */
  async change(change: SlotChoice): Promise<void> {
    const now = this.preview;
    if (!now) return;
    const body = { sha256: now.sha256, name: this.name, choice: turned(now.choice, change) };
    await this.#look.ask((signal) => post('/bookings/table/preview/again', { body, signal }));
  }

  /** write books what the preview has shown. */
  async write(): Promise<void> {
    const now = this.preview;
    if (!now || this.writing || this.reading || hinders(now, this.skip, this.reason)) return;
    this.writing = true;
    this.#look.fault = undefined;
    try {
      const { sha256, choice } = now;
      const reason = this.reason.trim() || undefined;
      this.outcome = await post('/bookings/table', {
        body: { sha256, name: this.name, choice, skip: this.skip, reason },
      });
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
    this.skip = false;
    this.reason = '';
  }
}
