/** The lines of a script: all of a reading in one list, what each says, and what a shot takes over from chosen ones. */
import type { Schema } from '../lib/client';

export type Line = Schema<'ScriptLine'>;
export type Reading = Schema<'Script'>;
export type Preview = Schema<'Preview'>;

/** kindOrder is the order in which a reader meets the kinds of line. */
export const kindOrder = [
  'title',
  'bio',
  'contents',
  'episode',
  'scene',
  'cast',
  'action',
  'speech',
  'note',
  'end',
  'unknown',
] as const;
export type LineKind = (typeof kindOrder)[number];

/** allLines is every line of a reading in the order of the file. */
export function allLines(script: Reading): Line[] {
  const lines = [...script.front];
  for (const episode of script.episodes) {
    lines.push(...episode.front);
    for (const scene of episode.scenes) lines.push(...scene.lines);
  }
  return lines;
}

/** kindCounts lists the kinds that occur with their numbers of lines; a kind that is not known here comes last. */
export function kindCounts(script: Reading): { kind: string; n: number }[] {
  const counts = script.counts.kinds;
  const names = [...kindOrder, ...Object.keys(counts).filter((k) => !kindOrder.includes(k as LineKind))];
  return names.map((kind) => ({ kind, n: counts[kind] ?? 0 })).filter((c) => c.n > 0);
}

/** accounted tells whether the kinds add up to the lines of the file, and the list on screen to the kinds. */
export function accounted(script: Reading, lines: Line[]): boolean {
  const sum = kindCounts(script).reduce((n, c) => n + c.n, 0);
  return sum === script.counts.lines && lines.length === sum;
}

/** indexOfLine finds a line by its number in the file, or the nearest one after it (blank lines are no lines). */
export function indexOfLine(lines: Line[], n: number): number {
  const at = lines.findIndex((line) => line.n >= n);
  return at < 0 ? lines.length - 1 : at;
}

/** spoken is a speech as it stands in a dialogue: the name, its manner, what is said. */
export function spoken(line: Line): string {
  if (line.more || !line.speaker) return line.said || line.text.trim();
  const mode = line.mode ? ` ${line.mode}` : '';
  const manner = line.manner ? `（${line.manner}）` : '';
  return `${line.speaker}${mode}${manner}：${line.said}`;
}

/** ShotStart is what chosen lines give to a new shot. */
export interface ShotStart {
  description: string;
  dialogue: string;
  characters: string;
}

/** startOf turns chosen lines into a shot: action and notes describe it, speeches are its dialogue, speakers its people. */
export function startOf(lines: Line[]): ShotStart {
  const speeches = lines.filter((line) => line.kind === 'speech');
  const rest = lines.filter((line) => line.kind === 'action' || line.kind === 'note' || line.kind === 'unknown');
  const names = speeches.filter((line) => !line.more).flatMap((line) => line.speaker.split('、'));
  return {
    description: rest.map((line) => line.text.trim().replace(/^[△▲]\s*/, '')).join('\n'),
    dialogue: joinSpeech(speeches),
    characters: [...new Set(names.filter(Boolean))].join('、'),
  };
}

// A name alone on its line and the words below it are one line of dialogue.
function joinSpeech(speeches: Line[]): string {
  let text = '';
  for (const line of speeches) {
    const part = spoken(line);
    if (!text) text = part;
    else text += (line.more && text.endsWith('：') ? '' : '\n') + part;
  }
  return text;
}

/** toggleLines chooses or drops a line; with `far` the whole stretch from the last chosen line. */
export function toggleLines(all: Line[], chosen: number[], n: number, far: boolean): number[] {
  const last = chosen.at(-1);
  if (!far || last === undefined) return chosen.includes(n) ? chosen.filter((x) => x !== n) : [...chosen, n];
  const [from, to] = last < n ? [last, n] : [n, last];
  const stretch = all.map((line) => line.n).filter((x) => x >= from && x <= to && !chosen.includes(x));
  return [...chosen.filter((x) => x !== n), ...stretch.filter((x) => x !== n), n];
}
