/** What changed between two texts, word by word; Chinese is cut into words where the browser knows how, else into characters. */

/** Piece is a run of text that is in both texts, only in the later, or only in the earlier one. */
export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Cutter divides a text; the parts joined are the text again. */
export type Cutter = (text: string) => string[];

const plainWords = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;
const oneByOne = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** cutPlain is the cutter for browsers without a segmenter: Latin words whole, Chinese by character. */
export function cutPlain(text: string): string[] {
  return (text.match(plainWords) ?? []).flatMap((word) => (oneByOne.test(word) ? Array.from(word) : [word]));
}

/** cutterFor is the best cutter that this browser has. */
export function cutterFor(language: string): Cutter {
  if (typeof Intl.Segmenter !== 'function') return cutPlain;
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  return (text) => Array.from(segmenter.segment(text), (s) => s.segment);
}

// Beyond this many changed words a difference says less than the two texts themselves.
const mostEdits = 1200;

/** diffWords compares two texts; undefined where they have too little in common to be worth it. */
export async function diffWords(before: string, after: string, cut: Cutter): Promise<Piece[] | undefined> {
  const { diffArrays } = await import('diff');
  const changes = diffArrays(cut(before), cut(after), { maxEditLength: mostEdits });
  return changes?.map((c): Piece => {
    return { kind: c.added ? 'added' : c.removed ? 'removed' : 'same', text: c.value.join('') };
  });
}
