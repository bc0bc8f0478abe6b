/** What is done to shooting days and to the scenes on them, each with its way back. */
import { del, patch, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { did } from '../lib/undo.svelte';
import { landing, nameOf, type DayRow, type Spot, type StripMove, type StripMoved, type StripScene } from './days';

type DayIn = Schema<'DayIn'>;
type DaySceneIn = Schema<'DaySceneIn'>;

/** moveOf is a drop as the server takes it. */
export function moveOf(strip: StripScene, from: Spot, to: Spot): StripMove {
  const land = landing(from, to);
  return { scene_id: strip.scene.id, from: from.day || undefined, to: land.day || undefined, at: land.at };
}

/** backOf is the move that takes a move back to where the strip stood. */
export function backOf(move: StripMove, from: Spot, reason: string): StripMove {
  return { scene_id: move.scene_id, from: move.to, to: move.from, at: from.at, reason };
}

/** tryMove asks what would be in the way; nothing is written. */
export function tryMove(titleId: string, move: StripMove): Promise<StripMoved> {
  return post('/titles/{title}/strips', { path: { title: titleId }, body: { ...move, dry: true } });
}

/** sendMove moves a strip. */
export function sendMove(titleId: string, move: StripMove): Promise<StripMoved> {
  return post('/titles/{title}/strips', { path: { title: titleId }, body: move });
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
    await patch('/days/{day}', { path, rev: next.day.rev, body: back });
    changed();
  });
  return next;
}

/** deleteDay takes a day away; its scenes go back to the pool. */
export async function deleteDay(row: DayRow): Promise<void> {
  await del('/days/{day}', { path: { day: row.day.id }, rev: row.day.rev });
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
