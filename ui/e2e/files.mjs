// Files as generators and writers leave them, made here so that nothing of anybody's is copied.
import { deflateSync, crc32 } from 'node:zlib';

function chunk(kind, body) {
  const data = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const out = Buffer.alloc(8 + data.length);
  out.writeUInt32BE(body.length, 0);
  data.copy(out, 4);
  out.writeUInt32BE(crc32(data) >>> 0, 4 + data.length);
  return out;
}

/** A PNG with a gradient of its own for each seed, and text chunks. */
export function png(width, height, seed, texts = {}) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows[at] = (40 + seed * 37 + (x * 90) / width) & 255;
      rows[at + 1] = 60 + (y * 120) / height;
      rows[at + 2] = (90 + seed * 53) & 255;
    }
  const parts = [Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head)];
  for (const [key, value] of Object.entries(texts)) parts.push(chunk('tEXt', Buffer.from(`${key}\0${value}`, 'utf8')));
  parts.push(chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)));
  return Buffer.concat(parts);
}

/** The settings line of A1111 with a seed that no float can hold. */
export function a1111(prompt, seed) {
  return `${prompt}\nNegative prompt: lowres, watermark\nSteps: 28, Sampler: DPM++ 2M, CFG scale: 5.5, Seed: ${seed}, Size: 360x640, Model: jinshahu-xl, Version: v1.10.1`;
}

/** A ComfyUI graph of the simple kind: one KSampler. */
export function comfy(prompt, seed) {
  return JSON.stringify({
    1: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'lake-v2.safetensors' } },
    2: { class_type: 'CLIPTextEncode', inputs: { text: prompt, clip: ['1', 1] } },
    3: { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['1', 1] } },
    4: { class_type: 'EmptyLatentImage', inputs: { width: 360, height: 640, batch_size: 1 } },
    5: {
      class_type: 'KSampler',
      inputs: {
        seed: 0,
        steps: 20,
        cfg: 7,
        sampler_name: 'euler',
        scheduler: 'normal',
        denoise: 1,
        model: ['1', 0],
        positive: ['2', 0],
        negative: ['3', 0],
        latent_image: ['4', 0],
      },
    },
    6: { class_type: 'VAEDecode', inputs: { samples: ['5', 0], vae: ['1', 2] } },
    7: { class_type: 'SaveImage', inputs: { filename_prefix: 'lake', images: ['6', 0] } },
  }).replace('"seed":0', `"seed":${seed}`);
}

/** Text as an old Windows editor saves it. Node decodes GB18030 but does not encode it, so the table is turned round. */
export function gb18030(text) {
  const decoder = new TextDecoder('gb18030');
  const table = new Map();
  for (let a = 0x81; a <= 0xfe; a++)
    for (let b = 0x40; b <= 0xfe; b++) {
      if (b === 0x7f) continue;
      const c = decoder.decode(Uint8Array.of(a, b));
      if (c.length === 1 && c !== '\uFFFD') table.set(c, [a, b]);
    }
  return Buffer.from([...text].flatMap((c) => (c.charCodeAt(0) < 128 ? [c.charCodeAt(0)] : (table.get(c) ?? [63]))));
}

export const script = `《金沙湖来信》

第一集 夜场

1-1 夜 内 金沙湖大剧院·观众厅
人物：沈枝、顾京
△一束追光打在舞台中央。
沈枝：我回来了。
顾京（OS）：三年了。
【字幕：三年前】

1-2 夜 外 金沙湖大剧院·屋顶
人物：沈枝
△风很大，城市灯火在湖面碎开。
沈枝：你在哪里？
`.replaceAll('\n', '\r\n');

function box(kind, ...parts) {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Numbers of the given widths in bytes, big-endian: be([4, 1], [2, 360]). */
function be(...fields) {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const b = Buffer.alloc(width);
      if (width > 0) b.writeUIntBE(value, 0, Math.min(6, width));
      return b;
    }),
  );
}

/** The index of a clip with one picture track, without decodable pictures; seed makes its bytes its own. */
export function mp4(width, height, seed, frames = 48, fps = 24) {
  const zeros = (n) => Buffer.alloc(n);
  const clock = be([4, 0], [4, 0], [4, 0], [4, fps * 100], [4, frames * 100]);
  const tkhd = box(
    'tkhd',
    be([4, 7], [4, 0], [4, 0], [4, 1], [4, 0], [4, frames * 100]),
    zeros(16),
    identity(),
    be([4, width * 65536], [4, height * 65536]),
  );
  const entry = box('avc1', zeros(6), be([2, 1]), zeros(16), be([2, width], [2, height]), zeros(50));
  const stbl = box(
    'stbl',
    box('stsd', be([4, 0], [4, 1]), entry),
    box('stts', be([4, 0], [4, 1], [4, frames], [4, 100])),
  );
  const hdlr = box('hdlr', be([4, 0], [4, 0]), Buffer.from('vide'), zeros(13));
  const mdia = box('mdia', box('mdhd', clock, zeros(4)), hdlr, box('minf', stbl));
  const moov = box('moov', box('mvhd', clock, zeros(80)), box('trak', tkhd, mdia));
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomavc1')),
    moov,
    box('mdat', Buffer.from(`clip ${seed}`)),
  ]);
}

function identity() {
  return be([4, 65536], [4, 0], [4, 0], [4, 0], [4, 65536], [4, 0], [4, 0], [4, 0], [4, 0x40000000]);
}

/** An archive of stored files; a name may be raw bytes, and `crc` may be wrong. */
export function zip(entries) {
  const parts = [];
  const listed = [];
  let at = 0;
  for (const { name, body, crc = crc32(body) >>> 0 } of entries) {
    const raw = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt32LE(0x210000, 6);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(body.length, 18);
    shared.writeUInt16LE(raw.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, raw, body]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(0o100644 * 65536, 6);
    tail.writeUInt32LE(at, 10);
    listed.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, tail, raw]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

/** A workbook of one sheet, as small as they come: words stand in their cells, numbers as numbers. */
export function xlsx(rows) {
  const cell = (v) => (typeof v === 'number' ? `<c><v>${v}</v></c>` : `<c t="inlineStr"><is><t>${v}</t></is></c>`);
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const link = (kind, target) =>
    `${head}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/${kind}" Target="${target}"/></Relationships>`;
  const parts = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kinds}.worksheet+xml"/></Types>`,
    '_rels/.rels': link('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': link('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetData>${rows.map((r) => `<row>${r.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`,
  };
  return zip(Object.entries(parts).map(([name, text]) => ({ name, body: Buffer.from(text) })));
}
