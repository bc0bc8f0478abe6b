/** Choices of a combobox and how typed text finds them: by characters of the name or of its extra words (pinyin, login). */

export interface Choice {
  value: string;
  label: string;
  /** more is a quieter second text: a login, a code. */
  more?: string;
}

const plain = (s: string): string => s.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** choose filters choices by typed text; those that begin with it come first. */
export function choose(choices: Choice[], typed: string): Choice[] {
  const want = plain(typed);
  if (!want) return choices;
  const hits = choices.filter((c) => plain(c.label).includes(want) || plain(c.more ?? '').includes(want));
  const begins = (c: Choice) => (plain(c.label).startsWith(want) ? 0 : 1);
  return hits.sort((a, b) => begins(a) - begins(b));
}
