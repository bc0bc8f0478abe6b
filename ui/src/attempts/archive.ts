/** Archives in a drop are opened before anything is sorted, one after another. */
import type { Arrival, Gathered } from './arrival';
import { kindOf } from './kinds';

/** Opener lists what an archive holds. */
export type Opener = (archive: Arrival) => Promise<Gathered>;

const unzip: Opener = async (archive) => (await import('./unzip')).readArchive(archive);

/** openArchives puts the entries of each archive in its place. An archive inside an archive stays closed. */
export async function openArchives(from: Gathered, open: Opener = unzip): Promise<Gathered> {
  const all: Gathered = { files: [], lost: [...from.lost] };
  for (const file of from.files) {
    if (kindOf(file.path) !== 'archive') {
      all.files.push(file);
      continue;
    }
    const inside = await open(file);
    all.files.push(...inside.files);
    all.lost.push(...inside.lost);
  }
  return all;
}
