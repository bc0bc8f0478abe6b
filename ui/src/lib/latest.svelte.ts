/** Latest holds the answer to the newest of several questions; an older one that comes late is dropped. */
import { asError, wasAborted, type ApiError } from './problem';

export class Latest<T> {
  /** value is the last good answer; it stays while a newer one is on its way. */
  value = $state.raw<T>();
  fault = $state.raw<ApiError>();
  busy = $state(false);
  #running: AbortController | undefined;

  /** ask puts a new question; it tells whether its answer is the one that is held now. */
  async ask(question: (signal: AbortSignal) => Promise<T>): Promise<boolean> {
    this.#running?.abort();
    const mine = (this.#running = new AbortController());
    this.fault = undefined;
    this.busy = true;
    try {
      const answer = await question(mine.signal);
      if (this.#running !== mine) return false;
      this.value = answer;
      return true;
    } catch (cause) {
      if (this.#running === mine && !wasAborted(cause)) this.fault = asError(cause);
      return false;
    } finally {
      if (this.#running === mine) this.busy = false;
    }
  }

  /** stop gives up what is on its way; what is held stays. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.busy = false;
  }

  /** forget stops, and drops what is held. */
  forget(): void {
    this.stop();
    this.value = undefined;
    this.fault = undefined;
  }
}
