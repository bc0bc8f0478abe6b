/** What is done to several shots at once, each with its way back. */
import { del, post } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { did } from '../lib/undo.svelte';
import { byOperators, type Shot } from './shot';

/** deleteShots takes shots out of every list; undoing restores all of them with their work. */
export async function deleteShots(shots: Shot[], after: () => void): Promise<void> {
  const gone: string[] = [];
  try {
    for (const shot of shots) {
      await del('/shots/{shot}', { path: { shot: shot.id }, rev: shot.rev });
      gone.push(shot.id);
    }
  } finally {
    if (gone.length > 0) did(deletedText(shots, gone.length), () => restoreShots(gone, after));
    after();
  }
}

function deletedText(shots: Shot[], n: number): string {
  const [only] = shots;
  return n === 1 && only ? t('shots.deleted', { label: only.label }) : t('shots.deletedMany', { n });
}

async function restoreShots(ids: string[], after: () => void): Promise<void> {
  try {
    for (const id of ids) await post('/shots/{shot}/restore', { path: { shot: id } });
  } finally {
    after();
  }
}

/** assignShots gives shots to operators in place of who had them; undoing gives them back to whoever that was. */
export async function assignShots(shots: Shot[], operators: string[], after: () => void): Promise<void> {
  await post('/assignments', { body: { shots: shots.map((s) => s.id), operators } });
  const label = operators.length > 0 ? 'shots.assigned' : 'shots.unassigned';
  did(t(label, { n: shots.length }), async () => {
    for (const group of byOperators(shots)) await post('/assignments', { body: group });
    after();
  });
  after();
}
