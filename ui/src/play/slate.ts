/** What a slate says in place of a picture: the scene's text from where the shot's own words stand in it. */
import type { Shot } from './sequence';
import { spoken, type Line } from '../scripts/lines';

const letters = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

/** least is how many characters two texts must share to speak of the same: a mere «是» says nothing. */
const least = 3;

/** startOfShot is the first line of the scene that the shot's dialogue or description holds; 0 where none is found. */
export function startOfShot(lines: Line[], shot: Pick<Shot, 'dialogue' | 'description'>): number {
  const own = letters(`${shot.description}\n${shot.dialogue}`);
  const at = lines.findIndex((line) => {
    if (line.kind !== 'speech' && line.kind !== 'action') return false;
    const words = letters(line.said || line.text);
    return words.length >= least && own.includes(words);
  });
  return Math.max(0, at);
}

/** slateLines is the text to show, as many lines as may be wanted; how many fit is seen on the screen. */
export function slateLines(lines: Line[], shot: Pick<Shot, 'dialogue' | 'description'>, most = 12): string[] {
  const shown = lines.filter((line) => ['speech', 'action', 'note', 'cast'].includes(line.kind));
  const texts = shown
    .slice(startOfShot(shown, shot))
    .map((line) => (line.kind === 'speech' ? spoken(line) : line.text.trim()));
  // A scene that was made by hand has no text; what is said then stands with the shot alone.
  return (shown.length > 0 ? texts : shot.dialogue.split(/\r?\n/).filter((x) => x.trim())).slice(0, most);
}
