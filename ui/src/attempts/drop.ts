/** Files out of a drop, folders and all. */
import { filesOf } from '../kit/files';

const depth = 8;

/** wanted leaves out what an operating system puts beside the files. */
function wanted(file: File): boolean {
  return !file.name.startsWith('.') && !/^(thumbs\.db|desktop\.ini)$/i.test(file.name);
}

/**
 * filesOfDrop reads the files of a drop, those inside folders too, in the order of their names. It must be called in the
 * drop event itself: what a drop carries is gone afterwards.
 */
export function filesOfDrop(data: DataTransfer | null): Promise<File[]> {
  if (!data) return Promise.resolve([]);
  const entries = Array.from(data.items ?? [])
    .filter((i) => i.kind === 'file')
    .map((i) => i.webkitGetAsEntry?.() ?? null);
  const plain = filesOf(data);
  if (!entries.some((e) => e?.isDirectory)) return Promise.resolve(plain.filter(wanted));
  return readEntries(entries);
}

async function readEntries(entries: (FileSystemEntry | null)[]): Promise<File[]> {
  const found: File[] = [];
  for (const entry of entries) if (entry) await walk(entry, found, 0);
  return found.filter(wanted);
}

// A file or folder that cannot be read is left out, so that it does not stop the others.
async function walk(entry: FileSystemEntry, found: File[], level: number): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File | undefined>((done) =>
      (entry as FileSystemFileEntry).file(done, () => done(undefined)),
    );
    if (file) found.push(file);
    return;
  }
  if (level >= depth || entry.name.startsWith('.')) return;
  const inside = await entriesOf(entry as FileSystemDirectoryEntry);
  inside.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  for (const one of inside) await walk(one, found, level + 1);
}

/** entriesOf reads a folder to its end; browsers hand out at most a hundred entries at once. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done) => reader.readEntries(done, () => done([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** shotUnder is the id of the shot whose row is under the pointer, '' for none. */
export function shotUnder(target: EventTarget | null): string {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-shot]') : null;
  return row?.dataset.shot ?? '';
}
