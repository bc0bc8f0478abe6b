/** What the background still has to do, and how it is said. */
import type { Schema } from '../lib/client';

export type Work = Schema<'Work'>;

/** leftOf is how many steps are waiting: pictures, clips, readings and titles to work out anew. */
export function leftOf(w: Work): number {
  return w.pending + w.film_pending + w.reading_left + w.figures_left;
}

/** readOf is how many files have been read anew, out of reading_total. */
export function readOf(w: Work): number {
  return Math.max(0, w.reading_total - w.reading_left);
}

/** Recipe is how one system gets ffmpeg. */
export interface Recipe {
  system: string;
  line: string;
}

/** recipes are the lines for the systems that studios have. */
export const recipes: Recipe[] = [
  { system: 'Windows (winget)', line: 'winget install Gyan.FFmpeg' },
  { system: 'Windows (Scoop)', line: 'scoop install ffmpeg' },
  { system: 'macOS (Homebrew)', line: 'brew install ffmpeg' },
  { system: 'Debian, Ubuntu', line: 'sudo apt install ffmpeg' },
];
