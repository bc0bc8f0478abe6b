/** What the pages of imports work out by themselves: what hinders an import, its figures in a row, and its words. */
import type { TableFigure } from '../kit/table';
import type { Schema } from '../lib/client';
import { count, dateTime } from '../lib/format';
import { hasText, t, tAny } from '../lib/i18n.svelte';
import { metricName, type MilestoneRow } from '../releases/figures';

export type FigurePreview = Schema<'FigurePreview'>;
export type FigureChoice = Schema<'FigureChoice'>;
export type FigureChange = Schema<'FigureChange'>;
export type ImportCount = Schema<'ImportCount'>;
export type Import = Schema<'Import'>;
export type ImportOutcome = Schema<'ImportOutcome'>;
export type UnmatchedName = Schema<'UnmatchedName'>;
export type Suggestion = Schema<'Suggestion'>;
export type StrayRow = Schema<'StrayRow'>;

/** currencies are those that a file may leave unsaid. */
export const currencies = ['CNY', 'USD', 'HKD', 'TWD', 'JPY', 'KRW', 'EUR', 'GBP', 'SGD', 'THB'];

// In the order in which they are told; the last ones only where there are any.
type Counted = Exclude<keyof ImportCount, 'rows'>;
const figures: [Counted, string][] = [
  ['new', '+'],
  ['duplicate', '='],
  ['up', '↑'],
  ['down', '↓'],
  ['older', '◷'],
  ['revived', '↺'],
  ['unmatched', '?'],
  ['wrong', '✕'],
  ['skipped', '–'],
  ['releases', '+'],
  ['titles', '#'],
];
const rarer: Counted[] = ['releases', 'titles'];

/** figuresOf are the counts of an import in the order in which they are told. */
export function figuresOf(c: ImportCount): TableFigure[] {
  return figures
    .filter(([id]) => c[id] > 0 || !rarer.includes(id))
    .map(([id, glyph]) => ({ id, glyph, n: c[id], label: t(`imports.figure.${id}`) }));
}

/** writes is how many figures an import would write: new ones, corrections, and what goes into history. */
export function writes(c: ImportCount): number {
  return c.new + c.up + c.down + c.revived + c.older;
}

/** hinders is what keeps a table of figures from being imported, '' where nothing does. */
export function hinders(p: Pick<FigurePreview, 'lacking' | 'before' | 'count'>): 'lacking' | 'same' | 'nothing' | '' {
  if (p.lacking.length > 0) return 'lacking';
  if (writes(p.count) + p.count.releases > 0 || (p.count.unmatched > 0 && !p.before)) return '';
  return p.before ? 'same' : 'nothing';
}

const ofPeriod = '_more';

/** fieldName is what a column may stand for; a metric is called as everywhere. */
export function fieldName(field: string): string {
  if (field.endsWith(ofPeriod)) return t('imports.more', { metric: metricName(field.slice(0, -ofPeriod.length)) });
  return hasText(`imports.field.${field}`) ? tAny(`imports.field.${field}`) : metricName(field);
}

const scaled: Record<string, number> = { completion: 2, revenue: 4, spend: 4 };

/** valueText writes a figure whole: 210,000,000, 46.25%, CNY 1,250,000.00. Shares are 1/100 percent, money 1/10,000 unit. */
export function valueText(metric: string, value: number, currency = ''): string {
  const places = scaled[metric];
  if (places === undefined) return count(value);
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const sign = value < 0 ? '−' : '';
  const text = `${sign}${count(Number(digits.slice(0, -places)))}.${digits.slice(-places).slice(0, 2)}`;
  return metric === 'completion' ? `${text}%` : [currency, text].filter(Boolean).join(' ');
}

/** gapText sets what the increments of a span come to against what its totals grew by. */
export function gapText(g: Schema<'FigureGap'>): string {
  return t('imports.gapSays', {
    increments: valueText(g.metric, g.increments, g.currency),
    totals: valueText(g.metric, g.totals, g.currency),
  });
}

/** exportedText writes when a file was made; what cannot be read as a time stands as it is. */
export function exportedText(at: string | undefined, zone: string): string {
  if (!at) return '';
  const iso = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(at);
  return iso ? dateTime(at, zone, 'zh-CN') : at;
}

/** Mark is what becomes of one milestone: it comes, goes, or moves to another time. */
export interface Mark {
  kind: 'come' | 'moved' | 'gone';
  row: MilestoneRow;
  /** next is what a moved one became. */
  next?: MilestoneRow;
}

const scope = (m: MilestoneRow): string => [m.title_id, m.release_id ?? '', m.metric, m.threshold].join(' ');

function nextOf(m: MilestoneRow, standing: MilestoneRow[]): MilestoneRow | undefined {
  return standing.find((x) => x.id !== '' && x.id === m.became) ?? standing.find((x) => scope(x) === scope(m));
}

/** marksOf tells what a change did to the milestones: those that go first, then those that move, then those that come. */
export function marksOf(changes: MilestoneRow[]): Mark[] {
  const standing = changes.filter((m) => m.state === 'stands');
  const moved = changes
    .filter((m) => m.state === 'moved')
    .map((row): Mark => ({ kind: 'moved', row, next: nextOf(row, standing) }));
  const taken = new Set(moved.map((m) => m.next));
  return [
    ...changes.filter((m) => m.state === 'withdrawn').map((row): Mark => ({ kind: 'gone', row })),
    ...moved,
    ...standing.filter((m) => !taken.has(m)).map((row): Mark => ({ kind: 'come', row })),
  ];
}

/** choiceWords says how a file was read, as pairs of a name and a value; what was left open is left out. */
export function choiceWords(c: FigureChoice): [string, string][] {
  const columns = (c.columns ?? []).filter(Boolean).map(fieldName).join(t('imports.comma'));
  const pairs: [string, string | undefined][] = [
    [t('tables.encoding'), c.encoding && tAny(`scripts.encoding.${c.encoding}`)],
    [t('tables.separator'), c.separator && t(`tables.separator.${c.separator}`)],
    [t('tables.sheet'), c.sheet],
    [t('tables.headerRow'), c.header_row === undefined ? '' : String(c.header_row)],
    [t('imports.columns'), columns],
    [t('imports.platform'), c.platform],
    [t('imports.region'), c.region],
    [t('imports.metric'), c.metric && metricName(c.metric)],
    [t('imports.kind'), t(c.increment ? 'imports.kind.increment' : 'imports.kind.total')],
    [t('imports.currency'), c.currency],
    [t('imports.newReleases'), c.new_releases ? t('imports.yes') : ''],
  ];
  return pairs.filter((p): p is [string, string] => !!p[1]);
}
