/** What is done to imports and to names that wait, each with its way back where there is one. */
import { get, patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { zone } from '../lib/session.svelte';
import { toast, toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { newsOf } from '../releases/figures';
import { writes, type Import, type ImportOutcome, type Suggestion, type UnmatchedName } from './lines';

const mostNews = 2;

/** tell says what an import, or taking one back, did to the milestones. */
export function tell(out: ImportOutcome): void {
  for (const { text, tone, more } of newsOf(out.changes, [], zone()).slice(0, mostNews)) toast(text, { tone, more });
}

function undone(i: Import): Promise<ImportOutcome> {
  return post('/imports/{import}/undo', { path: { import: i.id } });
}

/** imported tells that a file was taken in and offers the way back; `changed` comes with what that did. */
export function imported(out: ImportOutcome, changed: (out: ImportOutcome) => void): void {
  const name = out.import.name;
  if (out.outcome === 'same') {
    toast(t('imports.did.same', { name }));
    return;
  }
  tell(out);
  did(t('imports.did.done', { name, n: writes(out.count) }), async () => {
    const back = await undone(out.import);
    tell(back);
    changed(back);
  });
}

/** takeBack undoes an import; the way back is to import the same file again. */
export async function takeBack(i: Import, changed: (out: ImportOutcome) => void): Promise<void> {
  try {
    const out = await undone(i);
    tell(out);
    changed(out);
    did(t('imports.did.undone', { name: i.name }), async () => {
      const { sha256, name, choice } = i;
      const again = await post('/imports', { body: { sha256, name, choice } });
      tell(again);
      changed(again);
    });
  } catch (cause) {
    toastError(cause);
  }
}

async function releaseOf(titleId: string, id: string): Promise<Schema<'Release'> | undefined> {
  const { releases } = await get('/titles/{title}/figures', { path: { title: titleId } });
  return releases.find((r) => r.release.id === id)?.release;
}

async function setAliases(titleId: string, id: string, next: (now: string[]) => string[]): Promise<void> {
  const release = await releaseOf(titleId, id);
  if (!release) return;
  const body = { aliases: next(release.aliases) };
  await patch('/releases/{release}', { path: { release: id }, rev: release.rev, body });
}

/**
 * approve makes a name of a file an alias of a title on its platform, where the title is listed if it was not; the dry run
 * is made anew then.
 */
export async function approve(u: UnmatchedName, to: Suggestion, region: string, changed: () => void): Promise<void> {
  const { name, platform } = u;
  try {
    let id = to.release_id ?? '';
    if (id) await setAliases(to.title_id, id, (now) => [...now, name]);
    else {
      const body = { platform, region: region || undefined, aliases: [name] };
      id = (await post('/titles/{title}/releases', { path: { title: to.title_id }, body })).id;
    }
    changed();
    did(t('imports.did.alias', { name, title: to.title }), async () => {
      await setAliases(to.title_id, id, (now) => now.filter((x) => x !== name));
      changed();
    });
  } catch (cause) {
    toastError(cause);
  }
}

type Stray = Schema<'Stray'>;

/** matchBack takes a match back: what it brought leaves again and the name waits. */
async function matchBack(act: string, changed: () => void): Promise<void> {
  const back = await post('/undo', { body: { act_id: act } });
  for (const { text, tone, more } of newsOf(back.changes, [], zone()).slice(0, mostNews)) toast(text, { tone, more });
  changed();
}

/**
 * match makes a waiting name an alias of a title and takes in the rows that waited for it; it tells whether it did, and
 * offers the way back.
 */
export async function match(
  s: Stray,
  to: Pick<Suggestion, 'title_id' | 'title' | 'release_id'>,
  changed: () => void,
): Promise<boolean> {
  const body = to.release_id ? { release_id: to.release_id } : { title_id: to.title_id };
  try {
    const out = await post('/strays/{stray}/match', { path: { stray: s.id }, body });
    tell(out);
    const act = out.act_id;
    const label = t('imports.did.matched', { name: s.name, title: to.title, n: writes(out.count) });
    if (act) did(label, () => matchBack(act, changed));
    else toast(label, { tone: 'good' });
    return true;
  } catch (cause) {
    toastError(cause);
    return false;
  }
}

/** ignore says that a name is none of the studio's, or that it waits again. */
export async function ignore(s: Stray, on: boolean, changed: () => void): Promise<void> {
  const set = (value: boolean) =>
    post('/strays/{stray}/ignore', { path: { stray: s.id }, body: { ignore: value } }).then(changed);
  try {
    await set(on);
    did(t(on ? 'imports.did.ignored' : 'imports.did.waits', { name: s.name }), () => set(!on));
  } catch (cause) {
    toastError(cause);
  }
}
