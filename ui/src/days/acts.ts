/** What is done to shooting days and to the scenes on them, each with its way back. */
import { del, get, patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { toast } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import type { StripGo } from './carry';
import { elsewhereOf, nameOf, stillAs, type DayRow, type StripMoved, type StripScene } from './days';

type DayIn = Schema<'DayIn'>;
type DaySceneIn = Schema<'DaySceneIn'>;

/** tryMoves asks what would be in the way; nothing is written. */
export function tryMoves(titleId: string, strips: StripGo[]): Promise<StripMoved> {
  return post('/titles/{title}/strips/several', { path: { title: titleId }, body: { strips, dry: true } });
}

/** sendMoves moves strips as one. */
export function sendMoves(titleId: string, strips: StripGo[], reason?: string): Promise<StripMoved> {
  return post('/titles/{title}/strips/several', { path: { title: titleId }, body: { strips, reason } });
}

/** addDay makes a day; taking it back deletes it. */
export async function addDay(titleId: string, body: DayIn, changed: () => void): Promise<DayRow> {
  const row = await post('/titles/{title}/days', { path: { title: titleId }, body });
  did(t('days.did.added', { date: row.day.date }), async () => {
    await del('/days/{day}', { path: { day: row.day.id }, rev: row.day.rev });
    changed();
  });
  return row;
}

/** editDay changes a day. */
export async function editDay(row: DayRow, body: DayIn, changed: () => void): Promise<DayRow> {
  const { day } = row;
  const path = { day: day.id };
  const next = await patch('/days/{day}', { path, rev: day.rev, body });
  did(t('days.did.edited', { date: next.day.date }), async () => {
    const { date, unit, start, end, note } = day;
    const back = { date, unit, start, end, note, reason: t('days.undoReason') };
    // The day may have gone and come back, or got other scenes: only what this edit set has to stand as it left it.
    const { days } = await get('/titles/{title}/days', { path: { title: day.title_id } });
    const now = days.find((d) => d.day.id === day.id)?.day;
    const rev = now && stillAs(now, next.day) ? now.rev : next.day.rev;
    await patch('/days/{day}', { path, rev, body: back });
    changed();
  });
  return next;
}

/** deleteDay takes a day away, its scenes go back to the pool; taking that back brings it with all that belonged to it. */
export async function deleteDay(row: DayRow, changed: () => void): Promise<void> {
  const path = { day: row.day.id };
  await del('/days/{day}', { path, rev: row.day.rev });
  changed();
  did(t('days.did.deleted', { date: row.day.date }), async () => {
    const back = await post('/days/{day}/restore', { path });
    changed();
    if (back.elsewhere.length > 0) toast(t('days.did.elsewhere', { scenes: elsewhereOf(back.elsewhere) }));
  });
}

/** editScene changes a scene on a day; `label` is what the toast says, '' for none. */
export async function editScene(
  dayId: string,
  strip: StripScene,
  body: DaySceneIn,
  label: string,
  changed: (row: DayRow) => void,
): Promise<void> {
  const path = { day: dayId, scene: strip.scene.id };
  const send = async (b: DaySceneIn) => changed(await post('/days/{day}/scenes/{scene}', { path, body: b }));
  const was = strip.on_day;
  const old: Required<DaySceneIn> = {
    location_id: was?.location_id ?? '',
    area_id: was?.area_id ?? '',
    minutes: was?.minutes ?? 0,
    note: was?.note ?? '',
    done: !!was?.done,
  };
  await send(body);
  const back = Object.fromEntries(Object.keys(body).map((k) => [k, old[k as keyof DaySceneIn]])) as DaySceneIn;
  did(label || t('days.did.scene', { name: nameOf(strip) }), () => send(back), label === '');
}
