/** The board of an episode: which picture stands for a shot, where each cell lies, and what a drag would change. */
import type { Schema } from '../lib/client';
import { moved } from '../shots/shot';
import type { SceneRow } from '../titles/outline';

export type ShotRow = Schema<'ShotRow'>;
type Reference = Schema<'Reference'>;

/** Group is a scene with its shots in order. */
export interface Group {
  scene: SceneRow;
  rows: ShotRow[];
}

/** groupsOf puts shots under their scenes. A scene that left the script is shown only where shots hang on it. */
export function groupsOf(scenes: readonly SceneRow[], rows: readonly ShotRow[]): Group[] {
  const by = new Map<string, ShotRow[]>();
  for (const row of rows) {
    const list = by.get(row.shot.scene_id);
    if (list) list.push(row);
    else by.set(row.shot.scene_id, [row]);
  }
  const groups = scenes.map((scene) => ({ scene, rows: by.get(scene.id) ?? [] }));
  return groups.filter((g) => !g.scene.archived || g.rows.length > 0);
}

/** Picture is what a cell shows: the pick, else the newest take, else a sheet of what the shot shows. */
export interface Picture {
  from: 'pick' | 'take' | 'sheet';
  src: string;
}

/** sheetPictures is the first picture of the first sheet of every element that has one. */
export function sheetPictures(references: readonly Reference[]): Map<string, string> {
  const out = new Map<string, string>();
  for (const r of references) {
    const picture = r.pictures.find((p) => p.edition === r.edition) ?? r.pictures[0];
    if (!r.element_id || !picture || r.archived || out.has(r.element_id)) continue;
    out.set(r.element_id, `/api/v1/references/${r.id}/pictures/${picture.id}/thumb`);
  }
  return out;
}

/** pictureOf is a shot's picture; undefined where its words must do. */
export function pictureOf(row: ShotRow, sheets: ReadonlyMap<string, string>): Picture | undefined {
  const { pick, cast } = row.shot;
  if (pick) return { from: 'pick', src: `/api/v1/takes/${pick.take_id}/thumb` };
  if (row.last_take) return { from: 'take', src: `/api/v1/takes/${row.last_take}/thumb` };
  const sheet = cast.map((id) => sheets.get(id)).find(Boolean);
  return sheet ? { from: 'sheet', src: sheet } : undefined;
}

/** Size is how large the parts of a board are, in pixels; `cell` is the least width of a cell, `height` its height. */
export interface Size {
  width: number;
  cell: number;
  height: number;
  gap: number;
  head: number;
  empty: number;
}

/** Block is a scene's place on the board: y is its top, columns its cells beside each other. */
export interface Block {
  y: number;
  height: number;
  columns: number;
  count: number;
}

/** Layout is every scene's place, and the height of all. */
export interface Layout {
  size: Size;
  cellWidth: number;
  blocks: Block[];
  height: number;
}

/** layoutOf places scenes with so many shots each below one another. */
export function layoutOf(counts: readonly number[], size: Size): Layout {
  const columns = Math.max(1, Math.floor((size.width + size.gap) / (size.cell + size.gap)));
  const cellWidth = Math.max(0, (size.width - size.gap * (columns - 1)) / columns);
  let y = 0;
  const blocks = counts.map((count): Block => {
    const rows = Math.ceil(count / columns);
    const height = size.head + (count === 0 ? size.empty : rows * (size.height + size.gap));
    const block = { y, height, columns, count };
    y += height;
    return block;
  });
  return { size, cellWidth, blocks, height: y };
}

/** Place is where a cell lies within its block. */
export interface Place {
  x: number;
  y: number;
}

/** placeOf is the corner of the cell at an index of a block. */
export function placeOf(layout: Layout, block: Block, index: number): Place {
  const { size, cellWidth } = layout;
  const column = index % block.columns;
  const row = Math.floor(index / block.columns);
  return { x: column * (cellWidth + size.gap), y: size.head + row * (size.height + size.gap) };
}

/** Shown is the part of a block that is drawn: the cells from one index up to another. */
export interface Shown {
  at: number;
  from: number;
  to: number;
}

/** shownIn are the blocks and cells between two heights of the board, with `extra` rows of cells above and below. */
export function shownIn(layout: Layout, top: number, bottom: number, extra = 2): Shown[] {
  const step = layout.size.height + layout.size.gap;
  const [from, to] = [top - extra * step, bottom + extra * step];
  return layout.blocks.flatMap((b, at): Shown[] => {
    if (b.y + b.height < from || b.y > to) return [];
    const first = Math.max(0, Math.floor((from - b.y - layout.size.head) / step));
    const last = Math.max(0, Math.ceil((to - b.y - layout.size.head) / step));
    return [{ at, from: Math.min(b.count, first * b.columns), to: Math.min(b.count, last * b.columns) }];
  });
}

/** indexAt is the cell of a block at a point of the board, the nearest one for a point beside it. */
export function indexAt(layout: Layout, block: Block, x: number, y: number): number {
  const { size, cellWidth } = layout;
  const column = Math.floor((x + size.gap / 2) / (cellWidth + size.gap));
  const row = Math.floor((y - block.y - size.head + size.gap / 2) / (size.height + size.gap));
  const inRow = Math.max(0, Math.min(block.columns - 1, column));
  return Math.max(0, Math.min(block.count - 1, Math.max(0, row) * block.columns + inRow));
}

/** Spot names a cell: the scene's index and the shot's within it. */
export interface Spot {
  group: number;
  index: number;
}

/** spotOf finds a shot on the board. */
export function spotOf(groups: readonly Group[], shotId: string): Spot | undefined {
  for (const [group, g] of groups.entries()) {
    const index = g.rows.findIndex((r) => r.shot.id === shotId);
    if (index >= 0) return { group, index };
  }
  return undefined;
}

/** stepped is the cell that lies some cells (left, right) or rows (up, down) from a spot; at an edge it goes over to the next scene. */
export function stepped(groups: readonly Group[], columns: number, from: Spot, dx: number, dy: number): Spot {
  const here = groups[from.group]?.rows.length ?? 0;
  const index = from.index + dx + dy * columns;
  if (index >= 0 && index < here) return { group: from.group, index };
  const column = from.index % columns;
  const lastRow = Math.floor((here - 1) / columns);
  // Down from above a short last row leads to its end, before it leads on.
  if (dy > 0 && Math.floor(from.index / columns) < lastRow) return { group: from.group, index: here - 1 };
  const way = index < 0 ? -1 : 1;
  for (let g = from.group + way; g >= 0 && g < groups.length; g += way) {
    const n = groups[g]!.rows.length;
    if (n === 0) continue;
    if (dy === 0) return { group: g, index: way > 0 ? 0 : n - 1 };
    if (way > 0) return { group: g, index: Math.min(column, n - 1) };
    return { group: g, index: Math.min(Math.floor((n - 1) / columns) * columns + column, n - 1) };
  }
  return from;
}

/** reordered is the rows of the board with one shot of a scene at another place of it; the same list where nothing moves. */
export function reordered(rows: ShotRow[], sceneId: string, from: number, to: number): ShotRow[] {
  const here = rows.filter((r) => r.shot.scene_id === sceneId);
  const next = moved(here, from, to);
  if (next === here) return rows;
  return inOrder(
    rows,
    sceneId,
    next.map((r) => r.shot.id),
  );
}

/** inOrder is the rows of the board with those of a scene in the order of their ids. */
export function inOrder(rows: ShotRow[], sceneId: string, ids: readonly string[]): ShotRow[] {
  const place = new Map(ids.map((id, i) => [id, i]));
  const here = rows.filter((r) => r.shot.scene_id === sceneId);
  const sorted = [...here].sort((a, b) => (place.get(a.shot.id) ?? 0) - (place.get(b.shot.id) ?? 0));
  let i = 0;
  return rows.map((r) => (r.shot.scene_id === sceneId ? sorted[i++]! : r));
}
