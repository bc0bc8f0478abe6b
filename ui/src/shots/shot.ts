/** What the shot pages work out by themselves: the form, the order, what is chosen, and who had which shots. */
import type { Schema } from '../lib/client';

export type Shot = Schema<'Shot'>;
export type ShotRow = Schema<'ShotRow'>;
export type ShotEdit = Schema<'ShotEdit'>;
export type ShotState = Shot['state'];

export const shotStates: ShotState[] = ['todo', 'drawing', 'to_review', 'picked', 'locked', 'rework'];

/** sizes are the usual words for 景别, from far to near; any other may be typed. */
export const sizes = ['远景', '大全景', '全景', '中全景', '中景', '中近景', '近景', '特写', '大特写', '空镜'];

/** cameras are the usual words for 运镜. */
export const cameras = ['固定', '推', '拉', '摇', '移', '跟', '升', '降', '环绕', '手持', '航拍', '甩'];

/** textFields are the texts of a shot in the order of its form. */
export const textFields = [
  'size',
  'camera',
  'characters',
  'description',
  'dialogue',
  'sound',
  'prompt',
  'note',
] as const;
export type TextField = (typeof textFields)[number];

/** ShotDraft is a shot as its form holds it; seconds is typed text. */
export type ShotDraft = Record<TextField, string> & { number: string; seconds: string; operators: string[] };

/** draftOf fills the form with a shot, or with what a new one begins with. */
export function draftOf(shot?: Partial<Shot>): ShotDraft {
  const texts = Object.fromEntries(textFields.map((f) => [f, shot?.[f] ?? ''])) as Record<TextField, string>;
  return {
    ...texts,
    number: shot?.number ?? '',
    seconds: secondsText(shot?.milliseconds ?? 0),
    operators: shot?.operators ?? [],
  };
}

/** secondsText writes milliseconds as 3.5, and nothing for an unknown length. */
export function secondsText(milliseconds: number): string {
  return milliseconds > 0 ? String(Math.round(milliseconds) / 1000) : '';
}

/** parseSeconds reads 3, 3.5, 3秒, 4s or 1:05 as milliseconds; undefined is no length at all. */
export function parseSeconds(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/\s*(秒钟?|s|sec|"|″)$/i, '');
  if (plain === '') return 0;
  const clock = /^(\d{1,2}):(\d{2}(?:\.\d{1,3})?)$/.exec(plain);
  if (clock) return Math.round((Number(clock[1]) * 60 + Number(clock[2])) * 1000);
  return /^\d{1,4}(\.\d{1,3})?$/.test(plain) ? Math.round(Number(plain) * 1000) : undefined;
}

const same = (a: string[], b: string[]): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

/** editOf is what the form sends: only what differs from the shot as it was. Seconds must be readable. */
export function editOf(draft: ShotDraft, was: Partial<Shot> = {}): ShotEdit {
  const before = draftOf(was);
  const out: ShotEdit = {};
  for (const field of textFields) if (draft[field] !== before[field]) out[field] = draft[field];
  if (draft.number.trim() !== before.number) out.number = draft.number.trim();
  const milliseconds = parseSeconds(draft.seconds) ?? 0;
  if (milliseconds !== (was.milliseconds ?? 0)) out.milliseconds = milliseconds;
  if (!same(draft.operators, before.operators)) out.operators = draft.operators;
  return out;
}

/** rebase carries a draft over to a newer shot: what was typed stays, everything else is taken from the newer one. */
export function rebase(draft: ShotDraft, was: Shot, now: Shot): ShotDraft {
  const before = draftOf(was);
  const out = draftOf(now);
  for (const field of [...textFields, 'number', 'seconds'] as const) {
    if (draft[field] !== before[field]) out[field] = draft[field];
  }
  if (!same(draft.operators, before.operators)) out.operators = draft.operators;
  return out;
}

/** backOf is the edit that takes an edit back. */
export function backOf(edit: ShotEdit, was: Shot): ShotEdit {
  return Object.fromEntries(Object.keys(edit).map((field) => [field, was[field as keyof Shot]])) as ShotEdit;
}

/** moved puts one item of a list at another place. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  if (from === to || from < 0 || to < 0 || from >= list.length || to >= list.length) return list;
  const out = [...list];
  const [item] = out.splice(from, 1);
  if (item !== undefined) out.splice(to, 0, item);
  return out;
}

/** splitText cuts a text in two at the end of the sentence nearest its middle; a single sentence stays whole. */
export function splitText(text: string): [string, string] {
  const ends = [...text.matchAll(/[。！？!?；;…]+[”’」』）)]*|\n+/g)].map((m) => m.index + m[0].length);
  const middle = text.length / 2;
  const inside = ends.filter((at) => text.slice(0, at).trim() && text.slice(at).trim());
  const best = inside.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return best === undefined ? [text, ''] : [text.slice(0, best).trim(), text.slice(best).trim()];
}

type Texts = Schema<'ShotText'>;

/** halvesOf proposes the two halves of a shot: the picture's frame stays, its texts are cut, its length is halved. */
export function halvesOf(shot: Shot): { first: Texts; second: Texts } {
  const frame = { size: shot.size, camera: shot.camera, characters: shot.characters };
  const [description, description2] = splitText(shot.description);
  const [dialogue, dialogue2] = splitText(shot.dialogue);
  const half = Math.round(shot.milliseconds / 2);
  const { sound, prompt, note } = shot;
  return {
    first: { ...frame, description, dialogue, sound, prompt, note, milliseconds: shot.milliseconds - half },
    second: {
      ...frame,
      description: description2,
      dialogue: dialogue2,
      sound: '',
      prompt,
      note: '',
      milliseconds: half,
    },
  };
}

/** commonOperators are those that every one of the shots has. */
export function commonOperators(shots: Shot[]): string[] {
  const [first, ...rest] = shots;
  return (first?.operators ?? []).filter((id) => rest.every((s) => s.operators.includes(id)));
}

/** byOperators groups shots by who has them, so that an assignment can be taken back in as few calls as possible. */
export function byOperators(shots: Shot[]): { shots: string[]; operators: string[] }[] {
  const groups = new Map<string, { shots: string[]; operators: string[] }>();
  for (const shot of shots) {
    const key = shot.operators.join(' ');
    const group = groups.get(key) ?? { shots: [], operators: shot.operators };
    group.shots.push(shot.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
