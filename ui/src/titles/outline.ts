/** The outline of a title as one list of scenes, and what it says of itself. */
import type { Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';

export type EpisodeRow = Schema<'EpisodeRow'>;
export type SceneRow = Schema<'SceneRow'>;
export type Episode = Schema<'Episode'>;

/** OutlineScene is a scene with the number of its episode. */
export interface OutlineScene {
  scene: SceneRow;
  episode: number;
}

/** visible leaves out what is no longer in the script, unless it is asked for or work hangs on it. */
export function visible(rows: EpisodeRow[], withOld: boolean): EpisodeRow[] {
  if (withOld) return rows;
  const kept = rows.map((row) => ({ ...row, scenes: row.scenes.filter((s) => !s.archived) }));
  return kept.filter((row) => !row.episode.archived || row.scenes.length > 0);
}

/** oldScenes counts the scenes that are no longer in the script. */
export function oldScenes(rows: EpisodeRow[]): number {
  return rows.reduce((n, row) => n + row.scenes.filter((s) => s.archived).length, 0);
}

/** scenesOf is every scene of the rows in the order shown. */
export function scenesOf(rows: EpisodeRow[]): OutlineScene[] {
  return rows.flatMap((row) => row.scenes.map((scene) => ({ scene, episode: row.episode.number })));
}

/** episodeName is 第 3 集 with the episode's own name behind it. */
export function episodeName(episode: Episode): string {
  const head = t('titles.episode', { n: String(episode.number) });
  return episode.name ? `${head} · ${episode.name}` : head;
}

type Named = Pick<SceneRow, 'label' | 'heading' | 'code'>;

/** sceneLabel is the scene's label as written, or its heading where it has none. */
export function sceneLabel(scene: Named): string {
  return scene.label || scene.heading || scene.code;
}

/** sceneName is the label as people say it: a bare 一 or 1-1 becomes 场 1-1. */
export function sceneName(scene: Named): string {
  const label = sceneLabel(scene);
  return /^[+＋]?[\d一二三四五六七八九十百零A-Za-z.\-—–－]{1,8}$/.test(label)
    ? t('titles.scene.named', { label })
    : label;
}

/** sceneWhere is interior, time and place in the order of a Chinese heading: 内 夜 出租屋. */
export function sceneWhere(scene: Pick<SceneRow, 'interior' | 'time' | 'place'>): string {
  return [scene.interior, scene.time, scene.place].filter(Boolean).join(' · ');
}

/** sums adds up the shots of an episode. */
export function sums(row: EpisodeRow): { shots: number; picked: number } {
  return row.scenes.reduce((n, s) => ({ shots: n.shots + s.shots, picked: n.picked + s.picked }), {
    shots: 0,
    picked: 0,
  });
}

/** findEpisode takes the :ep of an address, which is a number, or an id where a link was made from one. */
export function findEpisode(rows: EpisodeRow[], ep: string): EpisodeRow | undefined {
  return rows.find((row) => String(row.episode.number) === ep) ?? rows.find((row) => row.episode.id === ep);
}
