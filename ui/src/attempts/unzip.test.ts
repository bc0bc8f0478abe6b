import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiError } from '../lib/problem';
import { openArchives } from './archive';
import { arrivalOf, gathered, type Arrival } from './arrival';
import { zip, type Entry } from './testing.zip';
import { decodeName, readArchive, limits } from './unzip';

const never = new AbortController().signal;
const archive = (entries: Entry[], name = 'x.zip'): Arrival => arrivalOf(new File([zip(entries)], name), name);
const text = async (a: Arrival | undefined) => (await a!.open(never)).text();
/** gbk is 湖.png as Windows in Chinese writes it. */
const gbk = Uint8Array.of(0xba, 0xfe, 0x2e, 0x70, 0x6e, 0x67);

beforeAll(() => {
  // Node's File has no folder path; a browser's is '' for a file that was not picked with one.
  Object.defineProperty(File.prototype, 'webkitRelativePath', { value: '', configurable: true });
});

describe('an archive', () => {
  it('gives its files with their folders, stored or packed', async () => {
    const long = 'a lake at night '.repeat(500);
    const { files, lost } = await readArchive(
      archive([
        { name: 'out/', body: '' },
        { name: 'out/a.txt', body: long, pack: true },
        { name: 'b.txt', body: 'plain' },
      ]),
    );
    expect(lost).toEqual([]);
    expect(files.map((f) => [f.path, f.name, f.size])).toEqual([
      ['x.zip/out/a.txt', 'a.txt', long.length],
      ['x.zip/b.txt', 'b.txt', 5],
    ]);
    expect(await text(files[0])).toBe(long);
    expect(await text(files[1])).toBe('plain');
  });
  it('reads names in UTF-8, marked or not, and in GBK', async () => {
    const { files } = await readArchive(
      archive([
        { name: '夜.png', body: '1', flags: 0x800 },
        { name: '追光.png', body: '2' },
        { name: gbk, body: '3' },
        { name: 'dir\\win.png', body: '4' },
      ]),
    );
    expect(files.map((f) => f.path)).toEqual(['x.zip/夜.png', 'x.zip/追光.png', 'x.zip/湖.png', 'x.zip/dir/win.png']);
  });
  it('opens nothing before its turn, and gives up on demand', async () => {
    const { files } = await readArchive(archive([{ name: 'a.bin', body: 'x'.repeat(100_000), pack: true }]));
    const stop = new AbortController();
    stop.abort();
    await expect(files[0]!.open(stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await text(files[0])).toHaveLength(100_000);
  });
  it('stays closed inside another archive, but stands in the list', async () => {
    const inner = zip([{ name: 'a.png', body: '1' }]);
    const all = await openArchives(gathered([new File([zip([{ name: 'in.zip', body: inner }])], 'x.zip')]));
    expect(all.files.map((f) => f.path)).toEqual(['x.zip/in.zip']);
  });
  it('leaves other files of the drop where they are', async () => {
    const all = await openArchives(
      gathered([
        new File(['1'], 'a.png'),
        new File([zip([{ name: 'b.png', body: '2' }])], 'x.zip'),
        new File(['3'], 'c.png'),
      ]),
    );
    expect(all.files.map((f) => f.path)).toEqual(['a.png', 'x.zip/b.png', 'c.png']);
  });
});

describe('a bad archive', () => {
  const why = async (entries: Entry[], most = limits) => {
    const { files, lost } = await readArchive(archive(entries), most);
    return [files.map((f) => f.name), lost.map((l) => l.why)];
  };
  it('that is none is named, whatever it is', async () => {
    for (const bytes of ['', 'PK', 'no zip at all'.repeat(100), 'Rar!\x1a\x07']) {
      const { files, lost } = await readArchive(arrivalOf(new File([bytes], 'x.zip'), 'x.zip'));
      expect(files).toEqual([]);
      expect(lost).toMatchObject([{ path: 'x.zip', why: '不是能读的 zip 压缩包，或已损坏' }]);
    }
  });
  it('that ends early gives what stands before, and says so', async () => {
    const bytes = zip(
      [
        { name: 'a.png', body: '1' },
        { name: 'b.png', body: '2' },
      ],
      5,
    );
    const { files, lost } = await readArchive(arrivalOf(new File([bytes], 'x.zip'), 'x.zip'));
    expect(files.length + lost.length).toBeGreaterThan(0);
    expect(lost.map((l) => l.path)).toContain('x.zip');
  });
  it('with a damaged entry loses only that', async () => {
    const { files } = await readArchive(
      archive([
        { name: 'bad.png', body: 'x'.repeat(2000), pack: true, crc: 1 },
        { name: 'ok.png', body: 'ok' },
      ]),
    );
    const error = (await files[0]!.open(never).catch((e: unknown) => e)) as ApiError;
    expect([error.code, error.title]).toEqual(['upload.archive', '压缩包里的这个文件损坏了']);
    expect(await text(files[1])).toBe('ok');
  });
  it('with locked entries and links names them', async () => {
    expect(
      await why([
        { name: 'a.png', body: '1', flags: 1 },
        { name: 'b.png', body: '/etc/passwd', mode: 0o120777 },
        { name: 'c.png', body: '3' },
      ]),
    ).toEqual([['c.png'], ['有密码，请先解压', '只是一个快捷链接，没有内容']]);
  });
  it('with too many entries is refused as a whole', async () => {
    const many = Array.from({ length: 4 }, (_, i) => ({ name: `${i}.png`, body: '1' }));
    expect(await why(many, { ...limits, entries: 4 })).toEqual([['0.png', '1.png', '2.png', '3.png'], []]);
    expect(await why(many, { ...limits, entries: 3 })).toEqual([[], ['压缩包里超过 3 项，请分成几个']]);
  });
  it('with too many bytes is refused as a whole', async () => {
    const claims = [1, 2].map((i) => ({ name: `${i}.png`, body: '1', size: 3 * 2 ** 30 }));
    expect(await why(claims)).toEqual([[], ['压缩包展开后超过 4 GiB，请分成几个']]);
  });
  it('with an entry that packs too well loses that entry', async () => {
    const bomb = { name: 'bomb.png', body: new Uint8Array(3 << 20), pack: true };
    expect(await why([bomb, { name: 'ok.png', body: '1' }])).toEqual([
      ['ok.png'],
      ['展开后超过压缩大小的 200 倍，可能是压缩炸弹'],
    ]);
  });
  it('whose entry gives more than it says stops there', async () => {
    const { files } = await readArchive(
      archive([{ name: 'liar.png', body: new Uint8Array(5 << 20), pack: true, size: 100_000 }]),
    );
    await expect(files[0]!.open(never)).rejects.toMatchObject({ code: 'upload.archive' });
  });
});

describe('decodeName', () => {
  it('leaves marked names to the library and falls back where nothing fits', () => {
    expect(decodeName(gbk, 'utf-8')).toBeUndefined();
    expect(decodeName(gbk, 'cp437')).toBe('湖.png');
    expect(decodeName(Uint8Array.of(0xff, 0x2e), 'cp437')).toBeUndefined();
  });
});
