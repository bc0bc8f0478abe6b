/** Archives for tests, made byte by byte so that they can also lie. */
import { crc32, deflateRawSync } from 'node:zlib';

/** Entry is one file of an archive to make. */
export interface Entry {
  /** name is text, or raw bytes in any charset. */
  name: string | Uint8Array;
  body: Uint8Array | string;
  pack?: boolean;
  /** flags besides: 1 for a password, 0x800 for a name in UTF-8. */
  flags?: number;
  /** size is what the directory claims. */
  size?: number;
  crc?: number;
  /** mode is the Unix mode: 0o120777 for a symbolic link. */
  mode?: number;
}

const bytesOf = (x: string | Uint8Array) => (typeof x === 'string' ? new TextEncoder().encode(x) : x);

function numbers(...parts: [size: number, value: number][]): Buffer {
  const out = Buffer.alloc(parts.reduce((n, [size]) => n + size, 0));
  let at = 0;
  for (const [size, value] of parts) at = out.writeUIntLE(value, at, size);
  return out;
}

/** zip makes an archive; `claim` is the number of entries that its end announces. */
export function zip(entries: Entry[], claim = entries.length): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const e of entries) {
    const [name, body] = [bytesOf(e.name), bytesOf(e.body)];
    const packed = e.pack ? deflateRawSync(body) : body;
    const shared = numbers(
      [2, 20],
      [2, e.flags ?? 0],
      [2, e.pack ? 8 : 0],
      [4, 0x21_0000],
      [4, e.crc ?? crc32(body) >>> 0],
      [4, packed.length],
      [4, e.size ?? body.length],
      [2, name.length],
      [2, 0],
    );
    directory.push(
      Buffer.concat([
        numbers([4, 0x02014b50], [2, 0x0314]),
        shared,
        numbers([2, 0], [2, 0], [2, 0], [4, ((e.mode ?? 0o100644) << 16) >>> 0], [4, at]),
        name,
      ]),
    );
    const local = Buffer.concat([numbers([4, 0x04034b50]), shared, name, packed]);
    parts.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, claim], [2, claim], [4, listed.length], [4, at], [2, 0]);
  return new Uint8Array(Buffer.concat([...parts, listed, end]));
}
