/** Lines that a person copies to begin with: a call by curl, and the watch folder. */

/** curlLine sends one file to a shot. */
export function curlLine(origin: string, secret: string, words: { title: string }): string {
  return `curl -H "Authorization: Bearer ${secret}" -F title="${words.title}" -F shot=E01-S01-001 -F file=@take.png ${origin}/api/v1/attempts`;
}

/** watchLine keeps logging what appears in a folder. */
export function watchLine(origin: string, secret: string, words: { title: string; folder: string }): string {
  return `chouka watch ${words.folder} --server ${origin} --token ${secret} --title "${words.title}"`;
}

/** lifetimes are the choices of days; 0 is no end. */
export const lifetimes = [7, 30, 90, 365, 0];

/** isOver tells whether a token's time has run out. */
export function isOver(ends: string | undefined, now: Date = new Date()): boolean {
  return ends !== undefined && new Date(ends) <= now;
}
