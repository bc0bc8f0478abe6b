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

const names = async (d: DataTransfer | null) => (await filesOfDrop(d)).map((f) => f.name);

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
  it('leaves out hidden files and what systems add', async () => {
    const inside = ['.DS_Store', 'Thumbs.db', 'ok.png'].map((n) => fileEntry(file(n)));
    expect(await names(drop([folderEntry('out', inside)], []))).toEqual(['ok.png']);
  });
  it('goes on after a file that cannot be read', async () => {
    const bad = { isFile: true, name: 'x', file: (_: unknown, fail: () => void) => fail() } as never;
    expect(await names(drop([folderEntry('out', [bad, fileEntry(file('ok.png'))])], []))).toEqual(['ok.png']);
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
