/** The form of a release. */
import type { Schema } from '../lib/client';
import type { Release } from './figures';

export type ReleaseIn = Schema<'ReleaseIn'>;

/** platforms are the usual ones; any other may be typed. */
export const platforms = [
  '红果短剧',
  '抖音',
  '快手',
  '腾讯视频',
  '爱奇艺',
  '优酷',
  '哔哩哔哩',
  '番茄',
  '河马剧场',
  'ReelShort',
  'DramaBox',
  'YouTube',
];

/** Draft is a release as its form holds it. */
export interface Draft {
  platform: string;
  region: string;
  date: string;
  episodes: string;
  url: string;
  note: string;
  external: string;
  priceModel: PriceModel;
  priceNote: string;
  /** aliases stand one a line. */
  aliases: string;
  quiet: boolean;
}

export type PriceModel = Release['price_model'];
/** priceModels are the ways in which a platform takes money for a title. */
export const priceModels: Exclude<PriceModel, ''>[] = ['free', 'ads', 'paid', 'member', 'mixed'];

/** aliasesOf are the names of a text, each once. */
export function aliasesOf(text: string): string[] {
  const names = text.split(/\r?\n/).map((x) => x.trim());
  return [...new Set(names.filter(Boolean))];
}

/** draftOf fills the form with a release, or with the usual for a new one. */
export function draftOf(release?: Release): Draft {
  return {
    platform: release?.platform ?? '',
    region: release?.region ?? 'CN',
    date: release?.date ?? '',
    episodes: release?.episodes ? String(release.episodes) : '',
    url: release?.url ?? '',
    note: release?.note ?? '',
    external: release?.external_id ?? '',
    priceModel: release?.price_model ?? '',
    priceNote: release?.price_note ?? '',
    aliases: (release?.aliases ?? []).join('\n'),
    quiet: release?.quiet ?? false,
  };
}

/** bodyOf is what the form sends: all that is filled in for a new release, only what differs for a present one. */
export function bodyOf(draft: Draft, was?: Release): ReleaseIn {
  const before = draftOf(was);
  const out: ReleaseIn = {};
  for (const field of ['platform', 'region', 'date', 'url', 'note'] as const) {
    const text = draft[field].trim();
    if (was ? text !== before[field] : text || field === 'platform') out[field] = text;
  }
  const episodes = draft.episodes.trim();
  if (/^\d+$/.test(episodes || '0') && episodes !== before.episodes) out.episodes = Number(episodes || '0');
  const external = draft.external.trim();
  const priceNote = draft.priceNote.trim();
  const aliases = aliasesOf(draft.aliases);
  if (external !== before.external) out.external_id = external;
  if (draft.priceModel !== before.priceModel) out.price_model = draft.priceModel;
  if (priceNote !== before.priceNote) out.price_note = priceNote;
  if (aliases.join('\n') !== before.aliases) out.aliases = aliases;
  if (draft.quiet !== before.quiet) out.quiet = draft.quiet;
  return out;
}

/** backOf is the change that takes a change back. */
export function backOf(body: ReleaseIn, was: Release): ReleaseIn {
  return Object.fromEntries(Object.keys(body).map((field) => [field, was[field as keyof Release]])) as ReleaseIn;
}
