/** Asks the server what is in the way of a slot while it is thought of: the newest question alone, after a moment's rest. */
import { post } from '../lib/client';
import { wasAborted } from '../lib/problem';
import { keyOf, type Clash, type SlotAsk } from './clashes';

const rest = 150;

/** Asker holds the answer to the last slot that was asked about; `of` is which slot that is. */
export class Asker {
  list = $state.raw<Clash[]>([]);
  of = $state('');
  /** asking tells that the answer shown is not the newest slot's. */
  asking = $state(false);
  #soon: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  /** ask shows what is in the way of a slot in a moment; what stood before stays until then. */
  ask(slot: SlotAsk): void {
    this.#stop();
    if (keyOf(slot) === this.of) {
      this.asking = false;
      return;
    }
    this.asking = true;
    this.#soon = setTimeout(() => void this.now(slot).catch(() => undefined), rest);
  }

  /** now is what is in the way of a slot, asked for at once unless it is known. A question that fails is thrown. */
  async now(slot: SlotAsk): Promise<Clash[]> {
    const key = keyOf(slot);
    if (key === this.of && !this.asking) return this.list;
    this.#stop();
    const mine = (this.#running = new AbortController());
    this.asking = true;
    try {
      const { items } = await post('/bookings/check', { body: slot, signal: mine.signal });
      if (this.#running !== mine) return items;
      this.list = items;
      this.of = key;
      return items;
    } catch (cause) {
      if (this.#running === mine && !wasAborted(cause)) this.clear();
      throw cause;
    } finally {
      if (this.#running === mine) this.asking = false;
    }
  }

  /** clear forgets the answer. */
  clear(): void {
    this.#stop();
    this.list = [];
    this.of = '';
    this.asking = false;
  }

  #stop(): void {
    clearTimeout(this.#soon);
    this.#running?.abort();
    this.#running = undefined;
  }
}
