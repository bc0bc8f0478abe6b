/** Ranks and claims: forms, acts with their way back, and what several ranks of one day say together. */
import { patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { did } from '../lib/undo.svelte';
import type { OriginKind } from './figures';

export type Rank = Schema<'Rank'>;
export type RankIn = Schema<'RankIn'>;
export type Claim = Schema<'FirstClaim'>;
export type ClaimIn = Schema<'ClaimIn'>;
export type Origin = Schema<'Origin'>;

/** OriginDraft is where something was seen, as forms hold it; its pictures stand beside it. */
export interface OriginDraft {
  kind: OriginKind;
  note: string;
  url: string;
}

/** originDraft fills a form with an origin; what was printed is the usual place of ranks and claims. */
export function originDraft(o?: Origin): OriginDraft {
  return { kind: o && o.kind !== 'file' ? o.kind : 'press', note: o?.note ?? '', url: o?.url ?? '' };
}

/** originBody is what a form sends. */
export function originBody(draft: OriginDraft, evidence: string[]): Schema<'OriginIn'> {
  const [note, url] = [draft.note.trim(), draft.url.trim()];
  return {
    kind: draft.kind,
    ...(note ? { note } : {}),
    ...(url ? { url } : {}),
    ...(evidence.length > 0 ? { evidence } : {}),
  };
}

/** originAgain is an origin as it would be sent to stand as it stood. */
export function originAgain(o: Origin): Schema<'OriginIn'> {
  return originBody(originDraft(o), o.evidence ?? []);
}

/** Firsts is a day on which a title stood first on several lists. */
export interface Firsts {
  date: string;
  lists: string[];
}

/** firstsOf finds the days with first places on more than one list, the last day first; withdrawn ranks count for nothing. */
export function firstsOf(ranks: Rank[]): Firsts[] {
  const days = new Map<string, Set<string>>();
  for (const r of ranks) {
    if (r.place !== 1 || r.ended) continue;
    days.set(r.date, (days.get(r.date) ?? new Set()).add(r.list));
  }
  return [...days]
    .filter(([, lists]) => lists.size > 1)
    .map(([date, lists]) => ({ date, lists: [...lists] }))
    .sort((a, b) => b.date.localeCompare(a.date));
}

/** rankText is 红果热播榜 第 3. */
export function rankText(r: { list: string; place: number }): string {
  return t('figures.rank.text', { list: r.list, n: r.place });
}

/** rankAgain is what puts a rank back as it was. */
export function rankAgain(r: Rank): RankIn {
  return {
    release_id: r.release_id ?? '',
    list: r.list,
    place: r.place,
    date: r.date,
    origin: originAgain(r.origin),
  };
}

/** claimAgain is what puts a claim back as it was. */
export function claimAgain(c: Claim): ClaimIn {
  return {
    release_id: c.release_id ?? '',
    milestone_id: c.milestone_id ?? '',
    text: c.text,
    date: c.date,
    origin: originAgain(c.origin),
  };
}

type Back = () => void;

/** saveRank enters or changes a rank and offers the way back. */
export async function saveRank(title: string, was: Rank | undefined, body: RankIn, changed: Back): Promise<void> {
  const now = was
    ? await patch('/ranks/{rank}', { path: { rank: was.id }, rev: was.rev, body })
    : await post('/titles/{title}/ranks', { path: { title }, body });
  changed();
  const path = { rank: now.id };
  did(t(was ? 'figures.did.changed' : 'figures.did.entered', { what: rankText(now) }), async () => {
    if (was) await patch('/ranks/{rank}', { path, rev: now.rev, body: rankAgain(was) });
    else await post('/ranks/{rank}/withdraw', { path, rev: now.rev, body: { why: t('releases.undo.why') } });
    changed();
  });
}

/** strikeRank withdraws a rank with a reason, or lets it stand again where the reason is empty. */
export async function strikeRank(rank: Rank, why: string, changed: Back): Promise<void> {
  const path = { rank: rank.id };
  const now = await post('/ranks/{rank}/withdraw', { path, rev: rank.rev, body: { why } });
  changed();
  did(t(why ? 'figures.did.withdrawn' : 'figures.did.stands', { what: rankText(rank) }), async () => {
    await post('/ranks/{rank}/withdraw', { path, rev: now.rev, body: { why: why ? '' : (rank.why ?? '') } });
    changed();
  });
}

/** saveClaim enters or changes a claim and offers the way back. */
export async function saveClaim(title: string, was: Claim | undefined, body: ClaimIn, changed: Back): Promise<void> {
  const now = was
    ? await patch('/claims/{claim}', { path: { claim: was.id }, rev: was.rev, body })
    : await post('/titles/{title}/claims', { path: { title }, body });
  changed();
  const path = { claim: now.id };
  did(t(was ? 'figures.did.changed' : 'figures.did.entered', { what: now.text }), async () => {
    if (was) await patch('/claims/{claim}', { path, rev: now.rev, body: claimAgain(was) });
    else await post('/claims/{claim}/withdraw', { path, rev: now.rev, body: { why: t('releases.undo.why') } });
    changed();
  });
}

/** strikeClaim withdraws a claim with a reason, or lets it stand again where the reason is empty. */
export async function strikeClaim(claim: Claim, why: string, changed: Back): Promise<void> {
  const path = { claim: claim.id };
  const now = await post('/claims/{claim}/withdraw', { path, rev: claim.rev, body: { why } });
  changed();
  did(t(why ? 'figures.did.withdrawn' : 'figures.did.stands', { what: claim.text }), async () => {
    await post('/claims/{claim}/withdraw', { path, rev: now.rev, body: { why: why ? '' : (claim.why ?? '') } });
    changed();
  });
}
