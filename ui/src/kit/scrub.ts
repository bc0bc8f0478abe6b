/** Where to look in a filmstrip: a picture of small frames in rows, evenly spaced over a clip. */

/** Strip says how a filmstrip is laid out; width and height are those of one frame in pixels. */
export interface Strip {
  tiles: number;
  columns: number;
  width: number;
  height: number;
}

/** tileAt is the frame under a pointer x pixels from the left of a picture so wide. */
export function tileAt(x: number, width: number, tiles: number): number {
  if (width <= 0 || tiles <= 0) return 0;
  return Math.max(0, Math.min(tiles - 1, Math.floor((x / width) * tiles)));
}

/** secondsAt is the time that a frame shows: the middle of its share of the clip. */
export function secondsAt(tile: number, tiles: number, seconds: number): number {
  return tiles > 0 ? ((tile + 0.5) / tiles) * seconds : 0;
}

/** fitTile is the largest size of a frame inside a box. */
export function fitTile(strip: Strip, width: number, height: number): { width: number; height: number } {
  if (strip.width <= 0 || strip.height <= 0 || width <= 0 || height <= 0) return { width: 0, height: 0 };
  const scale = Math.min(width / strip.width, height / strip.height);
  return { width: strip.width * scale, height: strip.height * scale };
}

/** placeOf is where the picture of the whole strip has to stand behind a window of one frame, in that window's pixels. */
export function placeOf(strip: Strip, tile: number, frame: { width: number; height: number }) {
  const columns = Math.max(1, strip.columns);
  return {
    x: -(tile % columns) * frame.width,
    y: -Math.floor(tile / columns) * frame.height,
    width: columns * frame.width,
    height: Math.ceil(strip.tiles / columns) * frame.height,
  };
}
