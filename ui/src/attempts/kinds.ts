/** What a file is likely to be, by its name, and whether its first bytes are a result's. The server decides by content. */

export type Kind = 'clip' | 'picture' | 'text' | 'archive' | 'system' | 'unfinished' | 'unknown';

const byEnding: Record<string, Kind> = {
  mp4: 'clip',
  m4v: 'clip',
  mov: 'clip',
  webm: 'clip',
  mkv: 'clip',
  png: 'picture',
  jpg: 'picture',
  jpeg: 'picture',
  webp: 'picture',
  gif: 'picture',
  avif: 'picture',
  txt: 'text',
  json: 'text',
  xmp: 'text',
  zip: 'archive',
  tmp: 'unfinished',
  part: 'unfinished',
  crdownload: 'unfinished',
  download: 'unfinished',
};

/** endingOf is what stands after the last dot, in small letters; '' without one. */
export function endingOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at > 0 ? name.slice(at + 1).toLowerCase() : '';
}

/** kindOf sorts a path. What systems put beside files by themselves is of kind system. */
export function kindOf(path: string): Kind {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.some((p) => p.startsWith('.') || p === '__MACOSX')) return 'system';
  if (/^(thumbs\.db|desktop\.ini|~\$.*)$/i.test(name)) return 'system';
  return byEnding[endingOf(name)] ?? 'unknown';
}

/** looksLikeMedia tells by its first 12 bytes whether a file of an unknown name may be a picture or a clip. */
export function looksLikeMedia(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head.slice(0, 12));
  const starts = ['\x89PNG', '\xff\xd8\xff', 'GIF8', '\x1aE\xdf\xa3'];
  if (starts.some((s) => text.startsWith(s))) return true;
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return true;
  return ['ftyp', 'moov', 'mdat', 'wide'].includes(text.slice(4, 8));
}
