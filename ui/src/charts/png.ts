/** A chart as a picture: title, lines with their names, and where the figures come from, so that it says so wherever it is pasted. */
import { fileName } from '../funnel/csv';
import { me } from '../lib/session.svelte';
import { wrap } from './layout';
import { colourOf, dashOf, markPath } from './looks';
import type { Model } from './model';
import type { Inks, Size } from './plot';
import { sourceOf, subOf } from './words';

/** Words are what stands around the drawing. */
export interface Words {
  title: string;
  /** sub says how it is drawn: scale, days, what is left out. */
  sub: string;
  /** source says where the figures come from and when the picture was made. */
  source: string[];
}

/** DrawPlot draws the lines with their axes alone; it is handed in, so that this file stays out of the chart's own. */
export type DrawPlot = (model: Model, inks: Inks, size: Size) => Promise<HTMLCanvasElement>;

/** pictureSize is that of every picture, in pixels. */
export const pictureSize = { width: 2400, height: 1350 };

const k = 2;
const edge = 32 * k;
const family = '"Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

function clip(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && ctx.measureText(`${letters.join('')}…`).width > room) letters.pop();
  return `${letters.join('')}…`;
}

function drawKey(ctx: CanvasRenderingContext2D, model: Model, inks: Inks, top: number): number {
  ctx.font = `${14 * k}px ${family}`;
  const room = pictureSize.width - 2 * edge;
  const names = model.shown.map((d) => clip(ctx, d.line.name, 300 * k));
  const rows = wrap(
    names.map((n) => ctx.measureText(n).width + 60 * k),
    room,
  );
  for (const [r, row] of rows.entries()) {
    let x = edge;
    const y = top + (r * 26 + 13) * k;
    for (const i of row) {
      const look = model.shown[i]?.look ?? 0;
      ctx.strokeStyle = ctx.fillStyle = inks(colourOf(look));
      ctx.lineWidth = 2 * k;
      ctx.setLineDash(dashOf(look).map((n) => n * k));
      ctx.stroke(new Path2D(`M${x} ${y}h${32 * k}`));
      ctx.setLineDash([]);
      ctx.fill(new Path2D(markPath(look, x + 16 * k, y, 4.5 * k)));
      ctx.fillStyle = inks('--fg-0');
      ctx.fillText(names[i] ?? '', x + 40 * k, y);
      x += ctx.measureText(names[i] ?? '').width + 60 * k;
    }
  }
  return rows.length * 26 * k;
}

/** drawPicture draws the whole picture. */
export async function drawPicture(model: Model, words: Words, inks: Inks, draw: DrawPlot): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, pictureSize);
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('no canvas');
  const { width, height } = pictureSize;
  ctx.fillStyle = inks('--bg-0');
  ctx.fillRect(0, 0, width, height);
  ctx.textBaseline = 'middle';
  ctx.fillStyle = inks('--fg-0');
  ctx.font = `600 ${24 * k}px ${family}`;
  ctx.fillText(clip(ctx, words.title, width - 2 * edge), edge, 42 * k);
  ctx.fillStyle = inks('--fg-2');
  ctx.font = `${14 * k}px ${family}`;
  ctx.fillText(clip(ctx, words.sub, width - 2 * edge), edge, 74 * k);
  const top = 92 * k + drawKey(ctx, model, inks, 92 * k) + 8 * k;
  const foot = (18 + words.source.length * 20) * k;
  const size = { width: width - 2 * edge, height: height - top - foot - 8 * k };
  ctx.drawImage(await draw(model, inks, { ...size, scale: k }), edge, top, size.width, size.height);
  ctx.fillStyle = inks('--fg-2');
  ctx.font = `${12 * k}px ${family}`;
  for (const [i, line] of words.source.entries()) {
    ctx.fillText(clip(ctx, line, width - 2 * edge), edge, height - foot + (i * 20 + 14) * k);
  }
  return canvas;
}

/** savePicture gives the picture to the reader as a file. */
export async function savePicture(model: Model, title: string, inks: Inks, draw: DrawPlot): Promise<void> {
  const words = { title, sub: subOf(model), source: sourceOf(model, me()?.studio.name ?? '') };
  const canvas = await drawPicture(model, words, inks, draw);
  const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/png'));
  if (!blob) throw new Error('no picture');
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName([words.title], 'png');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
