/** What comes in by a drop, a paste or a picker, before anything is sent. */

/** Arrival is one file that came. path is what the reader knows it by, with its folders and its archive; size is bytes. */
export interface Arrival {
  name: string;
  path: string;
  size: number;
  /** open makes the bytes; of an archive's entry only now. It fails with an ApiError in the reader's words. */
  open: (signal: AbortSignal) => Promise<Blob>;
  /** file is there where the bytes are on disk already. */
  file?: File;
}

/** Lost is something that came and cannot be sent, with the reason in the reader's words. */
export interface Lost {
  path: string;
  size: number;
  why: string;
  /** unknown tells that it is well, but no kind of file that a generator makes. */
  unknown?: boolean;
}

/** Gathered is everything of one drop: nothing that came is missing here. */
export interface Gathered {
  files: Arrival[];
  lost: Lost[];
}

/** arrivalOf takes a file as it is; a folder picker says its path itself. */
export function arrivalOf(file: File, path = file.webkitRelativePath || file.name): Arrival {
  return { name: file.name, path, size: file.size, file, open: () => Promise.resolve(file) };
}

/** gathered is a drop of plain files. */
export function gathered(files: File[]): Gathered {
  return { files: files.map((f) => arrivalOf(f)), lost: [] };
}
