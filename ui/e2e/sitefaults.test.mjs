// What a phone on site may meet when its notes go out: a full device, refusals of every kind, a lost session, a second
// tab, a large photo, a clock that is years wrong. Each ends in a clear word, nothing is lost and nothing goes out twice.
import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { ask, openStudio, password, person, picture, startBrowser, startDesk, tell, until } from './desk.mjs';
import { png } from './files.mjs';

let desk, browser, boss, phone, page, place;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  await openStudio(boss.page, desk);
  await boss.page.waitForURL(desk.at + '/');
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

// A place and a phone of its own for each test: what waits in one is of no concern to the next.
beforeEach(async (t) => {
  place = await tell(boss.page, '/locations', { name: `金沙湖 ${t.name}`.slice(0, 40) });
  await phone?.context.close();
  const storageState = await boss.context.storageState();
  phone = await person(browser, desk, { storageState, viewport: { width: 390, height: 844 } });
  page = phone.page;
  await open();
});

async function open(on = page) {
  await on.goto(`/locations/${place.id}`);
  await notes(on).getByRole('textbox').first().waitFor();
  await notes(on).getByText('还没有').first().waitFor();
}
const notes = (on = page) => on.getByRole('region', { name: /^现场记录/ });
const texts = async () => (await ask(boss.page, `/locations/${place.id}/notes`)).items.map((n) => n.text).reverse();
const photos = async () => (await ask(boss.page, `/locations/${place.id}`)).photos;

async function write(text) {
  await notes().getByRole('textbox').first().fill(text);
  await notes().getByRole('button', { name: '记下' }).click();
  await notes().getByText(text).first().waitFor();
}
function shoot(name, buffer) {
  const path = join(desk.folder, name);
  writeFileSync(path, buffer);
  return notes().locator('input[type=file]').setInputFiles(path);
}
const gone = () => notes().getByText('条等待发送').waitFor({ state: 'detached' });

/** Answers the next posts of notes with a refusal, as the server writes it; then lets them through. */
async function refuse(status, detail, times = 1) {
  let left = times;
  await page.route('**/api/v1/locations/*/notes', (r) => {
    if (r.request().method() !== 'POST' || left-- <= 0) return r.fallback();
    const body = JSON.stringify({ code: `test.${status}`, title: '没有收下', detail, status });
    return r.fulfill({ status, contentType: 'application/problem+json', body });
  });
}

test('a full device', async () => {
  const cdp = await phone.context.newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: desk.at, quotaSize: 20_000 });
  await phone.context.setOffline(true);
  const noise = Buffer.concat([png(64, 48, 7), randomFillSync(Buffer.alloc(400_000))]);
  await shoot('door.png', noise);
  await notes().getByText('door.png').waitFor();
  await notes().getByText('这台设备存不下了', { exact: false }).waitFor();
  await write('照片和字都放不下');
  await notes().getByRole('list').first().scrollIntoViewIfNeeded();
  await picture(page, 'sitefaults-full');
  await phone.context.setOffline(false);
  await gone();
  assert.deepEqual(await texts(), ['照片和字都放不下']);
  assert.deepEqual(
    (await photos()).map((p) => p.media.bytes),
    [noise.length],
  );
});

for (const [status, detail] of [
  [413, '太大了，最多 64 MB'],
  [409, '这处已并入别处'],
  [500, '服务器出错，请稍后再试'],
]) {
  test(`the server answers ${status}`, async () => {
    await refuse(status, detail);
    await write('第一条');
    await notes().getByText(detail).waitFor();
    await write('第二条');
    await until(page, texts, (all) => all.length === 1);
    await page.reload();
    await notes().getByText(detail).waitFor();
    assert.deepEqual(await texts(), ['第二条']);
    await notes().getByRole('button', { name: '重试' }).first().click();
    await gone();
    assert.deepEqual(await texts(), ['第一条', '第二条']);
  });
}

test('the session ended meanwhile', async () => {
  await phone.context.setOffline(true);
  await write('登录过期前写的');
  await shoot('door.png', png(64, 48, 8));
  await notes().getByText('2 条等待发送').first().waitFor();
  await phone.context.clearCookies();
  await phone.context.setOffline(false);
  await page.getByLabel('账号').fill('boss');
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await until(page, texts, (all) => all.length > 0);
  await until(page, photos, (all) => all.length > 0);
  await notes().getByText('登录过期前写的').waitFor();
  await gone();
  assert.deepEqual([await texts(), (await photos()).length], [['登录过期前写的'], 1]);
});

test('two tabs at once, and a photo of 30 MB', async () => {
  const other = await phone.context.newPage();
  await open(other);
  await phone.context.setOffline(true);
  await write('两个标签页');
  const large = Buffer.concat([png(64, 48, 9), randomFillSync(Buffer.alloc(30 << 20))]);
  await shoot('large.png', large);
  await notes().getByText('large.png').waitFor();
  await phone.context.setOffline(false);
  await Promise.all([page.reload(), other.reload()]);
  await until(page, photos, (all) => all.length > 0, 60_000);
  await gone();
  await notes(other).getByText('条等待发送').waitFor({ state: 'detached' });
  assert.deepEqual(await texts(), ['两个标签页']);
  assert.deepEqual(
    (await photos()).map((p) => p.media.bytes),
    [large.length],
  );
});

test('a clock that is years wrong', async () => {
  await page.addInitScript(() => {
    const real = Date;
    const ahead = 5 * 365 * 86_400_000;
    window.Date = class extends real {
      constructor(...given) {
        super(...(given.length > 0 ? given : [real.now() + ahead]));
      }
      static now() {
        return real.now() + ahead;
      }
    };
  });
  await open();
  await write('手机的钟快了五年');
  const [note] = await until(
    page,
    async () => (await ask(boss.page, `/locations/${place.id}/notes`)).items,
    (all) => all.length > 0,
  );
  assert.ok(Math.abs(Date.parse(note.at) - Date.now()) < 60_000, note.at);
  await gone();
});
