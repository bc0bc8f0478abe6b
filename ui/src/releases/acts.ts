/** What is done to readings, each told with what it did to the milestones and each with its way back. */
import { post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { zone } from '../lib/session.svelte';
import { toast } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { metricName, moment, newsOf, type Reading, type ReleaseRow } from './figures';

export type ReadingOut = Schema<'ReadingOut'>;

const mostNews = 2;

/** observedAgain is the observed time as a form would send it, so that it meets the same key (R3). */
export function observedAgain(r: Reading): string {
  return r.day_only ? moment(r.observed, zone(), true) : r.observed;
}

/** enterAgain brings a withdrawn reading back as it was. */
export function enterAgain(r: Reading): Promise<ReadingOut> {
  const body = {
    metric: r.metric,
    text: r.now.text,
    currency: r.now.currency,
    observed: observedAgain(r),
    increment: r.increment,
    origin: originAgain(r.now.origin),
  };
  return post('/releases/{release}/readings', { path: { release: r.release_id }, body });
}

/** originAgain is an origin as a form would send it; what came with a file is then typed, with the file's name beside it. */
function originAgain(o: Schema<'Origin'>): Schema<'OriginIn'> {
  const { kind, note, url, evidence } = o;
  return { kind: kind === 'file' ? 'typed' : kind, note: kind === 'file' ? o.file : note, url, evidence };
}

function tell(out: ReadingOut, releases: ReleaseRow[]): void {
  for (const { text, tone, more } of newsOf(out.changes, releases, zone()).slice(0, mostNews))
    toast(text, { tone, more });
}

/** Told is what the page does after a change: read its figures again. */
type Told = { releases: ReleaseRow[]; changed: () => void };

function backOf(out: ReadingOut, was?: Reading): () => Promise<ReadingOut> {
  const path = { reading: out.reading.id };
  if (out.outcome === 'withdrawn') return () => enterAgain(was ?? out.reading);
  // What was withdrawn and then entered anew is taken back by withdrawing it again.
  const before = was?.now ?? out.reading.past[0];
  if (out.outcome === 'corrected' && before && !was?.withdrawn) {
    return () =>
      post('/readings/{reading}/correct', { path, body: { text: before.text, why: t('releases.undo.why') } });
  }
  return () => post('/readings/{reading}/withdraw', { path, body: { why: t('releases.undo.why') } });
}

/** settled tells what became of a reading and offers the way back; a duplicate changed nothing and needs none. */
export function settled(out: ReadingOut, { releases, changed }: Told, was?: Reading): void {
  changed();
  const what = { metric: metricName(out.reading.metric), text: out.reading.now.text };
  if (out.outcome === 'duplicate') {
    toast(t('releases.did.duplicate', what));
    return;
  }
  tell(out, releases);
  if (out.outcome === 'checked') {
    const act = out.act_id;
    if (!act) toast(t('releases.did.checked', what), { tone: 'good' });
    else did(t('releases.did.checked', what), () => post('/undo', { body: { act_id: act } }).then(changed));
    return;
  }
  const back = backOf(out, was);
  did(t(`releases.did.${out.outcome}`, what), async () => {
    tell(await back(), releases);
    changed();
  });
}
