// Capture, part 1: everything that somebody may drop, paste or pick becomes attempts, and a word about each file.
// The people, the shots and the files are made here; nothing is guessed from timing.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  ask,
  offersBack,
  openStudio,
  person,
  picture,
  startBrowser,
  startDesk,
  tell as tellAs,
  until as untilOn,
} from './desk.mjs';
import { a1111, comfy, gb18030, mp4, png, zip } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const seed = '6952411511246973023';
let desk, browser, boss, page, title, shots;

const tell = (path, data) => tellAs(page, path, data);
const until = (what, fits) => untilOn(page, what, fits);

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell('/titles', { name: '金沙湖来信' })).title.id;
  const episode = await tell(`/titles/${title}/episodes`, { number: 1 });
  const scene = await tell(`/episodes/${episode.id}/scenes`, { place: '金沙湖大剧院' });
  shots = [];
  for (let i = 0; i < 6; i++) shots.push(await tell(`/scenes/${scene.id}/shots`, { description: `镜头 ${i}` }));
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

async function open(shot, lang = 'zh-CN') {
  await boss.context.addCookies([{ name: 'chouka_lang', value: lang, url: desk.at }]);
  await page.goto(`/draw?shot=${shot.id}`);
  await page.getByRole('heading', { name: shot.label }).waitFor();
}

/** Lets files fall on the window, as from a file manager. */
async function drop(files) {
  const packed = files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
  await page.evaluate((list) => {
    const data = new DataTransfer();
    for (const [name, base64] of list)
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    for (const kind of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, packed);
}

async function pasteText(text) {
  await page.evaluate((t) => {
    const data = new DataTransfer();
    data.setData('text/plain', t);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** Every attempt of a shot. */
async function attempts(shot) {
  const all = [];
  let next = '';
  do {
    const page1 = await ask(page, `/shots/${shot.id}/attempts?limit=200${next ? `&after=${next}` : ''}`);
    all.push(...page1.items);
    next = page1.next ?? '';
  } while (next);
  return all;
}

const panel = () => page.locator('[data-report]');
/** What the panel says of each file: name -> its sentence. */
async function account() {
  await panel().waitFor();
  return panel()
    .locator('li')
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((r) => [
          r.querySelector('.name span').textContent,
          r.querySelector('.said').textContent.replace(/\s+/g, ' ').trim(),
        ]),
      ),
    );
}
const clean = () => assert.deepEqual(boss.faults.splice(0), []);

/** 30 files of every kind that comes; what is wrong with them is wrong on purpose. */
function mixed() {
  const shot = (n) => png(90, 160, n, { parameters: a1111(`追光 ${n}`, String(BigInt(seed) + BigInt(n))) });
  const inner = [
    { name: 'night/a.png', body: png(80, 80, 40, { parameters: a1111('夜 a', '1') }) },
    { name: gb18030('湖.png'), body: png(80, 80, 41) },
    { name: 'night/damaged.png', body: png(80, 80, 42), crc: 7 },
    { name: 'more.zip', body: zip([{ name: 'x.png', body: png(8, 8, 1) }]) },
    { name: 'locked.psd', body: Buffer.from('8BPS nothing of ours') },
  ];
  return [
    ...Array.from({ length: 13 }, (_, i) => [`s${i}.png`, shot(i)]),
    ['comfy.png', png(90, 160, 20, { prompt: comfy('a lake at night', '18446744073709551615') })],
    ['out.zip', zip(inner)],
    ['AnimateDiff_00001.mp4', mp4(360, 640, 1)],
    ['AnimateDiff_00001.png', png(90, 160, 30, { prompt: comfy('first frame', '77') })],
    ['AnimateDiff_00001.json', Buffer.from('{"fps": 24}')],
    ['plain.png', png(90, 160, 31)],
    ['plain.txt', Buffer.from(a1111('旁边的文字', '4242'))],
    ['again.png', shot(3)],
    ['cut.png', png(90, 160, 32).subarray(0, 200)],
    ['empty.png', Buffer.alloc(0)],
    ['text.png', Buffer.from('not a picture at all')],
    ['art.psd', Buffer.from('8BPS\0\x01')],
    ['renamed.bin', png(90, 160, 33)],
    ['lone.txt', Buffer.from(a1111('只有文字', '99'))],
    ['.DS_Store', Buffer.from('x')],
    ['film.mp4.crdownload', Buffer.from('x')],
    ['swap.jpg', png(90, 160, 34)],
  ];
}

test('30 mixed files on one shot: fields filled, each file accounted for', async () => {
  await open(shots[0]);
  const files = mixed();
  assert.equal(files.length, 30);
  await drop(files);
  const said = await until(account, (a) => Object.keys(a).length === 34);
  assert.match(said['s0.png'], /^记为第 \d+ 次抽卡$/);
  assert.match(said['a.png'], /^记为第 \d+ 次抽卡$/, 'out of the archive');
  assert.match(said['湖.png'], /^记为第/, 'a name in GBK');
  assert.match(said['renamed.bin'], /^记为第/, 'read by content');
  assert.match(said['AnimateDiff_00001.png'], /^附在第 \d+ 次抽卡$/);
  assert.match(said['AnimateDiff_00001.json'], /^附在第/);
  assert.match(said['plain.txt'], /^附在第/);
  const twin = /已有|记为/;
  assert.match(said['again.png'], twin);
  assert.match(said['cut.png'], /^没记上：/);
  assert.match(said['empty.png'], /^没记上：/);
  assert.match(said['text.png'], /^没记上：/);
  assert.match(said['damaged.png'], /损坏/);
  assert.match(said['more.zip'], /压缩包里的压缩包/);
  assert.match(said['art.psd'], /不认识/);
  assert.match(said['locked.psd'], /不认识/);
  assert.match(said['film.mp4.crdownload'], /还没下载完/);
  assert.match(said['lone.txt'], /等你决定/);
  assert.match(said['.DS_Store'], /系统/);
  const pictures = 13 + 1 + 2 + 1 + 1 + 1 + 1;
  const rows = await until(
    () => attempts(shots[0]),
    (all) => all.length === pictures,
  );
  const by = (file) => rows.find((r) => r.takes[0]?.file === file)?.attempt;
  assert.equal([by('s3.png'), by('again.png')].filter(Boolean).length, 1, 'the twin is booked once');
  assert.equal(by('s5.png').seed, String(BigInt(seed) + 5n));
  assert.equal(by('s5.png').prompt, '追光 5');
  assert.equal(by('comfy.png').seed, '18446744073709551615');
  assert.equal(by('plain.png').seed, '4242', 'the text beside fills what is empty');
  assert.equal(by('plain.png').sources.seed.from, 'beside');
  assert.deepEqual(
    by('AnimateDiff_00001.mp4')
      .beside.map((b) => b.name)
      .sort(),
    ['AnimateDiff_00001.json', 'AnimateDiff_00001.png'],
  );
  assert.equal(by('AnimateDiff_00001.mp4').seed, '77', 'the first frame says what the clip does not');
  await picture(page, 'capture-summary.zh-CN');
  clean();
});

test('the account is filtered, copied, reached by a key, and sound for a screen reader', async () => {
  await page.keyboard.press('u');
  await until(() => panel().evaluate((e) => e === document.activeElement));
  await panel()
    .getByRole('button', { name: /要看一下/ })
    .click();
  const trouble = await account();
  assert.ok('cut.png' in trouble && !('s0.png' in trouble));
  assert.equal(
    await panel()
      .getByRole('button', { name: /要看一下/ })
      .getAttribute('aria-pressed'),
    'true',
  );
  await page.evaluate(axe);
  const faults = await page.evaluate(async () => {
    const r = await globalThis.axe.run('[data-report]');
    return r.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => [v.id, v.nodes[0].html]);
  });
  assert.deepEqual(faults, []);
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, 'capture-summary-phone.zh-CN');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} px wider than the phone`);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('a lone text is read before it is booked', async () => {
  await panel().locator('li').filter({ hasText: 'lone.txt' }).getByRole('button', { name: '看看' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('只有文字').last().waitFor();
  await dialog.getByText('99', { exact: true }).waitFor();
  await picture(page, 'capture-card.zh-CN');
  const before = (await attempts(shots[0])).length;
  await dialog.getByRole('button', { name: '记一笔' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const rows = await attempts(shots[0]);
  assert.equal(rows.length, before + 1);
  assert.equal(rows.find((r) => r.attempt.seed === '99').attempt.way, 'paste');
  clean();
});

test('all that is new is taken back with one press', async () => {
  await panel().getByRole('button', { name: /全部/ }).click();
  await panel()
    .getByRole('button', { name: /撤回新记的 \d+ 条/ })
    .click();
  await until(
    () => attempts(shots[0]),
    (rows) => rows.length === 0,
  );
  await page.keyboard.press('u');
  await page.keyboard.press('Escape');
  await panel().waitFor({ state: 'detached' });
  clean();
});

test('in English, on another shot: the words, a duplicate and where else the file is', async () => {
  await open(shots[1]);
  await drop([['one.png', png(64, 64, 50)]]);
  await until(
    () => attempts(shots[1]),
    (rows) => rows.length === 1,
  );
  await open(shots[2], 'en');
  await drop([
    ['one.png', png(64, 64, 50)],
    ['two.png', png(64, 64, 51)],
    ['broken.png', Buffer.from('no')],
  ]);
  const said = await until(account, (a) => Object.keys(a).length === 3);
  assert.match(said['one.png'], new RegExp(`^Logged as attempt \\d+ also on ?${shots[1].label}$`));
  assert.match(said['two.png'], /^Logged as attempt \d+$/);
  assert.match(said['broken.png'], /^Not logged: /);
  await picture(page, 'capture-summary.en');
  await page.keyboard.press('u');
  await page.keyboard.press('Escape');
  await drop([['copy.png', png(64, 64, 51)]]);
  const toast = page.locator('[data-toast]').filter({ hasText: 'copy.png' });
  await toast.getByText(/Already here: attempt \d+/).waitFor();
  const href = await toast.getByRole('link').getAttribute('href');
  assert.match(href, new RegExp(`shot=${shots[2].id}&attempt=`));
  assert.equal((await attempts(shots[2])).length, 2);
  clean();
});

test('a result that was announced joins the attempt that waits for it', async () => {
  await open(shots[3]);
  await tell('/attempts', {
    shot: shots[3].id,
    service: 'kling',
    task_id: 'CjMT7WdSwWcAAAAAALvB3g',
    status: 'processing',
    prompt: '追光落下',
    outputs: [{ name: 'announced.png' }],
  });
  await drop([
    ['announced.png', png(64, 64, 60)],
    ['other.png', png(64, 64, 61)],
  ]);
  const said = await until(account, (a) => Object.keys(a).length === 2);
  assert.match(said['announced.png'], /^并入等待中的第 \d+ 次抽卡$/);
  const rows = await attempts(shots[3]);
  assert.equal(rows.length, 2);
  assert.equal(rows.find((r) => r.attempt.prompt === '追光落下').takes.length, 1);
  await page.keyboard.press('u');
  await page.keyboard.press('Escape');
  clean();
});

test('pasted text is an attempt at once and can be taken back; a link is only a remark', async () => {
  await open(shots[3]);
  const before = (await attempts(shots[3])).length;
  await pasteText(a1111('粘贴的提示词', '31337'));
  const rows = await until(
    () => attempts(shots[3]),
    (all) => all.length === before + 1,
  );
  assert.equal(rows[0].attempt.seed, '31337');
  await page.getByText('粘贴的提示词').first().waitFor();
  await offersBack(page, '（来自粘贴的文字）');
  await page.keyboard.press('Control+z');
  await until(
    () => attempts(shots[3]),
    (all) => all.length === before,
  );
  // A link is written to the newest attempt that the page knows of.
  await page.getByText('粘贴的提示词').first().waitFor({ state: 'detached' });
  await pasteText('https://klingai.com/work/1');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('https://klingai.com/work/1').waitFor();
  await dialog.getByRole('button', { name: /写进第 \d+ 次抽卡的备注/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  const after = await until(
    () => attempts(shots[3]),
    (all) => all.some((r) => r.attempt.remark.includes('klingai')),
  );
  assert.equal(after.length, before);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/uri-list', 'https://jimeng.jianying.com/w/2');
    for (const kind of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await dialog.getByText('https://jimeng.jianying.com/w/2').waitFor();
  await dialog.getByLabel('新的一笔记为').selectOption({ label: '生成中' });
  await dialog.getByRole('button', { name: '记一笔新的抽卡' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const typed = (await attempts(shots[3])).find((r) => r.attempt.remark.includes('jimeng')).attempt;
  assert.deepEqual([typed.way, typed.status], ['typed', 'running']);
  clean();
});

test('text is typed where there is no paste, with what is read beside it', async () => {
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('文字').fill(a1111('打字的提示词', '2718281828'));
  await dialog.getByText('2718281828', { exact: true }).waitFor();
  await dialog.getByText('CFG').first().waitFor();
  await picture(page, 'capture-paste.zh-CN');
  await dialog.getByRole('button', { name: '记一笔' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.ok((await attempts(shots[3])).some((r) => r.attempt.seed === '2718281828'));
  clean();
});

test('a folder is picked with all that is in it, and several pictures are pasted at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chouka-pick-'));
  mkdirSync(join(folder, 'out/night'), { recursive: true });
  writeFileSync(join(folder, 'out/x.png'), png(64, 64, 80));
  writeFileSync(join(folder, 'out/night/x.png'), png(64, 64, 81));
  writeFileSync(join(folder, 'out/night/x.txt'), a1111('文件夹里的文字', '161803'));
  const before = (await attempts(shots[3])).length;
  await page.locator('input[webkitdirectory]').setInputFiles(join(folder, 'out'));
  const rows = await until(
    () => attempts(shots[3]),
    (all) => all.length === before + 2 && all.some((r) => r.attempt.seed === '161803'),
  );
  rmSync(folder, { recursive: true });
  assert.equal(rows.filter((r) => r.attempt.seed === '161803').length, 1, 'the text belongs to its own folder');
  await page.evaluate(
    (list) => {
      const data = new DataTransfer();
      for (const base64 of list)
        data.items.add(
          new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'image.png', { type: 'image/png' }),
        );
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    [82, 83].map((n) => png(64, 64, n).toString('base64')),
  );
  const pasted = await until(
    () => attempts(shots[3]),
    (all) => all.length === before + 4,
  );
  const names = pasted
    .filter((r) => r.takes[0]?.file.startsWith('paste-'))
    .map((r) => [r.attempt.way, r.takes[0].file]);
  assert.equal(new Set(names.map(([, file]) => file)).size, 2);
  assert.deepEqual(
    names.map(([way]) => way),
    ['paste', 'paste'],
  );
  clean();
});

test('a dropped line costs nothing: all goes on by itself', async () => {
  await open(shots[4]);
  await boss.context.setOffline(true);
  await drop(Array.from({ length: 5 }, (_, i) => [`off${i}.png`, png(64, 64, 70 + i)]));
  await page.getByText('连接断了').waitFor();
  await picture(page, 'capture-offline.zh-CN');
  assert.equal(await page.locator('.fault').count(), 0, 'no file failed');
  await page.getByRole('heading', { level: 1 }).click();
  const asked = page.waitForEvent('dialog');
  await page.evaluate(() => setTimeout(() => location.reload()));
  const question = await asked;
  assert.equal(question.type(), 'beforeunload', 'closing the tab is asked about');
  await question.dismiss();
  await boss.context.setOffline(false);
  await until(
    () => attempts(shots[4]),
    (all) => all.length === 5,
  );
  boss.faults.splice(0);
});

test('300 small files at once: all accounted for, and the page stays light', async (context) => {
  await open(shots[5]);
  await page.evaluate(() => {
    globalThis.longest = 0;
    let last = performance.now();
    const tick = (now) => {
      globalThis.longest = Math.max(globalThis.longest, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const began = Date.now();
  await drop(Array.from({ length: 300 }, (_, i) => [`many-${i}.png`, png(32, 32, i, { parameters: `many ${i}` })]));
  await until(
    () => attempts(shots[5]),
    (all) => all.length > 10,
  );
  await page.getByRole('link', { name: '剧目' }).first().click();
  await page.getByRole('heading', { name: '剧目', level: 1 }).waitFor();
  const rows = await until(
    () => attempts(shots[5]),
    (all) => all.length === 300,
  );
  const took = Date.now() - began;
  assert.equal(new Set(rows.map((r) => r.takes[0].file)).size, 300);
  await panel()
    .getByRole('button', { name: /全部 300/ })
    .waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: shots[5].label, exact: true }).waitFor();
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  assert.ok(nodes < 5000, `${nodes} nodes`);
  const drawn = await panel().locator('li').count();
  assert.ok(drawn < 60, `${drawn} rows drawn of 300`);
  context.diagnostic(
    `300 files in ${took} ms, longest frame ${await page.evaluate(() => Math.round(globalThis.longest))} ms, ${nodes} nodes`,
  );
  await picture(page, 'capture-many.zh-CN');
  clean();
});
