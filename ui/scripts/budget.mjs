// Weighs the built scripts: the first screen (what index.html and the home page load, with one catalog) and every lazy chunk, charts apart.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = new URL('../dist/app', import.meta.url).pathname;
const firstScreen = 120_000;
const lazyChunk = 60_000;
const chartChunk = 30_000;

const files = readdirSync(join(root, 'assets')).filter((f) => f.endsWith('.js'));
const text = new Map(files.map((f) => [f, readFileSync(join(root, 'assets', f), 'utf8')]));
const weight = (f) => gzipSync(text.get(f), { level: 9 }).length;
const kB = (n) => `${(n / 1000).toFixed(1)} kB`;

function withImports(start) {
  const seen = new Set();
  const visit = (f) => {
    if (seen.has(f) || !text.has(f)) return;
    seen.add(f);
    for (const m of text.get(f).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) visit(m[1]);
  };
  start.forEach(visit);
  return seen;
}

const page = readFileSync(join(root, 'index.html'), 'utf8');
const entries = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((m) => basename(m[1]));
// The first page after the frame is Home, with what it imports.
const first = withImports([...entries, ...files.filter((f) => f.startsWith('Home-'))]);
// The words of one language are always fetched before anything is drawn; the larger catalog counts.
const words = files.filter((f) => /^(zh-CN|en)-/.test(f)).map(weight);
const sum = [...first].reduce((n, f) => n + weight(f), 0) + Math.max(0, ...words);

let bad = sum > firstScreen || [...first].some((f) => text.get(f).includes('u-hz'));
console.log(`first screen ${kB(sum)} of ${kB(firstScreen)} gzip (${first.size} files and one catalog)`);
for (const f of files.filter((f) => !first.has(f)).sort((a, b) => weight(b) - weight(a))) {
  const w = weight(f);
  // What draws charts is the chunk that holds uPlot; it comes only where something is drawn.
  const most = text.get(f).includes('u-hz') ? chartChunk : lazyChunk;
  if (w > most) bad = true;
  if (w > most / 4) console.log(`${w > most ? 'TOO BIG' : most === chartChunk ? 'chart' : 'lazy'} ${f} ${kB(w)}`);
}
process.exit(bad ? 1 : 0);
