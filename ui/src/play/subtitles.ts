/** The dialogue of a shot as subtitles: a part at a time, each as long as its words want of the shot's length. */

/** Cue is one part: at most two lines, from and to seconds within the shot. */
export interface Cue {
  lines: string[];
  from: number;
  to: number;
}

/** wide is how many full-width characters a line holds on an upright picture; a Latin letter is half of one. */
export const wide = 14;

const breaks = /[，。！？；、…,.!?;:：）」”]/;
const closing = /[，。！？；、…,.!?;:：）」”』》\s]/;

/** widthOf counts full-width characters. */
export function widthOf(text: string): number {
  let width = 0;
  for (const c of text) width += (c.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1;
  return width;
}

/** wrapped breaks one speech into lines that fit: after a sign where there is one in the second half, else where it must. */
export function wrapped(text: string, most = wide): string[] {
  const out: string[] = [];
  let rest = [...text.trim()];
  while (widthOf(rest.join('')) > most) {
    const cut = cutOf(rest, most);
    out.push(rest.slice(0, cut).join('').trim());
    rest = [...rest.slice(cut).join('').trimStart()];
  }
  if (rest.length > 0) out.push(rest.join(''));
  return out;
}

function cutOf(chars: string[], most: number): number {
  let fits = 0;
  for (let width = 0; fits < chars.length; fits++) {
    width += widthOf(chars[fits] ?? '');
    if (width > most) break;
  }
  fits = Math.max(1, fits);
  // A line may end a little long rather than let the next one begin with a comma.
  if (closing.test(chars[fits] ?? '') && (chars[fits] ?? '') !== ' ') return fits + 1;
  for (let i = fits; i > fits / 2; i--) if (breaks.test(chars[i - 1] ?? '')) return i;
  for (let i = fits; i > fits / 2; i--) if (chars[i] === ' ') return i;
  return fits;
}

/** cuesOf cuts a shot's dialogue into parts of at most two lines and shares its length among them by their words. */
export function cuesOf(dialogue: string, seconds: number, most = wide): Cue[] {
  const parts: string[][] = [];
  for (const speech of dialogue.split(/\r?\n/)) {
    const lines = speech.trim() ? wrapped(speech, most) : [];
    for (let i = 0; i < lines.length; i += 2) parts.push(lines.slice(i, i + 2));
  }
  const weights = parts.map((lines) => Math.max(2, widthOf(lines.join(''))));
  const all = weights.reduce((sum, w) => sum + w, 0);
  let at = 0;
  return parts.map((lines, i) => {
    const from = at;
    at = i === parts.length - 1 ? seconds : from + (seconds * (weights[i] ?? 0)) / all;
    return { lines, from, to: at };
  });
}

/** cueAt is what stands at a time within the shot. */
export function cueAt(cues: Cue[], seconds: number): string[] {
  return cues.findLast((c) => c.from <= seconds + 1e-6)?.lines ?? [];
}
