import { describe, expect, it } from 'vitest';
import { filesOfDrop, shotUnder } from './drop';

const file = (name: string) => new File(['x'], name, { type: 'image/png' });

function fileEntry(f: File): FileSystemEntry {
  return { isFile: true, isDirectory: false, name: f.name, file: (done: (f: File) => void) => done(f) } as never;
}

function folderEntry(name: string, inside: FileSystemEntry[], atOnce = 100): FileSystemEntry {
  const createReader = () => {
    let at = 0;
    return {
      readEntries: (done: (e: FileSystemEntry[]) => void) => done(inside.slice(at, (at += atOnce))),
    };
  };
  return { isFile: false, isDirectory: true, name, createReader } as never;
}

function drop(entries: FileSystemEntry[], files: File[]): DataTransfer {
  return { files, items: entries.map((e) => ({ kind: 'file', webkitGetAsEntry: () => e })) } as never;
}

const names = async (d: DataTransfer | null) => (await filesOfDrop(d)).files.map((f) => f.name);

describe('filesOfDrop', () => {
  it('takes plain files as they come', async () => {
    const [b, a] = [file('b.png'), file('a.png')];
    expect(await names(drop([fileEntry(b), fileEntry(a)], [b, a]))).toEqual(['b.png', 'a.png']);
  });
  it('opens folders, in the order of names, more than one handful deep', async () => {
    const inside = [10, 2, 1].map((n) => fileEntry(file(`${n}.png`)));
    const tree = folderEntry('out', [...inside, folderEntry('more', [fileEntry(file('z.mp4'))])], 2);
    expect(await names(drop([tree], []))).toEqual(['1.png', '2.png', '10.png', 'z.mp4']);
  });
  it('keeps each file under its folders', async () => {
    const tree = folderEntry('out', [folderEntry('a', [fileEntry(file('x.png'))]), fileEntry(file('y.png'))]);
    expect((await filesOfDrop(drop([tree], []))).files.map((f) => f.path)).toEqual(['out/a/x.png', 'out/y.png']);
  });
  it('goes on after a file that cannot be read, and names it', async () => {
    const bad = { isFile: true, name: 'x.png', file: (_: unknown, fail: () => void) => fail() } as never;
    const found = await filesOfDrop(drop([folderEntry('out', [bad, fileEntry(file('ok.png'))])], []));
    expect(found.files.map((f) => f.path)).toEqual(['out/ok.png']);
    expect(found.lost).toEqual([{ path: 'out/x.png', size: 0, why: '这个文件读不出来' }]);
  });
  it('names a folder that breaks off, with what was read of it', async () => {
    const createReader = () => {
      let first = true;
      const readEntries = (done: (e: FileSystemEntry[]) => void, fail: () => void) => {
        if (!first) return fail();
        first = false;
        done([fileEntry(file('a.png'))]);
      };
      return { readEntries };
    };
    const tree = { isFile: false, isDirectory: true, name: 'out', createReader } as never;
    const found = await filesOfDrop(drop([tree], []));
    expect([found.files.length, found.lost.map((l) => l.path)]).toEqual([1, ['out']]);
  });
  it('stops in a well without ground, and says where', async () => {
    const tree = Array.from({ length: 20 }).reduce<FileSystemEntry>(
      (inner) => folderEntry('d', [inner]),
      fileEntry(file('z.png')),
    );
    const found = await filesOfDrop(drop([tree], []));
    expect(found.files).toEqual([]);
    expect(found.lost.map((l) => l.path.split('/').length)).toEqual([13]);
  });
  it('does not open what a system hides', async () => {
    const tree = folderEntry('out', [folderEntry('.git', [fileEntry(file('a.png'))]), fileEntry(file('ok.png'))]);
    expect(await names(drop([tree], []))).toEqual(['ok.png']);
  });
  it('keeps an empty file of no kind where it can be told from a folder', async () => {
    const empty = new File([], 'notes');
    expect(await names(drop([fileEntry(empty)], [empty]))).toEqual(['notes']);
    expect(await names({ files: [empty], items: [] } as never)).toEqual([]);
  });
  it('finds nothing in nothing', async () => {
    expect(await names(null)).toEqual([]);
  });
});

describe('shotUnder', () => {
  it('names the shot of the row, whatever part of it is under the pointer', () => {
    const row = document.createElement('li');
    row.dataset.shot = 's9';
    const inside = row.appendChild(document.createElement('span'));
    expect(shotUnder(inside)).toBe('s9');
    expect(shotUnder(document.body)).toBe('');
  });
});
