/**
 * What somebody is about to say: kept in this tab under the take (or the note) it belongs to, so that neither a refusal of the
 * server nor a reload loses a word or a stroke.
 */
import { randomKey, type Schema } from '../lib/client';
import { me } from '../lib/session.svelte';
import type { MemberRow, Note, Stroke } from './link';
import { points, standing, type Chosen } from './mentions';

export type NoteIn = Schema<'NoteIn'>;
/** Scope is what a note speaks of: the whole take, one frame, or a range of frames. */
export type Scope = 'take' | 'frame' | 'range';

/** Aim is where on the clip a note points. */
export interface Aim {
  frame?: number;
  range?: [number, number];
}

interface Kept extends Aim {
  text: string;
  chosen: Chosen[];
  /** scope is there once it was chosen by hand. */
  scope?: Scope;
  drawing: Stroke[];
}

const blank: Kept = { text: '', chosen: [], drawing: [] };

/** scopeOf is what a note speaks of while nobody chose it: the loop that is set, else the frame on the screen. */
export function scopeOf(aim: Aim, chosen?: Scope): Scope {
  if (chosen === 'range' && !aim.range) return 'frame';
  return chosen ?? (aim.range ? 'range' : aim.frame !== undefined ? 'frame' : 'take');
}

function isKept(x: unknown): x is Kept {
  const k = x as Partial<Kept> | null;
  return typeof k?.text === 'string' && Array.isArray(k.chosen) && Array.isArray(k.drawing);
}

/** ofTake names the draft of a new note on a take. */
export function ofTake(take: string): string {
  return `take.${take}`;
}

/** Draft of a new note on a take, of an answer, or of a change; `of` says of which. */
export class Draft {
  readonly of: string;
  readonly #key: string;
  readonly #aim: () => Aim;
  #kept = $state.raw<Kept>(blank);
  #once = '';

  /** aim says where the clip stands: a note points to the frame at which it was begun. */
  constructor(of: string, start: Partial<Kept> = {}, aim: () => Aim = () => ({})) {
    this.of = of;
    this.#aim = aim;
    // Another person who signs in at this tab must not find it.
    this.#key = `chouka.note.${me()?.person.id ?? ''}.${of}`;
    this.#kept = this.#read() ?? { ...blank, ...start };
  }

  #read(): Kept | undefined {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? '');
      return isKept(kept) ? { ...blank, ...kept } : undefined;
    } catch {
      return undefined;
    }
  }

  get text(): string {
    return this.#kept.text;
  }
  get chosen(): Chosen[] {
    return this.#kept.chosen;
  }
  /** aim is where the note points: fixed with its first word or stroke, until then wherever the clip stands. */
  get aim(): Aim {
    if (this.empty) return this.#aim();
    return { frame: this.#kept.frame, range: this.#kept.range };
  }
  get scope(): Scope {
    return scopeOf(this.aim, this.#kept.scope);
  }
  get drawing(): Stroke[] {
    return this.#kept.drawing;
  }
  /** empty tells that there is nothing to lose. */
  get empty(): boolean {
    return this.text.trim() === '' && this.drawing.length === 0;
  }
  /** once names this very content, so that sending it again after a lost answer makes no second note. */
  get once(): string {
    return (this.#once ||= randomKey());
  }

  /** change keeps what was changed, here and in the tab. */
  change(part: Partial<Kept>): void {
    const begins = this.empty ? this.#aim() : {};
    this.#kept = { ...this.#kept, ...begins, ...part };
    this.#once = '';
    try {
      if (this.empty) sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // A full or forbidden storage costs the copy for a reload, not the draft.
    }
  }

  clear(): void {
    this.change({ ...blank, scope: undefined });
  }

  /** said is the text without blanks around it, with the choices where they stand then. */
  said(): { text: string; mentions: { person_id: string; start: number }[] } {
    const text = this.text.trim();
    const cut = points(this.text) - points(this.text.trimStart());
    return { text, mentions: this.chosen.map((c) => ({ person_id: c.person_id, start: c.start - cut })) };
  }

  /** span is the frame or the range that the note speaks of; empty for the whole take. */
  get span(): { frame?: number; last?: number } {
    const { frame, range } = this.aim;
    return { take: {}, frame: { frame }, range: { frame: range?.[0], last: range?.[1] } }[this.scope];
  }

  /** noteIn is what the server is told of a new note. */
  noteIn(): NoteIn {
    const { drawing } = this;
    return { ...this.said(), ...this.span, ...(drawing.length > 0 && { drawing }) };
  }
}

/** toChange is the draft of a change to a note; it begins with what the note says now. */
export function toChange(note: Note, people: MemberRow[]): Draft {
  const chosen = standing(note.text, note.mentions, people);
  return new Draft(`edit.${note.id}`, { text: note.text, chosen, drawing: note.drawing });
}
