/** What the pages of the funnel work out of its counts: shares, rates with their n, and the rows of its tables. */
import type { Schema } from '../lib/client';
import { count, percent } from '../lib/format';
import { t, tAny } from '../lib/i18n.svelte';
import { drawsOf } from '../review/queue';
import type { Cell } from './csv';
import type { SortValue } from './sort';
import { waitText } from './waits';

export type Funnel = Schema<'Funnel'>;
export type EpisodeFunnel = Schema<'EpisodeFunnel'>;
export type Group = Schema<'FunnelGroup'>;
export type Wait = Schema<'Wait'>;
export type StageId = 'drawn' | 'seen' | 'shortlisted' | 'picked' | 'locked';

/** pace is how far apart reads are, in ms: a studio at work changes its counts all the time, and nobody reads a figure that moves every second. */
export const pace = 4000;

/** few is the n below which a rate is told as its two counts: three of four is no 75 percent. */
export const few = 10;

/** Stage is one step of the funnel: how many takes came so far, out of how many of the step before, after how long. */
export interface Stage {
  id: StageId;
  n: number;
  /** before is undefined at the first step. */
  before: number | undefined;
  wait: Wait | undefined;
}

type Counts = Pick<Funnel, 'takes' | 'seen' | 'shortlisted' | 'picked' | 'locked'>;

/** stagesOf puts the counts in the order of the work. */
export function stagesOf(f: Counts & { waits?: Wait[] }): Stage[] {
  const steps: [StageId, number][] = [
    ['drawn', f.takes],
    ['seen', f.seen],
    ['shortlisted', f.shortlisted],
    ['picked', f.picked],
    ['locked', f.locked],
  ];
  return steps.map(([id, n], i) => {
    const from = steps[i - 1];
    const wait = f.waits?.find((w) => w.from === from?.[0] && w.to === id && w.n > 0);
    return { id, n, before: from?.[1], wait };
  });
}

/** otherWaits are those that leap over a step. */
export function otherWaits(f: Funnel): Wait[] {
  const shown = new Set(stagesOf(f).map((s) => s.wait));
  return f.waits.filter((w) => w.n > 0 && !shown.has(w));
}

/** rateText writes a rate with the n it rests on: 75%（n=41）, and 3/4 where n is small. */
export function rateText(part: number, whole: number): string {
  if (whole <= 0) return '–';
  if (whole < few) return `${count(part)}/${count(whole)}`;
  return t('format.rate', { p: percent(part, whole), of: count(whole) });
}

/** rateOf is the rate as a number to sort by or to keep, undefined where there is nothing to divide by. */
export function rateOf(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

/** medianText writes a wait: 约 3 小时（n=41）. */
export function medianText(w: Wait): string {
  return t('funnel.wait.median', { time: waitText(w.median_s), of: count(w.n) });
}

/** usualText writes draws against what such a shot usually takes: 24 抽 · 同景别中位 6 · n=17. */
export function usualText(draws: number, usual: Funnel['usual']): string {
  const head = t('funnel.usual.draws', { n: draws });
  if (!usual || usual.n === 0) return head;
  const median = t(usual.size ? 'funnel.usual.size' : 'funnel.usual.title', { median: count(usual.median) });
  return [head, median, `n=${count(usual.n)}`].join(' · ');
}

/** Against says how far above the usual number of draws a shot is. */
export type Against = 'unknown' | 'usual' | 'above' | 'far';

/** againstUsual compares: above the median, or so far above as the queue of the review room marks it. */
export function againstUsual(draws: number, usual: Funnel['usual']): Against {
  if (!usual || usual.n === 0 || usual.median <= 0) return 'unknown';
  if (drawsOf({ attempts: draws, usual }).much) return 'far';
  return draws > usual.median ? 'above' : 'usual';
}

/** reasonIds are the reasons that occur, most frequent first; '' stands for rejections without one. */
export function reasonIds(f: Funnel): string[] {
  const ids = f.reasons.filter((r) => r.n > 0).map((r) => r.reason);
  const unsaid = [{ rejected: f.rejected, reasons: f.reasons }, ...f.models, ...f.operators].some(
    (g) => reasonCount(g, '') > 0,
  );
  return unsaid ? [...ids.filter(Boolean), ''] : ids;
}

/** reasonCount is how often a group was rejected for a reason; for '' what no named reason accounts for. */
export function reasonCount(g: Pick<Group, 'rejected' | 'reasons'>, reason: string): number {
  if (reason) return g.reasons.find((r) => r.reason === reason)?.n ?? 0;
  return Math.max(0, g.rejected - g.reasons.reduce((sum, r) => sum + (r.reason ? r.n : 0), 0));
}

/** reasonName is a reason in words. */
export function reasonName(reason: string): string {
  return reason ? tAny(`reason.${reason}`) : t('funnel.noReason');
}

/** totalOf is the whole funnel as one more group, for the last line of a table. */
export function totalOf(f: Funnel): Group {
  return { id: '', name: '', takes: f.takes, picked: f.picked, rejected: f.rejected, reasons: f.reasons };
}

/** Kind is what a table of groups has in its lines. */
export type Kind = 'model' | 'operator';

/** groupName is a model's or a person's name; either may be unknown. */
export function groupName(g: Group, kind: Kind): string {
  return g.name || t(`funnel.unknown.${kind}`);
}

/** groupKey tells groups apart: people by id, since two may share a name. */
export function groupKey(g: Group): string {
  return g.id || `=${g.name}`;
}

/** groupValue is what a table of groups sorts by. */
export function groupValue(g: Group, column: string): SortValue {
  switch (column) {
    case 'name':
      return g.name || undefined;
    case 'takes':
      return g.takes;
    case 'picked':
      return g.picked;
    case 'hit':
      return rateOf(g.picked, g.takes);
    case 'rejected':
      return g.rejected;
    case 'rejectedRate':
      return rateOf(g.rejected, g.takes);
  }
  return reasonCount(g, column.replace(/^r\./, ''));
}

/** episodeValue is what the table of episodes sorts by. */
export function episodeValue(e: EpisodeFunnel, column: string): SortValue {
  switch (column) {
    case 'hit':
      return rateOf(e.picked, e.takes);
    case 'drawHit':
      return rateOf(e.picked, e.returned);
    case 'shots':
    case 'attempts':
    case 'takes':
    case 'seen':
    case 'shortlisted':
    case 'picked':
    case 'locked':
      return e[column];
  }
  return e.number;
}

const places = (rate: number | undefined): Cell => (rate === undefined ? '' : Math.floor(rate * 10_000) / 10_000);

/** stageCsv is the funnel itself as rows of a file. */
export function stageCsv(f: Funnel): Cell[][] {
  const head = [t('funnel.csv.stage'), t('funnel.csv.n'), t('funnel.csv.share'), t('funnel.csv.wait'), 'n'];
  const rows = stagesOf(f).map((s): Cell[] => [
    t(`funnel.stage.${s.id}`),
    s.n,
    s.before === undefined ? '' : places(rateOf(s.n, s.before)),
    s.wait ? s.wait.median_s : '',
    s.wait ? s.wait.n : '',
  ]);
  return [head, ...rows];
}

/** groupCsv is a table of groups as rows of a file, with its total. */
export function groupCsv(f: Funnel, groups: Group[], kind: Kind): Cell[][] {
  const reasons = reasonIds(f);
  const head = [
    t(`funnel.by.${kind}`),
    t('funnel.stage.drawn'),
    t('funnel.stage.picked'),
    t('funnel.candidateHit'),
    t('funnel.rejected'),
    ...reasons.map(reasonName),
  ];
  const line = (g: Group, name: string): Cell[] => [
    name,
    g.takes,
    g.picked,
    places(rateOf(g.picked, g.takes)),
    g.rejected,
    ...reasons.map((r) => reasonCount(g, r)),
  ];
  return [head, ...groups.map((g) => line(g, groupName(g, kind))), line(totalOf(f), t('funnel.total'))];
}

/** episodeCsv is the table of episodes as rows of a file. */
export function episodeCsv(rows: EpisodeFunnel[]): Cell[][] {
  const figures = ['shots', 'attempts', 'returned', 'takes', 'seen', 'shortlisted', 'picked', 'locked'] as const;
  const head = [
    t('funnel.csv.episode'),
    t('funnel.csv.name'),
    ...figures.map((x) => t(`funnel.csv.${x}`)),
    t('funnel.candidateHit'),
    t('funnel.drawHit'),
  ];
  const line = (e: EpisodeFunnel): Cell[] => [
    e.number,
    e.name,
    ...figures.map((x) => e[x]),
    places(rateOf(e.picked, e.takes)),
    places(rateOf(e.picked, e.returned)),
  ];
  return [head, ...rows.map(line)];
}
