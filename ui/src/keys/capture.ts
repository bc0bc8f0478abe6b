/** What a press means while a key is asked for: a key, the first of two, or one that cannot be had. */
import { isModifier } from '../lib/chord';
import type { Key } from '../lib/i18n.svelte';

export type Meaning =
  { is: 'nothing' | 'cancel' | 'clear' | 'back' } | { is: 'first' | 'key'; key: string } | { is: 'refused'; why: Key };

// Browsers keep these for themselves, whatever a page says.
const browser = /^(Mod\+(Shift\+)?[wtnq]|Mod\+(Alt\+)?(Shift\+)?Page(Up|Down)|Alt\+F4)$/;
const clipboard = /^Mod\+[cvx]$/;
const names =
  /^(Space|Delete|Insert|Home|End|Page(Up|Down)|Arrow(Up|Down|Left|Right)|F([1-9]|1[0-2])|Enter|Backspace)$/;
const printable = /^[!-~]$/;

/** refusal is why a key cannot be given to an act, undefined where it can. */
export function refusal(name: string): Key | undefined {
  const bare = name.replace(/(Mod|Alt|Shift)\+(?=.)/g, '');
  if (bare === 'Escape') return 'keys.refused.escape';
  if (bare === 'Tab') return 'keys.refused.tab';
  if (name === 'Enter') return 'keys.refused.enter';
  if (browser.test(name)) return 'keys.refused.browser';
  if (clipboard.test(name)) return 'keys.refused.clipboard';
  return names.test(bare) || printable.test(bare) ? undefined : 'keys.refused.unknown';
}

/** meaningOf reads a press; `first` is a stroke that already stands, '' for none. */
export function meaningOf(name: string, first: string): Meaning {
  if (isModifier(name)) return { is: 'nothing' };
  if (name === 'Escape') return { is: 'cancel' };
  if (name === 'Backspace') return { is: first ? 'back' : 'clear' };
  if (name === 'Enter' && first) return { is: 'key', key: first };
  const why = refusal(name);
  if (why) return { is: 'refused', why };
  if (name.includes('+') && name !== '+') return { is: 'key', key: name };
  if (first) return { is: 'key', key: `${first} ${name}` };
  return printable.test(name) ? { is: 'first', key: name } : { is: 'key', key: name };
}
