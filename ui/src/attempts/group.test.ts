import { describe, expect, it } from 'vitest';
import type { Arrival } from './arrival';
import { group } from './group';
import { endingOf, kindOf, looksLikeMedia } from './kinds';

const arrival = (path: string): Arrival => {
  return { name: path.slice(path.lastIndexOf('/') + 1), path, size: 1, open: () => Promise.reject(new Error('no')) };
};
const drop = (...paths: string[]) => group({ files: paths.map(arrival), lost: [] });
/** told is a drop in short: main + also | beside. */
const told = (...paths: string[]) => {
  const g = drop(...paths);
  const names = (list: Arrival[]) => list.map((a) => a.path).join(' ');
  const parcels = g.parcels.map((p) => [names([p.main, ...p.also]), names(p.beside)].filter(Boolean).join(' | '));
  return [...parcels, ...g.cards.map((c) => `card ${c.path}`)];
};

describe('what belongs together', () => {
  it('is a clip and the picture of its first frame', () => {
    expect(told('AnimateDiff_00001.png', 'AnimateDiff_00001.mp4')).toEqual([
      'AnimateDiff_00001.mp4 | AnimateDiff_00001.png',
    ]);
    expect(told('a.PNG', 'A.MOV')).toEqual(['A.MOV | a.PNG']);
  });
  it('is a clip and itself with sound', () => {
    expect(told('x_00001-audio.mp4', 'x_00001.mp4', 'x_00001.png')).toEqual([
      'x_00001.mp4 x_00001-audio.mp4 | x_00001.png',
    ]);
    expect(told('x-audio.mp4', 'x.png')).toEqual(['x-audio.mp4 | x.png']);
  });
  it('is a result and the texts of its name', () => {
    expect(told('a.txt', 'a.png', 'a.xmp', 'b.png', 'b.png.json')).toEqual([
      'a.png | a.txt a.xmp',
      'b.png | b.png.json',
    ]);
    expect(told('c.mp4', 'c.png', 'c.json')).toEqual(['c.mp4 | c.png c.json']);
  });
  it('is what its whole name says, before its stem', () => {
    expect(told('a.png', 'a.jpg', 'a.jpg.txt', 'a.txt')).toEqual(['a.png | a.txt', 'a.jpg | a.jpg.txt']);
  });
  it('is an animation with a counter, but not two stills of one name', () => {
    expect(told('w_00003.gif', 'w_00003.png')).toEqual(['w_00003.gif | w_00003.png']);
    expect(told('cover.webp', 'cover.png')).toEqual(['cover.webp', 'cover.png']);
    expect(told('lake.mp4', 'lake.jpg')).toEqual(['lake.mp4', 'lake.jpg']);
  });
  it('stands in one folder', () => {
    expect(told('a/x.png', 'b/x.txt', 'a/x.mp4')).toEqual(['a/x.mp4 | a/x.png', 'card b/x.txt']);
  });
  it('is found however the name is composed', () => {
    expect(told('caf\u00e9.png', 'cafe\u0301.txt')).toEqual(['caf\u00e9.png | cafe\u0301.txt']);
  });
});

describe('a drop', () => {
  it('loses nothing: each file stands in exactly one place', () => {
    const paths = [
      'a.mp4',
      'a.png',
      'a-audio.mp4',
      'a.txt',
      'b.txt',
      '.DS_Store',
      'c.crdownload',
      'd.zip',
      'e.psd',
      'f',
    ];
    const g = drop(...paths);
    const all = [...g.parcels.flatMap((p) => [p.main, ...p.also, ...p.beside]), ...g.cards, ...g.system, ...g.lost].map(
      (x) => x.path,
    );
    expect(all.sort()).toEqual([...paths].sort());
  });
  it('names unfinished downloads and archives in archives with their reason', () => {
    expect(drop('a.mp4.part', 'x.zip/in.zip').lost.map((l) => l.why)).toEqual([
      '还没下载完的文件',
      '压缩包里的压缩包不会展开，请先解压',
    ]);
  });
});

describe('kindOf', () => {
  it('knows results, texts, archives and what systems leave', () => {
    const kinds = [
      'a.MP4',
      'a.b.JPEG',
      'x.json',
      'x.zip',
      '__MACOSX/._a.png',
      'out/Thumbs.db',
      'a.tmp',
      'a.psd',
      'README',
    ];
    expect(kinds.map(kindOf)).toEqual([
      'clip',
      'picture',
      'text',
      'archive',
      'system',
      'system',
      'unfinished',
      'unknown',
      'unknown',
    ]);
    expect(endingOf('.hidden')).toBe('');
  });
});

describe('looksLikeMedia', () => {
  const bytes = (s: string) => Uint8Array.from(s, (c) => c.charCodeAt(0));
  it('knows a picture or clip under any name', () => {
    const heads = [
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff\xe0',
      'GIF89a',
      'RIFF\0\0\0\0WEBP',
      '\0\0\0\x20ftypisom',
      '\x1aE\xdf\xa3',
    ];
    for (const h of heads) expect(looksLikeMedia(bytes(h)), h).toBe(true);
  });
  it('knows nothing else', () => {
    for (const h of ['', '8BPS', 'PK\x03\x04', '%PDF-1.7', 'RIFF\0\0\0\0WAVE', 'hello ftyp'])
      expect(looksLikeMedia(bytes(h)), h).toBe(false);
  });
});
