/** Proposed shots as they are edited before they are accepted. */
import type { Schema } from '../lib/client';
import { parseSeconds, secondsText, splitText } from '../shots/shot';

type Proposed = Schema<'ProposedShot'>;

/** Draft is a proposed shot in its form: seconds is typed text, `on` whether it is to be added, `key` its own in the list. */
export interface Draft extends Omit<Proposed, 'milliseconds' | '$schema'> {
  key: number;
  on: boolean;
  seconds: string;
}

/** draftsOf makes the list to edit out of a proposal. */
export function draftsOf(items: readonly Proposed[]): Draft[] {
  return items.map(({ milliseconds, ...shot }, key) => ({
    ...shot,
    key,
    on: true,
    seconds: secondsText(milliseconds),
  }));
}

const freshKey = (list: readonly Draft[]) => 1 + list.reduce((most, d) => Math.max(most, d.key), 0);
const unique = (list: string[]) => [...new Set(list.filter(Boolean))];
const names = (text: string) => text.split(/[、,，/\s]+/);
const join = (a: string, b: string, between: string) => [a, b].filter((x) => x.trim()).join(between);

/** merged joins a draft with the one below it: texts below one another, lengths added, people named once. */
export function merged(list: Draft[], at: number): Draft[] {
  const [a, b] = [list[at], list[at + 1]];
  if (!a || !b) return list;
  const length = (parseSeconds(a.seconds) ?? 0) + (parseSeconds(b.seconds) ?? 0);
  const one: Draft = {
    ...a,
    on: a.on || b.on,
    size: a.size || b.size,
    camera: a.camera || b.camera,
    description: join(a.description, b.description, '\n'),
    dialogue: join(a.dialogue, b.dialogue, '\n'),
    sound: join(a.sound, b.sound, '；'),
    prompt: join(a.prompt, b.prompt, ', '),
    note: join(a.note, b.note, '；'),
    characters: unique([...names(a.characters), ...names(b.characters)]).join('、'),
    seconds: secondsText(length),
    lines: unique([...a.lines, ...b.lines]),
  };
  return list.toSpliced(at, 2, one);
}

/** cut makes two drafts of one: its longer texts are cut at a sentence, its length is halved, its lines stand for both. */
export function cut(list: Draft[], at: number): Draft[] {
  const whole = list[at];
  if (!whole) return list;
  const [description, description2] = splitText(whole.description);
  const [dialogue, dialogue2] = splitText(whole.dialogue);
  const length = parseSeconds(whole.seconds) ?? 0;
  const half = Math.round(length / 2);
  const first = { ...whole, description, dialogue, seconds: secondsText(length - half) };
  const second = {
    ...whole,
    key: freshKey(list),
    description: description2,
    dialogue: dialogue2,
    sound: '',
    note: '',
    seconds: secondsText(half),
    lines: [...whole.lines],
  };
  return list.toSpliced(at, 1, first, second);
}

/** dropped leaves a draft out of the list. */
export function dropped(list: Draft[], at: number): Draft[] {
  return list.filter((_, i) => i !== at);
}

/** unreadable are the drafts to be added whose length is no length. */
export function unreadable(list: readonly Draft[]): Draft[] {
  return list.filter((d) => d.on && parseSeconds(d.seconds) === undefined);
}

/** acceptedOf is what is sent: the drafts that are on, in their order. */
export function acceptedOf(list: readonly Draft[]): Proposed[] {
  return list
    .filter((d) => d.on)
    .map(({ key: _key, on: _on, seconds, ...shot }) => ({ ...shot, milliseconds: parseSeconds(seconds) ?? 0 }));
}
