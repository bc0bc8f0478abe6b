/** What the pages of a title work out by themselves: forms, filters and the words of a milestone. */
import type { Schema } from '../lib/client';
import { compact, date } from '../lib/format';
import { t, tAny } from '../lib/i18n.svelte';

export type Title = Schema<'Title'>;
export type TitleIn = Schema<'TitleIn'>;
export type Board = Schema<'Board'>;
export type Stage = Title['stage'];

/** stages in the order of a title's life (product.md, States). */
export const stages: Stage[] = [
  'idea',
  'script',
  'board',
  'making',
  'post',
  'self',
  'filing',
  'ready',
  'on',
  'finished',
  'off',
];

/** kinds are the usual words for how a title is made; any other may be typed. */
export const kinds = ['AI漫剧', '2D漫剧', 'AI真人', '真人短剧', '动态漫'];

/** TitleDraft is a title as its form holds it; aliases stand one on a line, because a name may hold commas. */
export interface TitleDraft {
  name: string;
  code: string;
  kind: string;
  company: string;
  note: string;
  stage: string;
  aliases: string;
  /** firstFrame is '0' or '1001'. */
  firstFrame: string;
}

/** draftOf fills the form with a title, or with nothing for a new one. */
export function draftOf(title?: Title): TitleDraft {
  return {
    name: title?.name ?? '',
    code: title?.code ?? '',
    kind: title?.kind ?? '',
    company: title?.company ?? '',
    note: title?.note ?? '',
    stage: title?.stage ?? 'idea',
    aliases: (title?.aliases ?? []).join('\n'),
    firstFrame: String(title?.first_frame ?? 0),
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** titleIn is what the form sends: everything for a new title, only what differs for a present one. */
export function titleIn(draft: TitleDraft, was?: Title): TitleIn {
  const before = draftOf(was);
  const out: TitleIn = {};
  for (const field of ['name', 'code', 'kind', 'company', 'note'] as const) {
    const text = draft[field].trim();
    if (!was ? text || field === 'name' : text !== before[field]) out[field] = text;
  }
  if (!was) out.stage = draft.stage as Stage;
  const aliases = linesOf(draft.aliases);
  if (aliases.join('\n') !== before.aliases) out.aliases = aliases;
  if (draft.firstFrame !== before.firstFrame) out.first_frame = draft.firstFrame === '1001' ? 1001 : 0;
  return out;
}

/** backOf is the change that takes a change back. */
export function backOf(body: TitleIn, was?: Title): TitleIn {
  if (!was) return {};
  return Object.fromEntries(Object.keys(body).map((field) => [field, was[field as keyof Title]])) as TitleIn;
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s《》]+/g, '');

/** filterTitles keeps the boards whose name, code, kind, company or alias holds the text. */
export function filterTitles(boards: Board[], text: string): Board[] {
  const want = plain(text);
  if (!want) return boards;
  return boards.filter(({ title }) =>
    [title.name, title.code, title.kind, title.company, ...title.aliases].some((part) => plain(part).includes(want)),
  );
}

/** milestoneText writes a milestone as 播放量破 2 亿. */
export function milestoneText(m: Schema<'MilestoneRow'>): string {
  return t('titles.milestone', { metric: tAny(`metric.${m.metric}`), n: compact(m.threshold) });
}

/** milestoneMore is where and when: the platform, if it is one platform's, and the day in the studio's zone. */
export function milestoneMore(m: Schema<'MilestoneRow'>, zone: string): string {
  return [m.platform, date(m.at, zone)].filter(Boolean).join(' · ');
}

/** playsText cuts the figure and marks a lower bound with a plus. */
export function playsText(plays: Schema<'Plays'> | undefined): string {
  return plays ? compact(plays.value) + (plays.lower ? '+' : '') : '–';
}
