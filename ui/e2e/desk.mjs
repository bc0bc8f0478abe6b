// A running desk and a browser to use it with: the real program with the built
// interface inside, on a free port and in a folder of its own.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach } from 'node:test';
import { chromium } from 'playwright-core';
import { calm, countAsked, unwell } from './steady.mjs';

const root = resolve(import.meta.dirname, '../..');
export const screens = join(import.meta.dirname, 'out/screens');
export const password = 'jinshahu-correct-horse';
// A slow machine is no fault; what never comes is found all the same.
const patience = 45_000;
// How many times slower than it is the browser's processor is to be, to find what races the page.
const slower = Number(process.env.CHOUKA_SLOWER ?? 1);
const desks = [];
const people = [];

// What a failed test left on every screen, while it is still there.
afterEach(async (t) => {
  if (!t.passed) await unwell(`${basename(process.argv[1], '.test.mjs')}: ${t.name}`, people, desks);
});

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
    desks.splice(desks.indexOf(one), 1);
    const code = await end();
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  const one = { link, at, folder, log, restart, stop };
  desks.push(one);
  return one;
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

/**
 * One person's browser. Everything that it complains about is kept in `faults`. Whoever goes somewhere stands on the new page
 * when the promise resolves: `goto`, `reload`, `goBack` and `waitForURL` wait until the page is drawn and has its answers.
 */
export async function person(browser, desk, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: desk.at,
    ...options,
  });
  context.setDefaultTimeout(patience);
  await context.addInitScript(countAsked);
  const page = await context.newPage();
  for (const way of ['goto', 'reload', 'goBack', 'waitForURL']) {
    const plain = page[way].bind(page);
    page[way] = async (...given) => {
      // Nobody leaves before what was just done is kept.
      if (way !== 'waitForURL') await calm(page);
      const got = await plain(...given);
      await calm(page);
      return got;
    };
  }
  if (slower > 1) {
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  }
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
  const one = { context, page, faults };
  people.push(one);
  context.on('close', () => people.splice(people.indexOf(one), 1));
  return one;
}

/** Asks the API as the person of a page does, once the page has its own answers: what a test wants to know rather than to use. */
export async function ask(page, path) {
  await calm(page);
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

/** Opens the setup link and creates the studio with its administrator, who is signed in then; `demo` fills it. */
export async function openStudio(page, desk, { name = '金沙湖工作室', demo = false } = {}) {
  await page.goto(desk.link);
  await page.getByLabel('剧组名').fill(name);
  await page.getByLabel('你的姓名').fill('罗总');
  await page.getByLabel('账号').fill('boss');
  await page.locator('input[autocomplete=new-password]').first().fill(password);
  await page.locator('input[autocomplete=new-password]').last().fill(password);
  if (demo) await page.getByText('载入示例剧组').click();
  await page.getByRole('button', { name: '创建' }).click();
}

/** Opens a studio that the program has filled for show, and stands on its first page. */
export async function openDemo(page, desk) {
  await openStudio(page, desk, { name: '示例剧组', demo: true });
  await page.waitForURL(desk.at + '/', { timeout: 4 * patience });
}

/** Tells the API something as the person of a page does, once the page has its own answers. */
export async function tell(page, path, data) {
  await calm(page);
  const answer = await page.request.post(`/api/v1${path}`, { data, timeout: 4 * patience });
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

/**
 * Asks again until the answer fits, and gives it once the page too has all its answers: the next key or step back finds the act
 * that was waited for. It fails rather than to wait for ever.
 */
export async function until(page, asked, fits = Boolean, most = patience) {
  for (const end = Date.now() + most; ;) {
    const got = await asked();
    if (fits(got)) {
      await calm(page);
      return got;
    }
    if (Date.now() > end) throw new Error(`not in ${most} ms: ${asked}, last: ${JSON.stringify(got)?.slice(0, 2000)}`);
    await page.waitForTimeout(50);
  }
}
