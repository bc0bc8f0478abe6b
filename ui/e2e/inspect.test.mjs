// What is known of an attempt, in the browser: the inspector, the raw records, the difference, stacks, clips under the
// pointer, tokens. Files are made here, the clip by ffmpeg.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
import { a1111, comfy, png } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const seed = 18446744073709551610n;
let desk, browser, boss, page, title, shot, other;

const tell = (path, data) => tellAs(page, path, data);
const until = (what, fits) => untilOn(page, what, fits);

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await boss.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell('/titles', { name: '金沙湖来信' })).title.id;
  const episode = await tell(`/titles/${title}/episodes`, { number: 1 });
  const scene = await tell(`/episodes/${episode.id}/scenes`, { place: '金沙湖大剧院' });
  shot = await tell(`/scenes/${scene.id}/shots`, { description: '沈枝回眸，追光落下' });
  other = await tell(`/scenes/${scene.id}/shots`, { description: '湖面夜景' });
  await fill();
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

async function send(to, name, body) {
  const url = `/api/v1/shots/${to.id}/files?name=${encodeURIComponent(name)}`;
  const answer = await page.request.post(url, { data: body, headers: { 'Content-Type': 'application/octet-stream' } });
  assert.ok(answer.ok(), `${name}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/** A graph with two outputs that disagree, and many nodes that do nothing. */
function ambiguous() {
  const graph = JSON.parse(comfy('雨夜回眸', '777'));
  for (const [id, node] of Object.entries(JSON.parse(comfy('湖面日出', '888')))) {
    const inputs = Object.fromEntries(
      Object.entries(node.inputs).map(([k, v]) => [k, Array.isArray(v) ? [`1${v[0]}`, v[1]] : v]),
    );
    graph[`1${id}`] = { ...node, inputs };
  }
  graph['17'].inputs.filename_prefix = 'dawn';
  for (let i = 100; i < 1600; i++)
    graph[i] = { class_type: 'Note', inputs: { text: i % 500 ? `${i}` : `needle ${i}` } };
  return JSON.stringify(graph).replace(
    /[\u0080-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function clip() {
  const to = join(desk.folder, 'clip.mp4');
  const label = JSON.stringify({ Label: '1', ContentProducer: '001191310000MA1FL00X0100000', ProduceID: 'p-42' });
  const made = ['-f', 'lavfi', '-i', 'testsrc=s=270x480:r=30000/1001:d=2', '-f', 'lavfi', '-i', 'sine=d=2'];
  const tags = ['-movflags', 'use_metadata_tags', '-metadata', `AIGC=${label}`];
  execFileSync('ffmpeg', ['-v', 'error', ...made, '-pix_fmt', 'yuv420p', '-shortest', ...tags, to]);
  return readFileSync(to);
}

/** Six attempts on one shot: three of one prompt, one of another, an ambiguous graph, a clip. */
async function fill() {
  for (let i = 0; i < 3; i++) {
    const texts = { parameters: a1111('沈枝回眸, (追光:1.2), red dress', String(seed + BigInt(i))) };
    await send(shot, `look-${i}.png`, png(90, 160, i, texts));
  }
  await send(shot, 'other.png', png(90, 160, 7, { parameters: a1111('沈枝转身, (追光:1.2), blue dress', '5') }));
  await send(shot, 'unknown.png', png(90, 160, 9, { prompt: ambiguous() }));
  await send(shot, '成片.mp4', clip());
  // The picture of the first attempt once more with other words, and on another shot byte for byte.
  await send(other, 'near.png', png(90, 160, 0, { parameters: a1111('别的话', '9') }));
  await send(
    other,
    'look-1.png',
    png(90, 160, 1, { parameters: a1111('沈枝回眸, (追光:1.2), red dress', String(seed + 1n)) }),
  );
}

const rows = async (of = shot) => (await ask(page, `/shots/${of.id}/attempts?limit=100`)).items;
const sheet = () => page.locator('.inspector');
const clean = () => assert.deepEqual(boss.faults.splice(0), []);

async function open(tail = '', lang = 'zh-CN') {
  await boss.context.addCookies([{ name: 'chouka_lang', value: lang, url: desk.at }]);
  await page.goto(`/draw?shot=${shot.id}${tail}`);
  await page.getByRole('heading', { name: shot.label, exact: true }).waitFor();
  await page.locator('[data-attempt]').first().waitFor();
}

/** What axe calls serious or critical, as one line each. */
async function sound(what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const bad = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  assert.deepEqual(
    bad.map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`),
    [],
  );
}

/** The value in a fixed place of the inspector, with its source. */
async function place(name) {
  const fact = sheet()
    .locator('.fact')
    .filter({ has: page.locator('dt', { hasText: new RegExp(`^\\s*${name}\\s*$`) }) });
  return (await fact.locator('dd').allInnerTexts()).map((x) => x.replace(/\s+/g, ''));
}

test('the inspector has every field in its place with its source, in both languages', async () => {
  await open();
  await page.keyboard.press('j');
  await page.keyboard.press('i');
  await sheet().waitFor();
  const list = await rows();
  const look = list.find((r) => r.attempt.number === 3);
  await open(`&attempt=${look.attempt.id}`);
  await sheet().getByRole('heading', { name: '第 3 次抽卡' }).waitFor();
  assert.deepEqual(await place('种子'), [String(seed + 2n), '▪来自文件=写明png:parameters']);
  assert.deepEqual(await place('画幅比例'), ['—']);
  assert.deepEqual(await place('来路'), ['上传']);
  assert.match((await place('平台或工具')).join(' '), /≈推得/);
  await sound('inspector');
  await picture(page, 'inspect.zh-CN');
  await page.keyboard.press('Escape');
  await sheet().waitFor({ state: 'detached' });
  await page.waitForURL((u) => !u.search.includes('attempt='));
  await open(`&attempt=${look.attempt.id}`, 'en');
  await sheet().getByRole('heading', { name: 'Attempt 3' }).waitFor();
  assert.deepEqual(await place('Seed'), [String(seed + 2n), '▪fromthefile=statedpng:parameters']);
  await picture(page, 'inspect.en');
  await page.keyboard.press('k');
  await sheet().getByRole('heading', { name: 'Attempt 4' }).waitFor();
  clean();
});

test('an ambiguous graph lists its outputs; one is taken over as typed, and back', async () => {
  const row = (await rows()).find((r) => r.attempt.candidates.length > 0);
  assert.ok(row, 'the graph leaves its outputs open');
  await open(`&attempt=${row.attempt.id}`);
  assert.equal(row.attempt.seed, '');
  const dawn = sheet().locator('.one').filter({ hasText: '湖面日出' });
  await dawn.getByRole('button', { name: '用这个' }).click();
  await until(
    () => place('种子'),
    (x) => x[0] === '888',
  );
  assert.deepEqual(await place('种子'), ['888', '✎手填']);
  await dawn.getByText('与当前一致').waitFor();
  await offersBack(page, '已采用节点');
  await page.keyboard.press('Control+z');
  await until(
    () => place('种子'),
    (x) => x[0] === '—',
  );
  clean();
});

test('raw records are searched, hits counted and stepped, and a large graph is folded', async () => {
  const row = (await rows()).find((r) => r.takes[0].file === 'unknown.png');
  await open(`&attempt=${row.attempt.id}&tab=raw`);
  const raw = sheet().locator('.raw');
  await raw.waitFor();
  assert.ok((await raw.locator('.row').count()) < 120, 'only what is in sight is drawn');
  assert.match(await sheet().innerText(), /由第 \d+ 版读取器读取/);
  await page.keyboard.press('/');
  await page.locator('input:focus').waitFor();
  await page.keyboard.type('needle');
  await sheet().getByText('第 1 / 共 3 处').waitFor();
  const shown = () => raw.locator('.row', { has: page.locator('mark.now') }).innerText();
  assert.match(await shown(), /needle 500/);
  assert.equal(await raw.locator('mark.now').count(), 1);
  await page.keyboard.press('Enter');
  await until(shown, (x) => x.includes('needle 1000'));
  await page.keyboard.press('Shift+Enter');
  await until(shown, (x) => x.includes('needle 500'));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('湖面日出');
  await sheet().getByText('第 1 / 共 1 处').waitFor();
  await picture(page, 'inspect-raw.zh-CN');
  await sound('raw records');
  clean();
});

test('the difference to the attempt before is told word by word, and alone on demand', async () => {
  const row = (await rows()).find((r) => r.takes[0].file === 'other.png');
  await open(`&attempt=${row.attempt.id}`);
  await sheet().getByRole('heading', { name: '第 4 次抽卡' }).waitFor();
  await page.keyboard.press('d');
  await sheet()
    .getByText(/和第 3 次相比有 2 处不同/)
    .waitFor();
  await sheet().locator('ins').first().waitFor();
  assert.ok((await sheet().locator('ins').allInnerTexts()).join('').includes('blue'));
  assert.ok((await sheet().locator('del').allInnerTexts()).join('').includes('red'));
  const all = await sheet().locator('tbody tr').count();
  await page.keyboard.press('d');
  await until(
    () => sheet().locator('tbody tr').count(),
    (n) => n === 1 && n < all,
  );
  await page.waitForURL(/diff=1/);
  await sound('difference');
  await picture(page, 'inspect-compare.zh-CN');
  clean();
});

test('a copied A1111 text reads the same when it is pasted', async () => {
  const row = (await rows()).find((r) => r.attempt.number === 1);
  await open(`&attempt=${row.attempt.id}`);
  await sheet().getByRole('heading', { name: '第 1 次抽卡' }).waitFor();
  await page.keyboard.press('y');
  await page.getByText('已复制为 A1111 文本').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const said = await tell('/read', { text });
  for (const f of ['prompt', 'negative', 'seed', 'size', 'steps', 'cfg', 'sampler', 'scheduler', 'denoise', 'model'])
    assert.equal(said.generation[f], row.attempt[f], f);
  await page.keyboard.press('Shift+Y');
  await page.getByText('已复制为 JSON').waitFor();
  const json = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(JSON.parse(json).seed, row.attempt.seed);
  const again = await tell('/read', { text: json });
  for (const f of ['prompt', 'negative', 'seed', 'size', 'steps', 'cfg', 'model'])
    assert.equal(again.generation[f], row.attempt[f], `json ${f}`);
  clean();
});

test('an attempt is reused, with its seed or a new one, from the desk and from the review room', async () => {
  const row = (await rows()).find((r) => r.attempt.number === 1);
  await open(`&attempt=${row.attempt.id}`);
  await sheet().getByRole('heading', { name: '第 1 次抽卡' }).waitFor();
  await page.keyboard.press('r');
  const form = page.getByRole('complementary', { name: '没有文件也记一笔' });
  await until(
    () => form.getByLabel('种子', { exact: true }).inputValue(),
    (x) => x === row.attempt.seed,
  );
  assert.equal(await form.getByLabel('采样器').inputValue(), row.attempt.sampler);
  await page.keyboard.press('Escape');
  await open(`&attempt=${row.attempt.id}`);
  await sheet().getByRole('heading', { name: '第 1 次抽卡' }).waitFor();
  await page.keyboard.press('Shift+R');
  await until(
    () => form.getByLabel('步数').inputValue(),
    (x) => x === row.attempt.steps,
  );
  assert.equal(await form.getByLabel('种子', { exact: true }).inputValue(), '');
  await page.goto(`/titles/${title}/review?shot=${shot.id}&take=${row.takes[0].id}`);
  await page.locator('.panel .file', { hasText: row.takes[0].file }).waitFor();
  await page.keyboard.press('r');
  await until(
    () => form.getByLabel('种子', { exact: true }).inputValue(),
    (x) => x === row.attempt.seed,
  );
  await page.waitForURL((u) => !u.search.includes('reuse='));
  clean();
});

test('attempts with the same prompt stand in a stack, here and in the review room', async () => {
  await open();
  const cards = () => page.locator('[data-attempt]').count();
  await page.getByText('同提示词共 3 次').waitFor();
  await until(cards, (n) => n === 4);
  await page.getByText(`种子：${seed + 2n}, ${seed + 1n}, ${seed}`).waitFor();
  await picture(page, 'stack.zh-CN');
  await page.getByRole('button', { name: '展开另外 2 次' }).click();
  await until(cards, (n) => n === 6);
  await page.getByText('第 2/3 次同提示词').waitFor();
  await page.getByLabel('同提示词叠在一起').uncheck();
  await page.reload();
  await until(cards, (n) => n === 6);
  await page.getByLabel('同提示词叠在一起').check();
  await until(cards, (n) => n === 4);
  await page.goto(`/titles/${title}/review?shot=${shot.id}`);
  await page.locator('.cell .stack', { hasText: '3/3' }).waitFor();
  await picture(page, 'review-stack.zh-CN');
  clean();
});

test('the same picture and the same file elsewhere are pointed out', async () => {
  const near = (await rows(other)).find((r) => r.takes[0].file === 'near.png');
  await until(
    async () => (await rows(other)).find((r) => r.attempt.id === near.attempt.id).takes[0].near,
    (x) => x !== undefined,
  );
  await page.goto(`/draw?shot=${other.id}&attempt=${near.attempt.id}`);
  await sheet()
    .getByText(/和(别的镜头)?第 \d 条几乎一样：64 位里差 \d 位/)
    .waitFor();
  assert.equal(await sheet().locator('figure img').count(), 2);
  await picture(page, 'near.zh-CN');
  const twin = (await rows(other)).find((r) => r.takes[0].file === 'look-1.png');
  await page.goto(`/draw?shot=${other.id}&attempt=${twin.attempt.id}`);
  await sheet().getByText('同一个文件还记在').waitFor();
  await sheet().getByRole('link', { name: shot.label }).waitFor();
  clean();
});

test('a clip scrubs under the pointer and by the arrows, and says what it is', async () => {
  const film = async () => (await rows()).find((r) => r.takes[0].file === '成片.mp4');
  const row = await until(film, (r) => r.takes[0].media.film === 'ready' && r.takes[0].media.derived === 'ready');
  await open(`&attempt=${row.attempt.id}`);
  const scrub = page.locator(`[data-attempt="${row.attempt.id}"] .scrub`);
  const box = await scrub.boundingBox();
  const tile = async () => Number((await scrub.getAttribute('data-tile')) ?? -1);
  await page.mouse.move(box.x + box.width * 0.05, box.y + box.height / 2);
  await until(tile, (n) => n === 0 || n === 1);
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height / 2, { steps: 4 });
  await until(tile, (n) => n >= row.takes[0].media.strip.tiles - 2);
  await picture(page, 'scrub.zh-CN');
  await page.mouse.move(5, 5);
  await until(tile, (n) => n === -1);
  await page.locator(`[data-attempt="${row.attempt.id}"] a.picture`).focus();
  const here = page.url();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await until(tile, (n) => n === 1);
  assert.equal(page.url(), here);
  const text = await sheet().innerText();
  for (const part of ['29.97 fps', '270×480', 'LUFS', 'AIGC 标识：有', '001191310000MA1FL00X0100000'])
    assert.ok(text.includes(part), `${part} in ${text}`);
  await page.goto(`/titles/${title}/review?shot=${shot.id}&take=${row.takes[0].id}`);
  const cell = page.locator('.cell .scrub');
  const area = await cell.boundingBox();
  await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
  await until(
    async () => Number((await cell.getAttribute('data-tile')) ?? -1),
    (n) => n > 0,
  );
  await open(`&attempt=${row.attempt.id}`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    sheet().getByRole('link', { name: '下载原文件' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), '成片.mp4');
  assert.deepEqual(readFileSync(await file.path()), readFileSync(join(desk.folder, 'clip.mp4')));
  clean();
});

test('a clip that no browser plays is shown by its copy, and kept as it came', async () => {
  const to = join(desk.folder, 'prores.mov');
  const made = ['-f', 'lavfi', '-i', 'testsrc=s=256x144:r=24:d=1', '-c:v', 'prores_ks', to];
  execFileSync('ffmpeg', ['-v', 'error', ...made]);
  const { attempt, takes } = await send(other, 'prores.mov', readFileSync(to));
  await until(
    async () => (await rows(other)).find((r) => r.attempt.id === attempt.id).takes[0].media,
    (m) => m.film === 'ready' && m.proxy,
  );
  await page.goto(`/titles/${title}/review?shot=${other.id}&take=${takes[0].id}&view=loupe`);
  const film = page.locator('video');
  await until(
    () => film.evaluate((v) => [v.src, v.readyState > 0]),
    ([src, ready]) => src.endsWith(`/takes/${takes[0].id}/proxy`) && ready,
  );
  await page.goto(`/draw?shot=${other.id}&attempt=${attempt.id}`);
  await sheet().getByText('浏览器用的副本；原文件完好').waitFor();
  clean();
});

test('a token is made, shown once, used by a program, and revoked', async () => {
  await page.goto('/settings?tab=tokens');
  await page.getByText('还没有令牌').waitFor();
  await sound('no tokens');
  await picture(page, 'tokens-empty.zh-CN');
  await page.getByRole('button', { name: '新建令牌' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill('出图电脑');
  await dialog.getByRole('button', { name: '创建' }).click();
  const secret = await dialog.getByLabel('令牌', { exact: true }).inputValue();
  assert.match(secret, /^chk_/);
  assert.ok((await dialog.getByLabel('用 curl 传一个文件').inputValue()).includes(secret));
  assert.ok((await dialog.getByLabel(/监视文件夹/).inputValue()).startsWith('chouka watch '));
  await sound('the new token');
  await picture(page, 'token-made.zh-CN');
  await dialog.getByRole('button', { name: '已保存好' }).click();
  const body = new FormData();
  body.set('title', '金沙湖来信');
  body.set('shot', shot.label);
  body.set('file', new Blob([png(64, 64, 21)]), 'tool.png');
  const post = () =>
    fetch(`${desk.at}/api/v1/attempts`, { method: 'POST', headers: { Authorization: `Bearer ${secret}` }, body });
  const answer = await post();
  assert.equal(answer.status, 201, await answer.text());
  await page.reload();
  const row = page.getByRole('row', { name: /出图电脑/ });
  await row.getByText('刚刚').waitFor();
  assert.ok(!(await page.content()).includes(secret));
  await picture(page, 'tokens.zh-CN');
  await row.getByRole('button', { name: '作废' }).click();
  await dialog.getByRole('button', { name: '作废' }).click();
  await page.getByText('还没有令牌').waitFor();
  assert.equal((await post()).status, 401);
  clean();
});

test('the background says what is left and what failed, and tries again', async () => {
  // The head is sound, so it is taken; the pixels are not.
  const broken = png(64, 64, 30);
  broken.fill(0xff, 50, 200);
  await send(other, 'broken.png', broken);
  await until(
    () => ask(page, '/work'),
    (w) => w.failed > 0 && w.pending === 0,
  );
  await page.goto('/settings?tab=work');
  await page
    .getByRole('row', { name: /broken\.png/ })
    .getByText('缩略图: 文件损坏')
    .waitFor();
  await page.getByRole('button', { name: '全部重试' }).click();
  await page.getByText('已重新排队').waitFor();
  await sound('background work');
  await picture(page, 'work.zh-CN');
  clean();
});

test('the inspector fills a phone and fits it', async () => {
  const row = (await rows()).find((r) => r.attempt.number === 1);
  const phone = await person(browser, desk, {
    storageState: await boss.context.storageState(),
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await phone.page.goto(`/draw?shot=${shot.id}&attempt=${row.attempt.id}`);
  await phone.page.locator('.inspector .fact').first().waitFor();
  const box = await phone.page.locator('.inspector').boundingBox();
  assert.deepEqual([box.x, box.width], [0, 390]);
  for (const tab of ['', '&tab=compare', '&tab=raw']) {
    await phone.page.goto(`/draw?shot=${shot.id}&attempt=${row.attempt.id}${tab}`);
    await phone.page.locator('.inspector .body *').first().waitFor();
    const over = await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${tab} is ${over} px wider than the phone`);
    await picture(phone.page, `inspect-phone${tab.replace('&tab=', '-')}.zh-CN`);
  }
  assert.deepEqual(phone.faults, []);
  await phone.context.close();
});
