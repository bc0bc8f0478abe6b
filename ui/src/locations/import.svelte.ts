/** A table of slots on its way into the schedule. The server keeps it between preview and import by its hash. */
import { turned } from '../kit/table';
import { post } from '../lib/client';
import type { Schema } from '../lib/client';
import { asError, wasAborted, type ApiError } from '../lib/problem';
import { hinders, type SlotChoice, type SlotPreview } from './import';

/** SlotDesk holds one table at a time. */
export class SlotDesk {
  /** name is the file's, '' for what was pasted. */
  name = $state('');
  preview = $state.raw<SlotPreview>();
  outcome = $state.raw<Schema<'SlotOutcome'>>();
  fault = $state.raw<ApiError>();
  reading = $state(false);
  writing = $state(false);
  skip = $state(false);
  reason = $state('');
  #running: AbortController | undefined;

  /** read shows what importing a file or a pasted text would do; first is what is known of it before. */
  async read(data: Blob, name: string, first: SlotChoice): Promise<void> {
    this.forget();
    this.name = name;
    await this.#show((signal) => post('/bookings/table/preview', { query: { name }, body: data, signal }));
    if (this.preview && (first.title_id || first.year)) await this.change(first);
  }

  /** change reads the table again with one thing chosen otherwise. */
  async change(change: SlotChoice): Promise<void> {
    const now = this.preview;
    if (!now) return;
    const body = { sha256: now.sha256, name: this.name, choice: turned(now.choice, change) };
    await this.#show((signal) => post('/bookings/table/preview/again', { body, signal }));
  }

  /** write books what the preview has shown. */
  async write(): Promise<void> {
    const now = this.preview;
    if (!now || this.writing || this.reading || hinders(now, this.skip, this.reason)) return;
    this.writing = true;
    this.fault = undefined;
    try {
      const { sha256, choice } = now;
      const reason = this.reason.trim() || undefined;
      this.outcome = await post('/bookings/table', {
        body: { sha256, name: this.name, choice, skip: this.skip, reason },
      });
      this.preview = undefined;
    } catch (cause) {
      this.fault = asError(cause);
    } finally {
      this.writing = false;
    }
  }

  /** forget begins anew. */
  forget(): void {
    this.#running?.abort();
    this.reading = false;
    this.name = '';
    this.preview = undefined;
    this.outcome = undefined;
    this.fault = undefined;
    this.skip = false;
    this.reason = '';
  }

  async #show(ask: (signal: AbortSignal) => Promise<SlotPreview>): Promise<void> {
    this.#running?.abort();
    const mine = (this.#running = new AbortController());
    this.fault = undefined;
    this.reading = true;
    try {
      const answer = await ask(mine.signal);
      if (this.#running === mine) this.preview = answer;
    } catch (cause) {
      if (this.#running === mine && !wasAborted(cause)) this.fault = asError(cause);
    } finally {
      if (this.#running === mine) this.reading = false;
    }
  }
}
