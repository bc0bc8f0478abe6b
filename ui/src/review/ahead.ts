/** The shot that comes next is read before it is asked for, with its small pictures, so that it stands there at once. */
import { get, type Answer } from '../lib/client';
import { pictureUrl } from '../player/media';

/** Peek is a shot as it was a moment ago. */
export interface Peek {
  page: Answer<'get', '/shots/{shot}'>;
  takes: Answer<'get', '/shots/{shot}/takes'>['items'];
}

const fresh = 60_000;
const pictures = 24;

export class Ahead {
  #shot = '';
  #blind = false;
  #at = 0;
  #peek: Promise<Peek | undefined> = Promise.resolve(undefined);

  /** read asks for a shot, unless it is here already. */
  read(shot: string, blind: boolean): void {
    if (shot === this.#shot && blind === this.#blind && Date.now() - this.#at < fresh) return;
    this.#shot = shot;
    this.#blind = blind;
    this.#at = Date.now();
    this.#peek = this.#load(shot, blind);
  }

  async #load(shot: string, blind: boolean): Promise<Peek | undefined> {
    try {
      const path = { shot };
      const [page, takes] = await Promise.all([
        get('/shots/{shot}', { path }),
        get('/shots/{shot}/takes', { path, query: { blind } }),
      ]);
      for (const { take } of takes.items.slice(0, pictures)) {
        const src = pictureUrl(take, 'thumb');
        if (src) new Image().src = src;
      }
      return { page, takes: takes.items };
    } catch {
      return undefined; // it is asked for again, and its refusal shown, when somebody goes there
    }
  }

  /** of is what was read of a shot, or undefined. */
  async of(shot: string, blind: boolean): Promise<Peek | undefined> {
    if (shot !== this.#shot || blind !== this.#blind || Date.now() - this.#at > fresh) return undefined;
    return this.#peek;
  }

  /** forget is for a shot that was shown: what comes next about it is read anew. */
  forget(shot: string): void {
    if (shot === this.#shot) this.#shot = '';
  }
}
