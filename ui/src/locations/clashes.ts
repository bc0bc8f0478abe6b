/** What is in the way of a slot, as the server says it: how it looks, and what it means for the slot. */
import type { Schema } from '../lib/client';
import { type Lang, lang } from '../lib/i18n.svelte';
import type { Tone } from '../kit/states';

export type Clash = Schema<'Clash'>;
export type Level = Clash['level'];
export type SlotAsk = Schema<'SlotAsk'>;

const looks: Record<Level, { glyph: string; tone: Tone }> = {
  hard: { glyph: '✕', tone: 'reject' },
  soft: { glyph: '!', tone: 'hold' },
  note: { glyph: 'i', tone: 'accent' },
};

/** levelLook is the glyph and tone of a level; its word stands in the catalog under schedule.level. */
export function levelLook(level: Level): { glyph: string; tone: Tone } {
  return looks[level];
}

/** sentence is what the server says about a clash, in the reader's language. */
export function sentence(c: Pick<Clash, 'zh' | 'en'>, l: Lang = lang()): string {
  return l === 'en' ? c.en : c.zh;
}

/** worst is the hardest level among clashes, '' where there is none. */
export function worst(list: Pick<Clash, 'level'>[]): Level | '' {
  return (['hard', 'soft', 'note'] as const).find((level) => list.some((c) => c.level === level)) ?? '';
}

/** Outcome is what becomes of a slot that is dropped: refused by a clash, to be given a reason, or taken. */
export type Outcome = { refused: Clash } | { reason: Clash[] } | 'take';

/** outcomeOf judges the clashes of a slot. Only what is confirmed is refused or needs a reason; a tentative one may wait. */
export function outcomeOf(list: Clash[], firm: boolean): Outcome {
  if (!firm) return 'take';
  const hard = list.find((c) => c.level === 'hard');
  if (hard) return { refused: hard };
  const soft = list.filter((c) => c.level === 'soft');
  return soft.length > 0 ? { reason: soft } : 'take';
}

/** keyOf tells one slot that was asked about from another. */
export function keyOf(slot: SlotAsk): string {
  return [slot.id, slot.location_id, slot.area_id, slot.title_id, slot.start, slot.end].join('|');
}
