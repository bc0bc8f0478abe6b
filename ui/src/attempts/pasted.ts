/** What a pasted or dropped text is: nothing, only links, or a card with a prompt and settings. */

export type Pasted = { kind: 'none' } | { kind: 'links'; links: string[] } | { kind: 'card'; text: string };

/** longestCard is the most characters that a text card may have; more is a file. */
export const longestCard = 500_000;

const link = /^(?:https?:\/\/|ftp:\/\/|www\.)\S+$/i;

/** readPasted sorts a text. Only where every line is an address it is links: a prompt may well name one. */
export function readPasted(text: string): Pasted {
  const lines = text
    .split(/\r?\n/)
    .map((l) => l.trim())
    .filter((l) => l !== '');
  if (lines.length === 0) return { kind: 'none' };
  if (lines.every((l) => link.test(l))) return { kind: 'links', links: [...new Set(lines)] };
  return { kind: 'card', text };
}

/** withRemark adds lines to a remark, each once. */
export function withRemark(remark: string, lines: string[]): string {
  const have = remark.split('\n').map((l) => l.trim());
  return [remark.trim(), ...lines.filter((l) => !have.includes(l))].filter(Boolean).join('\n');
}
