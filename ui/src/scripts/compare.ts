/** Two versions of a script side by side: which parts are drawn, and where the changes are. */
import type { Schema } from '../lib/client';
import type { Tag } from './plan';

export type ComparedScene = Schema<'ComparedScene'>;
export type ComparedLine = Schema<'ComparedLine'>;
export type Version = Schema<'ScriptVersion'>;

/** changedTags is what is said of a compared scene. */
export function changedTags(scene: ComparedScene): Tag[] {
  const tags: Tag[] = scene.change === 'same' ? [] : [scene.change];
  if (scene.moved) tags.push('moved');
  if (scene.was && scene.is && scene.was.label !== scene.is.label) tags.push('renumbered');
  return tags.length > 0 ? tags : ['same'];
}

/** Change is a run of lines that differ, or a scene of which only its place or heading does (line -1). */
export interface Change {
  scene: number;
  /** line is the first of the run. */
  line: number;
  /** lines is how many there are. */
  lines: number;
}

/** changesOf lists all changes in the order of the page. */
export function changesOf(scenes: ComparedScene[]): Change[] {
  return scenes.flatMap((scene, at) => {
    const runs: Change[] = [];
    scene.lines.forEach((line, i) => {
      const last = runs.at(-1);
      if (line.same) return;
      if (last && last.line + last.lines === i) last.lines++;
      else runs.push({ scene: at, line: i, lines: 1 });
    });
    if (runs.length === 0 && changedTags(scene)[0] !== 'same') runs.push({ scene: at, line: -1, lines: 0 });
    return runs;
  });
}

/** Part is a run of lines that is drawn, from a place of the scene on, or a number of same lines that are left out. */
export type Part = { from: number; lines: ComparedLine[] } | { from: number; left: number };

const around = 2;

/** partsOf leaves long runs of same lines out, but for two around each change. `whole` draws all. */
export function partsOf(lines: ComparedLine[], whole: boolean): Part[] {
  if (whole) return lines.length > 0 ? [{ from: 0, lines }] : [];
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - around), i + around + 1).some((l) => !l.same));
  const parts: Part[] = [];
  lines.forEach((line, i) => {
    const last = parts.at(-1);
    if (near[i]) {
      if (last && 'lines' in last) last.lines.push(line);
      else parts.push({ from: i, lines: [line] });
    } else if (last && 'left' in last) last.left++;
    else parts.push({ from: i, left: 1 });
  });
  // One line costs less than the word that it was left out.
  return parts.map((p) => ('left' in p && p.left === 1 ? { from: p.from, lines: [lines[p.from]!] } : p));
}

/** Pair is the two versions of a comparison. */
export interface Pair {
  a: Version;
  b: Version;
}

/**
 * pairOf takes two versions out of the list, the older first whatever order the address has; without one it takes the newest
 * and the one before it. Undefined where there are not two.
 */
export function pairOf(versions: Version[], a: string, b: string): Pair | undefined {
  const standing = versions.filter((v) => !v.undone);
  const byDefault = standing.length > 1 ? standing : versions;
  const newer = versions.find((v) => v.id === b) ?? byDefault.find((v) => v.id !== a);
  const older =
    versions.find((v) => v.id === a) ??
    byDefault.find((v) => newer && v.number < newer.number) ??
    versions.find((v) => v.id !== newer?.id);
  if (!newer || !older || newer.id === older.id) return undefined;
  return older.number < newer.number ? { a: older, b: newer } : { a: newer, b: older };
}

/** newestStanding is the newest version that was not taken back: the script as it now is, and the one that may be undone. */
export function newestStanding(versions: Version[]): Version | undefined {
  return versions.reduce<Version | undefined>(
    (best, v) => (!v.undone && (!best || v.number > best.number) ? v : best),
    undefined,
  );
}

/** compareHref is the page that compares two versions. */
export function compareHref(titleId: string, a: string, b: string): string {
  return `/titles/${titleId}/script/compare?a=${a}&b=${b}`;
}
