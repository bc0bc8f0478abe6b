/** Which takes were looked at: gathered for a moment and told to the server together, each once. */
import { post } from '../lib/client';

const gather = 2000;
const most = 500;

export class Looks {
  #told = new Set<string>();
  #open = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** see notes that a take was on the screen. */
  see(ids: string[]): void {
    for (const id of ids) if (id && !this.#told.has(id)) this.#open.add(id);
    if (this.#open.size > 0) this.#timer ??= setTimeout(() => void this.send(), gather);
  }

  /** send tells what is gathered; what does not get through is told with the next. */
  async send(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const takes = [...this.#open].slice(0, most);
    if (takes.length === 0) return;
    for (const id of takes) {
      this.#open.delete(id);
      this.#told.add(id);
    }
    try {
      await post('/seen', { body: { takes } });
    } catch {
      // Nobody needs to be told: the same takes are on the screen again soon.
      for (const id of takes) this.#told.delete(id);
    }
  }
}
