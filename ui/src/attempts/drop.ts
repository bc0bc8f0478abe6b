/** Files out of a drop, folders and all. */
import { t } from '../lib/i18n.svelte';
import { arrivalOf, gathered, type Gathered } from './arrival';
import { kindOf } from './kinds';

const depth = 12;

/**
 * filesOfDrop reads the files of a drop, those inside folders too, in the order of their names. It must be called in the
 * drop event itself: what a drop carries is gone afterwards.
 */
export function filesOfDrop(data: DataTransfer | null): Promise<Gathered> {
  if (!data) return Promise.resolve(gathered([]));
  const entries = Array.from(data.items ?? [])
    .filter((i) => i.kind === 'file')
    .map((i) => i.webkitGetAsEntry?.() ?? null);
  // Without entries a folder looks like an empty file of no kind; with them nothing needs to be left out.
  const told = entries.length > 0 && entries.every((e) => e !== null);
  const isFile = (f: File) => told || f.size > 0 || f.type !== '' || kindOf(f.name) !== 'unknown';
  const plain = Array.from(data.files).filter(isFile);
  if (!entries.some((e) => e?.isDirectory)) return Promise.resolve(gathered(plain));
  return readEntries(entries);
}

async function readEntries(entries: (FileSystemEntry | null)[]): Promise<Gathered> {
  const found = gathered([]);
  for (const entry of entries) if (entry) await walk(entry, entry.name, found, 0);
  return found;
}

// A file or folder that cannot be read is named with its reason and does not stop the others.
async function walk(entry: FileSystemEntry, path: string, found: Gathered, level: number): Promise<void> {
  const lose = (why: string) => found.lost.push({ path, size: 0, why });
  if (entry.isFile) {
    const file = await fileOf(entry as FileSystemFileEntry);
    if (file) found.files.push(arrivalOf(file, path));
    else lose(t('capture.why.unreadable'));
    return;
  }
  if (kindOf(path) === 'system') return;
  if (level >= depth) return void lose(t('capture.why.deep', { n: depth }));
  const inside = await entriesOf(entry as FileSystemDirectoryEntry);
  if (inside.failed) lose(t('capture.why.folder'));
  inside.all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  for (const one of inside.all) await walk(one, `${path}/${one.name}`, found, level + 1);
}

function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((done) => entry.file(done, () => done(undefined)));
}

/** entriesOf reads a folder to its end; browsers hand out at most a hundred entries at once. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<{ all: FileSystemEntry[]; failed: boolean }> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[] | undefined>((done) =>
      reader.readEntries(done, () => done(undefined)),
    );
    if (!some?.length) return { all, failed: !some };
    all.push(...some);
  }
}

/** shotUnder is the id of the shot whose row is under the pointer, '' for none. */
export function shotUnder(target: EventTarget | null): string {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-shot]') : null;
  return row?.dataset.shot ?? '';
}
