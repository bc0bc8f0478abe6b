// The desk as a phone on site reaches it: at an address of the house over plain http, where browsers give a page no
// clipboard, no service worker and no randomUUID. All of the day's work goes on, without a line too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import {
  ask,
  importScript,
  openStudio,
  password,
  person,
  picture,
  startBrowser,
  startDesk,
  tell,
  until,
} from './desk.mjs';
import { a1111, png } from './files.mjs';

const word = '后台的门只有 1.1 米宽';
let desk, browser, boss, phone, page, title, shot, place, day;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser(['--host-resolver-rules=MAP desk.test 127.0.0.1', '--disable-features=HttpsUpgrades']);
  boss = await person(browser, desk);
  await openStudio(boss.page, desk);
  await boss.page.waitForURL(desk.at + '/');
  title = (await tell(boss.page, '/titles', { name: '金沙湖来信' })).title.id;
  await importScript(
    boss.page,
    title,
    '《金沙湖来信》\n\n第一集 夜场\n\n1-1 日 内 金沙湖大剧院\n人物：李丽\n李丽：我回来了。\n',
  );
  const { scene } = (await ask(boss.page, `/titles/${title}/days`)).pool[0];
  shot = await tell(boss.page, `/scenes/${scene.id}/shots`, { description: '追光', prompt: '一束追光打在舞台中央' });
  place = await tell(boss.page, '/locations', { name: '金沙湖大剧院', areas: [{ name: '大堂' }] });
  const who = await tell(boss.page, '/performers', { name: '周小满', phone: '138 0000 0001' });
  const cast = (await ask(boss.page, `/titles/${title}/elements`)).items.find((e) => e.name === '李丽');
  await boss.page.request.patch(`/api/v1/elements/${cast.id}`, {
    data: { performer_id: who.id },
    headers: { 'If-Match': `"${cast.rev}"` },
  });
  day = (await tell(boss.page, `/titles/${title}/days`, { date: '2027-03-01' })).day.id;
  await tell(boss.page, `/titles/${title}/strips`, { scene_id: scene.id, to: day, at: 9, reason: '场地口头答应了' });
  const release = await tell(boss.page, `/titles/${title}/releases`, { platform: '红果', date: '2026-03-01' });
  for (const [observed, text] of [
    ['2026-03-02', '3000000'],
    ['2026-03-05', '48000000'],
  ])
    await tell(boss.page, `/releases/${release.id}/readings`, {
      metric: 'plays',
      text,
      observed,
      origin: { kind: 'platform', note: '后台' },
    });
  const at = desk.at.replace('localhost', 'desk.test');
  phone = await person(browser, { at }, { acceptDownloads: true, viewport: { width: 390, height: 844 } });
  page = phone.page;
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

const clean = () =>
  assert.deepEqual(
    phone.faults.splice(0).filter((f) => !/ERR_INTERNET|ERR_CONNECTION|ERR_FAILED/.test(f)),
    [],
  );
const narrow = async () =>
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing runs out sideways');

/** Pastes into a field that the test adds, as a person would somewhere else; it answers with what came. */
async function clipboard() {
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'elsewhere';
    (document.querySelector('[role=dialog]') ?? document.body).append(field);
    field.focus();
  });
  await page.keyboard.press('Control+v');
  return page.evaluate(() => {
    const field = document.getElementById('elsewhere');
    field.remove();
    return field.value;
  });
}

test('one signs in, and the browser is as poor as it is on a phone', async () => {
  await page.goto('/');
  await page.getByLabel('账号').fill('boss');
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('link', { name: '金沙湖来信' }).first().waitFor();
  const poor = await page.evaluate(() => ({
    secure: isSecureContext,
    uuid: typeof crypto.randomUUID,
    subtle: typeof crypto.subtle,
    clipboard: typeof navigator.clipboard,
    worker: typeof navigator.serviceWorker,
  }));
  await picture(page, 'plainhttp-home');
  assert.deepEqual(poor, {
    secure: false,
    uuid: 'undefined',
    subtle: 'undefined',
    clipboard: 'undefined',
    worker: 'undefined',
  });
  const [cookie] = (await phone.context.cookies()).filter((c) => c.httpOnly);
  assert.deepEqual([cookie.secure, cookie.sameSite, cookie.domain], [false, 'Lax', 'desk.test']);
  clean();
});

test('a file that is dropped becomes an attempt, is looked at and picked', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`/draw?shot=${shot.id}`);
  await page.getByRole('heading', { name: shot.label }).waitFor();
  const file = png(90, 160, 1, { parameters: a1111('追光', '6952411511246973023') }).toString('base64');
  await page.evaluate((base64) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 's1.png'));
    for (const kind of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, file);
  const rows = async () => (await ask(boss.page, `/shots/${shot.id}/attempts`)).items;
  const [row] = await until(page, rows, (r) => r.length === 1).finally(() => picture(page, 'plainhttp-draw'));
  assert.equal(row.attempt.seed, '6952411511246973023');
  await page.goto(`/titles/${title}/review`);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('p');
  await until(
    page,
    () => ask(boss.page, `/shots/${shot.id}`),
    (s) => s.shot.pick?.take_id === row.takes[0].id,
  );
  clean();
});

test('a prompt is copied without a clipboard of the browser', async () => {
  await page.goto(`/titles/${title}/shots/${shot.id}`);
  await page.getByRole('button', { name: '复制' }).first().click();
  await page.getByText('已复制').first().waitFor();
  assert.equal(await clipboard(), '一束追光打在舞台中央');
  clean();
});

test('curves are drawn, and leave as a picture', async () => {
  await page.goto(`/titles/${title}/releases`);
  await page.getByRole('slider').waitFor();
  await page.waitForFunction(() => (document.querySelector('[role=slider] canvas')?.width ?? 0) > 200);
  const button = page.getByRole('button', { name: '导出图片' });
  const [image] = await Promise.all([page.waitForEvent('download'), button.click()]);
  assert.ok(readFileSync(await image.path()).readUInt32BE(16) > 1000);
  clean();
});

test('a call sheet is sent round by a link of this address, and read on a phone', async () => {
  await page.goto(`/titles/${title}/days`);
  await page.getByRole('button', { name: '开通告单' }).click();
  await page.waitForURL(/\/callsheets\//);
  await page.getByLabel('开机', { exact: true }).fill('0800');
  await page.getByText('✓ 已保存').waitFor();
  await page.getByRole('button', { name: /发布第 1 版/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('这一版改了什么').fill('第一版');
  await dialog.getByRole('button', { name: '发布', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '+ 周小满' }).click();
  const field = page.getByLabel('周小满', { exact: true });
  const link = await field.inputValue();
  assert.ok(link.startsWith('http://desk.test:'), link);
  await page.getByRole('button', { name: '复制' }).first().click();
  await page.getByText('已复制').first().waitFor();
  assert.equal(await clipboard(), link);
  const reader = await person(browser, { at: new URL(link).origin }, { viewport: { width: 390, height: 844 } });
  await reader.page.goto(link);
  await reader.page.getByRole('button', { name: '我已收到' }).click();
  await reader.page.getByText('已确认收到第 1 版').waitFor();
  assert.ok(await reader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await picture(reader.page, 'plainhttp-call');
  assert.deepEqual(reader.faults, []);
  await reader.context.close();
  clean();
});

test('what is written without a line goes out once, over a closed tab and a restart of the program', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/locations/${place.id}`);
  const notes = () => page.getByRole('region', { name: /^现场记录/ });
  await notes().getByRole('textbox').first().waitFor();
  await phone.context.setOffline(true);
  await notes().getByRole('textbox').first().fill(word);
  await notes().getByRole('button', { name: '记下' }).click();
  await notes().getByText(word).waitFor();
  await notes()
    .locator('input[type=file]')
    .setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: png(64, 48, 7) });
  await notes().getByText('2 条等待发送').first().waitFor();
  await narrow();
  await picture(page, 'plainhttp-waiting');
  await page.close({ runBeforeUnload: false });
  assert.equal(await desk.restart(), 0);
  await phone.context.setOffline(false);
  // Two tabs find the same at once; one of them loses the first answer.
  const lossy = await phone.context.newPage();
  await lossy.addInitScript(() => {
    const real = window.fetch;
    let lost = false;
    window.fetch = async (where, how) => {
      const answer = await real(where, how);
      if (how?.method === 'POST' && /notes/.test(String(where)) && !lost) {
        lost = true;
        throw new TypeError('the answer got lost');
      }
      return answer;
    };
  });
  page = await phone.context.newPage();
  await Promise.all([page.goto('/'), lossy.goto('/')]);
  const came = async () => [
    (await ask(boss.page, `/locations/${place.id}/notes`)).items.map((n) => n.text),
    (await ask(boss.page, `/locations/${place.id}`)).photos.length,
  ];
  await until(page, came, ([texts, photos]) => texts.length > 0 && photos > 0);
  for (const tab of [page, lossy]) {
    await tab.goto(`/locations/${place.id}`);
    await tab
      .getByRole('region', { name: /^现场记录/ })
      .getByText(word)
      .waitFor();
    await tab.getByText('条等待发送').waitFor({ state: 'detached' });
  }
  assert.deepEqual(await came(), [[word], 1]);
  await lossy.close();
});

test('the address of the house is its own, another site is not', async () => {
  const { port } = new URL(desk.at);
  const post = (headers) =>
    new Promise((done, fail) => {
      const r = request({ host: '127.0.0.1', port, method: 'POST', path: '/api/v1/session', headers }, (a) => {
        a.resume();
        done(a.statusCode);
      });
      r.on('error', fail);
      r.end(JSON.stringify({ login: 'boss', password }));
    });
  const at = `192.168.1.20:${port}`;
  const json = { 'Content-Type': 'application/json', Host: at };
  assert.equal(await post({ ...json, Origin: `http://${at}` }), 200);
  assert.equal(await post({ ...json, Origin: 'http://192.168.1.20:9999' }), 403);
  assert.equal(await post({ ...json, Origin: 'http://evil.example' }), 403);
  assert.equal(await post({ ...json, Origin: 'null' }), 403);
});
