/**
 * Archives, opened in the browser: the directory at once, each entry only when its turn to be sent comes. Everything that
 * a hostile archive may claim is bounded. This module holds the library and is fetched only when somebody drops a .zip.
 */
import { ZipReader, type FileEntry } from '@zip.js/zip.js/lib/zip-core-reader.js';
import { t } from '../lib/i18n.svelte';
import { ApiError } from '../lib/problem';
import type { Arrival, Gathered, Lost } from './arrival';
import { kindOf } from './kinds';

/** Limits against bombs: entries of one archive, bytes of all of them, and how many times its packed size an entry may have. */
export const limits = { entries: 2000, bytes: 4 * 2 ** 30, ratio: 200 };

// A small text of one letter packs better than any bomb that could hurt.
const harmless = 1 << 20;
// Parts are handed to the browser in pieces of this size, so that it may keep them on disk.
const piece = 8 << 20;
const bite = 512 << 10;

/** fail is the reason why an archive or entry cannot be read, as an error that a page can show. */
function fail(why: string): ApiError {
  return new ApiError({ status: 0, code: 'upload.archive', title: why, detail: '' });
}

/** sourceOf reads ranges of a file as the library asks for them, so that a large archive is never held whole. */
function sourceOf(file: Blob): never {
  const read = async (at: number, n: number) => new Uint8Array(await file.slice(at, at + n).arrayBuffer());
  const createReadable = ({ offset = 0, size = file.size }: { offset?: number; size?: number } = {}) => {
    let at = offset;
    return new ReadableStream<Uint8Array>({
      async pull(to) {
        const part = await read(at, Math.min(bite, offset + size - at));
        at += part.length;
        if (part.length > 0) to.enqueue(part);
        if (part.length === 0 || at >= offset + size) to.close();
      },
    });
  };
  return { size: file.size, init: () => Promise.resolve(), readUint8Array: read, createReadable } as never;
}

/** decodeName reads a name without the mark of UTF-8: many programs write UTF-8 all the same, those of Windows here GBK. */
export function decodeName(raw: Uint8Array, encoding: string): string | undefined {
  if (encoding.toLowerCase().startsWith('utf')) return undefined;
  for (const guess of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(guess, { fatal: true }).decode(raw);
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * readArchive lists what a .zip holds. What cannot be read stands under lost with its reason and stops nothing; an archive
 * that is over a limit is lost as a whole, so that nothing of it is half sent.
 */
export async function readArchive(archive: Arrival, most = limits): Promise<Gathered> {
  const found: Gathered = { files: [], lost: [] };
  const whole = (why: string): Gathered => ({ files: [], lost: [{ path: archive.path, size: archive.size, why }] });
  let bytes = 0;
  let entries = 0;
  try {
    const blob = await archive.open(new AbortController().signal);
    const reader = new ZipReader(sourceOf(blob), {
      useWebWorkers: false,
      decodeText: decodeName,
      filenameValidation: 'tolerant',
      checkSignature: true,
    });
    for await (const entry of reader.getEntriesGenerator()) {
      if (++entries > most.entries) return whole(t('capture.why.entries', { n: most.entries }));
      if (entry.directory) continue;
      bytes += entry.uncompressedSize;
      if (bytes > most.bytes) return whole(t('capture.why.large', { n: Math.floor(most.bytes / 2 ** 30) }));
      const path = `${archive.path}/${entry.filename.replaceAll('\\', '/')}`;
      const why = refusalOf(entry, path, most.ratio);
      if (why) found.lost.push({ path, size: entry.uncompressedSize, why });
      else found.files.push(arrivalOf(entry, path));
    }
  } catch {
    found.lost.push(broken(archive, found.files.length + found.lost.length));
  }
  return found;
}

function broken(archive: Arrival, before: number): Lost {
  const why = before > 0 ? t('capture.why.cut', { n: before }) : t('capture.why.noZip');
  return { path: archive.path, size: archive.size, why };
}

function refusalOf(entry: FileEntry, path: string, ratio: number): string {
  if (kindOf(path) === 'system') return '';
  if (entry.encrypted) return t('capture.why.locked');
  if (entry.symlink) return t('capture.why.symlink');
  const over = entry.uncompressedSize > harmless && entry.uncompressedSize > entry.compressedSize * ratio;
  return over ? t('capture.why.bomb', { n: ratio }) : '';
}

function arrivalOf(entry: FileEntry, path: string): Arrival {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { name, path, size: entry.uncompressedSize, open: (signal) => unpack(entry, name, signal) };
}

/** unpack makes one entry a file. It stops as soon as more comes out than the directory said. */
async function unpack(entry: FileEntry, name: string, signal: AbortSignal): Promise<File> {
  let parts: BlobPart[] = [];
  let held = 0;
  let bytes = 0;
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(chunk) {
      bytes += chunk.length;
      if (bytes > entry.uncompressedSize) throw new Error('more than announced');
      held += chunk.length;
      parts.push(chunk);
      if (held >= piece) [parts, held] = [[new Blob(parts)], 0];
    },
  });
  try {
    await entry.getData(sink, { signal, useWebWorkers: false, checkSignature: true });
  } catch {
    signal.throwIfAborted();
    throw fail(t('capture.why.entry'));
  }
  return new File(parts, name);
}
