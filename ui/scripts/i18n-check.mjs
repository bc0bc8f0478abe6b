// Fails when a word is missing in one language, used but not written, or written but never used.
// Catalogs are src/i18n/<noun>.<language>.json, flat objects of key -> text or {one, other}. A key is used when it stands
// in the sources as a quoted string; a template such as t(`verb.${x}`) uses every key that begins with its fixed head.
// What the frame, the first page and the pages outside use must be among the words that come first (zh-CN.ts), not in zh-CN.far.ts.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = new URL('../src', import.meta.url).pathname;
const languages = ['zh-CN', 'en'];
const faults = [];

function readCatalogs() {
  const found = Object.fromEntries(languages.map((l) => [l, new Map()]));
  for (const name of readdirSync(join(root, 'i18n')).sort()) {
    const hit = /^([a-z]+)\.(zh-CN|en)\.json$/.exec(name);
    if (!hit) continue;
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(root, 'i18n', name), 'utf8')))) {
      if (found[hit[2]].has(key)) faults.push(`${key}: written twice in ${hit[2]}`);
      found[hit[2]].set(key, text);
    }
  }
  return found;
}

function holes(text) {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  return [...new Set(forms.flatMap((f) => [...f.matchAll(/\{(\w+)\}/g)].map((m) => m[1])))].sort();
}

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^\s*\/\/.*$/gm, '');

function usesOf(text) {
  return {
    quoted: [...text.matchAll(/(['"`])([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_]+)+)\1/g)].map((m) => m[2]),
    heads: [...text.matchAll(/\bt(?:Any)?\(\s*`([a-z][A-Za-z0-9.]*\.)\$\{/g)].map((m) => m[1]),
  };
}

/** Every source that can be drawn before the far words are there: what main.ts reaches, and the pages that routes.ts opens without them. */
function nearSources() {
  const seen = new Map();
  const routes = join(root, 'routes.ts');
  const file = (from, path) =>
    ['', '.ts', '.svelte', '/index.ts']
      .map((end) => resolve(dirname(from), path) + end)
      .find((f) => /\.\w+$/.test(f) && existsSync(f));
  const visit = (path) => {
    if (
      !path ||
      seen.has(path) ||
      path === routes ||
      !/\.(ts|svelte)$/.test(path) ||
      path.startsWith(join(root, 'i18n/'))
    )
      return;
    const text = withoutComments(readFileSync(path, 'utf8'));
    seen.set(path, text);
    const code = text.replace(/^\s*import type .*$/gm, '');
    for (const m of code.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)) visit(file(path, m[1]));
  };
  visit(join(root, 'main.ts'));
  for (const m of readFileSync(routes, 'utf8').matchAll(/page\('([^']+)'.*import\('([^']+)'\)(.*)/g))
    if (m[1] === '/' || /, true\)/.test(m[3])) visit(file(routes, m[2]));
  return seen;
}

function farKeys() {
  const text = readFileSync(join(root, 'i18n/zh-CN.far.ts'), 'utf8');
  const names = [...text.matchAll(/'\.\/(\w+\.zh-CN\.json)'/g)].map((m) => m[1]);
  return new Set(names.flatMap((n) => Object.keys(JSON.parse(readFileSync(join(root, 'i18n', n), 'utf8')))));
}

function readUses() {
  const quoted = new Set();
  const heads = new Set();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ts|svelte)$/.test(entry.name) || /\.(test|gen)\.ts$/.test(entry.name)) continue;
    const text = withoutComments(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    const uses = usesOf(text);
    uses.quoted.forEach((k) => quoted.add(k));
    uses.heads.forEach((h) => heads.add(h));
    for (const m of text.matchAll(/\bt(?:Any)?\(\s*['"]([^'"]+)['"]/g)) quoted.add(`!${m[1]}`);
  }
  return { quoted, heads };
}

const catalogs = readCatalogs();
const { quoted, heads } = readUses();
const known = catalogs[languages[0]];
for (const [here, there] of [languages, [...languages].reverse()]) {
  for (const [key, text] of catalogs[here]) {
    if (!catalogs[there].has(key)) faults.push(`${key}: in ${here}, missing in ${there}`);
    else if (here === 'zh-CN') {
      // An English form may leave {n} out ("one take"), so only a hole unknown to the Chinese text is a fault.
      const extra = holes(catalogs[there].get(key)).filter((h) => !holes(text).includes(h) && h !== 'n');
      const lost = holes(text).filter((h) => !holes(catalogs[there].get(key)).includes(h) && h !== 'n');
      if (extra.length || lost.length) faults.push(`${key}: the two languages name different holes`);
    }
  }
}
for (const use of quoted) {
  if (use.startsWith('!') && !known.has(use.slice(1))) faults.push(`${use.slice(1)}: used, but in no catalog`);
}
for (const head of heads) {
  if (![...known.keys()].some((k) => k.startsWith(head))) faults.push(`${head}*: used, but no key begins so`);
}
for (const key of known.keys()) {
  if (!quoted.has(key) && ![...heads].some((h) => key.startsWith(h))) faults.push(`${key}: never used`);
}

const far = farKeys();
for (const [path, text] of nearSources()) {
  const { quoted: here, heads: begun } = usesOf(text);
  const late = [...here.filter((k) => far.has(k)), ...[...far].filter((k) => begun.some((h) => k.startsWith(h)))];
  for (const key of late) faults.push(`${key}: in zh-CN.far.ts, but ${path.slice(root.length + 1)} shows it first`);
}

if (faults.length) {
  console.error(`i18n: ${faults.length} faults\n  ${[...new Set(faults)].sort().join('\n  ')}`);
  process.exit(1);
}
console.log(`i18n: ${known.size} keys in ${languages.join(' and ')}`);
