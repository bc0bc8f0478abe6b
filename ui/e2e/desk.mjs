// A running desk and a browser to use it with: the real program with the built
// interface inside, on a free port and in a folder of its own.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');
export const screens = join(import.meta.dirname, 'out/screens');
export const password = 'jinshahu-correct-horse';

/** Starts the program; `link` is the one-time setup link that it prints. `restart` stops it and starts it again at its address. */
export async function startDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'chouka-e2e-'));
  const log = [];
  let { child, link } = await serve(folder, '127.0.0.1:0', log);
  const { origin: at, port } = new URL(link);
  const end = async () => {
    const ended = new Promise((done) => child.on('exit', done));
    child.kill('SIGTERM');
    return ended;
  };
  const restart = async () => {
    const code = await end();
    ({ child } = await serve(folder, `127.0.0.1:${port}`, log));
    return code;
  };
  const stop = async () => {
    const code = await end();
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  return { link, at, folder, log, restart, stop };
}

/** Runs the program on a data folder until it says where it is. */
async function serve(folder, addr, log) {
  const binary = join(root, 'bin/chouka');
  if (!existsSync(binary)) throw new Error('bin/chouka is missing: run `make build` first');
  const child = spawn(binary, ['serve', '--addr', addr, '--data', join(folder, 'data'), '--level', 'warn'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.on('data', (b) => log.push(String(b)));
  const link = await new Promise((found, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const m = line.match(/http:\/\/\S+/);
      if (m) found(m[0]);
    });
    child.on('exit', (code) => fail(new Error(`the program ended with ${code}: ${log.join('')}`)));
  });
  return { child, link };
}

/** Debian's Chromium, without any traffic of its own, and with further flags where a test needs them. */
export async function startBrowser(flags = []) {
  const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(path)) throw new Error(`no browser at ${path}: run \`make tools\`, or set CHROMIUM`);
  mkdirSync(screens, { recursive: true });
  return chromium.launch({
    executablePath: path,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...flags,
    ],
  });
}

/** One person's browser. Everything that it complains about is kept in `faults`. */
export async function person(browser, desk, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: desk.at,
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (e) => faults.push(`page: ${e.message}`));
  page.on('console', (m) => {
    // An expected refusal is a red line in the console, but no fault of the page.
    if (m.type() === 'error' && !/Failed to load resource/.test(m.text())) faults.push(`console: ${m.text()}`);
    if (/Content Security Policy/i.test(m.text())) faults.push(`csp: ${m.text()}`);
  });
  page.on('response', (r) => {
    if (r.status() >= 500) faults.push(`${r.status()} ${r.url()}`);
  });
  return { context, page, faults };
}

/** Asks the API as the person of a page does, for what a test wants to know rather than to use. */
export async function ask(page, path) {
  const answer = await page.request.get(`/api/v1${path}`);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/**
 * Waits until the page offers to take an act back, and answers with the toast that does. The server knows of an act before the
 * page has its answer; until then the undo key takes back the act before.
 */
export async function offersBack(page, label) {
  const undo = page.getByRole('button', { name: '撤销' });
  const toast = page.locator('[data-toast]').filter({ hasText: label }).filter({ has: undo }).last();
  await toast.waitFor();
  return toast;
}

/** Takes a picture of the page for the README and for whoever looks. */
export async function picture(page, name) {
  await page.screenshot({ path: join(screens, `${name}.png`), animations: 'disabled' });
}

/** Opens the setup link and creates the studio with its administrator, who is signed in then. */
export async function openStudio(page, desk) {
  await page.goto(desk.link);
  await page.getByLabel('剧组名').fill('金沙湖工作室');
  await page.getByLabel('你的姓名').fill('罗总');
  await page.getByLabel('账号').fill('boss');
  await page.locator('input[autocomplete=new-password]').first().fill(password);
  await page.locator('input[autocomplete=new-password]').last().fill(password);
  await page.getByRole('button', { name: '创建' }).click();
}

/** Tells the API something as the person of a page does. */
export async function tell(page, path, data) {
  const answer = await page.request.post(`/api/v1${path}`, { data });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/** Uploads a file to a shot; it answers with the take that it became. */
export async function send(page, shot, name, data) {
  const headers = { 'Content-Type': 'application/octet-stream' };
  const url = `/api/v1/shots/${shot}/files?name=${encodeURIComponent(name)}`;
  const answer = await page.request.post(url, { data, headers });
  if (!answer.ok()) throw new Error(`${name}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()).takes[0];
}

/** Imports a script into a title, as a text file. */
export async function importScript(page, title, text) {
  const sha = createHash('sha256').update(text).digest('hex');
  const headers = { 'Content-Type': 'application/octet-stream' };
  const url = `/api/v1/titles/${title}/scripts?name=${encodeURIComponent('剧本.txt')}&sha256=${sha}`;
  const answer = await page.request.post(url, { data: Buffer.from(text), headers });
  if (!answer.ok()) throw new Error(`script: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/** Asks again until the answer fits, and gives it; it fails rather than to wait for ever. */
export async function until(page, asked, fits = Boolean, most = 20_000) {
  for (const end = Date.now() + most; ;) {
    const got = await asked();
    if (fits(got)) return got;
    if (Date.now() > end) throw new Error(`not in ${most} ms: ${asked}, last: ${JSON.stringify(got)?.slice(0, 2000)}`);
    await page.waitForTimeout(50);
  }
}
