// Clips whose every picture says which clip and which frame it is, so that a test can ask the screen itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const size = { width: 180, height: 320 };
const band = 40; // pixels: the height of each row of squares

/**
 * A clip of moving test bars with two rows of eight squares on top: the frame's number and the clip's, in binary, least
 * first. A dark square is far from black, so that black is nothing but black. `fps` may be a fraction such as 30000/1001;
 * the codec is h264, with pictures that refer to later ones, or vp9; `varies` makes every third frame last longer.
 */
export function clip(id, frames, fps, { codec = 'h264', varies = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'chouka-clip-'));
  const file = join(folder, codec === 'vp9' ? 'clip.webm' : 'clip.mp4');
  const [num, den = 1] = String(fps).split('/').map(Number);
  const bit = (value) => `if(mod(floor((${value})/pow(2,floor(X*8/W))),2),235,70)`;
  const luma = `if(lt(Y,${band}),${bit('N')},if(lt(Y,${2 * band}),${bit(id)},clip(lum(X,Y),50,235)))`;
  const grey = (plane) => `if(lt(Y,${band}),128,${plane}(X,Y))`;
  const bars = `testsrc=size=${size.width}x${size.height}:rate=${fps}:duration=${(frames * den) / num + 1}`;
  const late = varies ? `,setpts='(N+floor(N/3)*2)/(${fps}*TB)'` : '';
  const draw = `format=yuv420p,geq=lum='${luma}':cb='${grey('cb')}':cr='${grey('cr')}'${late}`;
  const code =
    codec === 'vp9'
      ? ['-c:v', 'libvpx-vp9', '-b:v', '800k', '-deadline', 'realtime', '-cpu-used', '8']
      : ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '12', '-bf', '2', '-movflags', '+faststart'];
  const time = varies ? ['-fps_mode', 'vfr'] : [];
  const args = ['-f', 'lavfi', '-i', bars, '-vf', draw, '-frames:v', String(frames), ...time, ...code, file];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args]);
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}

/** In the page: the number of the frame that a video element really shows, read from its squares. */
export function frameSeen(video) {
  const { width, height } = { width: 180, height: 320 };
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.drawImage(video, 0, 0, width, height);
  const at = (i) => pen.getImageData(Math.floor(((i + 0.5) * width) / 8), 20, 1, 1).data[1];
  return Array.from({ length: 8 }, (_, i) => (at(i) > 150 ? 2 ** i : 0)).reduce((a, b) => a + b, 0);
}

/**
 * In the page: reads the layer that is seen. Of a clip its number and its frame, of a still and a slate their kind, and
 * whether all of it is black. `data` reuses one canvas.
 */
export function readSeen() {
  const seen = document.querySelector('.layer.seen');
  if (!seen) return { kind: 'nothing' };
  const from = seen.querySelector('video, img');
  if (!from) return { kind: 'slate' };
  const { width, height } = { width: 180, height: 320 };
  const canvas = (window.readCanvas ??= Object.assign(document.createElement('canvas'), { width, height }));
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.fillStyle = '#000';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(from, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const at = (x, y) => data[(y * width + x) * 4 + 1];
  const row = (y) =>
    Array.from({ length: 8 }, (_, i) => (at(Math.floor(((i + 0.5) * width) / 8), y) > 150 ? 2 ** i : 0));
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  let light = 0;
  for (let y = 4; y < height; y += 16) for (let x = 4; x < width; x += 16) light = Math.max(light, at(x, y));
  const kind = from instanceof HTMLVideoElement ? 'clip' : 'still';
  return { kind, black: light < 24, frame: sum(row(20)), id: sum(row(60)) };
}
