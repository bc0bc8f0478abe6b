// A clip of the shooting day: it is uploaded to a shot, becomes an attempt of kind camera, and its take is picked and
// counted like any other; on a phone it is filmed at once; a broken file says so and leaves nothing behind.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clip } from './clips.mjs';
import { ask, picture, tell, until } from './desk.mjs';
import { closeShoot, fits, openShoot, sound } from './shoot.mjs';

let shoot, desk, browser, boss, page, title, shot, day;

before(async () => {
  shoot = await openShoot();
  ({ desk, browser, boss, page, title } = shoot);
  const scene = (await ask(page, `/titles/${title}/days`)).pool[0].scene.id;
  shot = (await tell(page, `/scenes/${scene}/shots`, { description: '追光打在舞台中央', size: '全景' })).id;
  day = (await tell(page, `/titles/${title}/days`, { date: '2027-03-01', unit: 'A' })).day.id;
});

after(() => closeShoot(shoot));

const clean = () => assert.deepEqual(boss.faults.splice(0), []);
const attempts = async () => (await ask(page, `/shots/${shot}/attempts`)).items;
const video = (name, buffer) => ({ name, mimeType: 'video/mp4', buffer });

async function upload(on, file, label = '片段文件') {
  await on.goto(`/draw?shot=${shot}&camera=1`);
  const dialog = on.getByRole('dialog');
  await dialog.getByLabel('哪个拍摄日').waitFor();
  await dialog.getByLabel(label).setInputFiles(file);
  await dialog.getByRole('button', { name: '上传' }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('a clip of the day becomes an attempt of kind camera', async () => {
  await upload(page, video('A001C001.mp4', clip(1, 24, 24)));
  const card = page.locator('[data-attempt]').first();
  await card.getByText('实拍', { exact: true }).waitFor();
  const [{ attempt, takes }] = await until(page, attempts, (list) => list.length === 1);
  assert.deepEqual([attempt.kind, attempt.status, attempt.day_id, takes.length], ['camera', 'succeeded', day, 1]);
  await sound(page, 'a clip of the shoot');
  await picture(page, 'camera-attempt.zh-CN');
  clean();
});

test('its take is picked in review and counted in the funnel', async () => {
  await until(page, async () => (await ask(page, '/work')).pending === 0, Boolean, 60_000);
  await page.goto(`/titles/${title}/review?shot=${shot}`);
  await page.getByRole('option').first().waitFor();
  await picture(page, 'camera-review.zh-CN');
  await page.keyboard.press('p');
  await until(
    page,
    async () => (await ask(page, `/shots/${shot}`)).shot.state,
    (state) => state === 'picked',
  );
  await page.goto(`/titles/${title}/funnel`);
  const table = page.getByRole('table', { name: '全剧：从抽出到锁定', exact: true });
  const row = (name) => table.getByRole('row', { name: new RegExp(`^${name}`) });
  await row('选中').waitFor();
  assert.match(await row('抽出').innerText(), /抽出\s+1/);
  assert.match(await row('选中').innerText(), /选中\s+1/);
  clean();
});

test('a phone films at once', async () => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    baseURL: desk.at,
    storageState: await boss.context.storageState(),
  });
  const on = await context.newPage();
  await on.goto(`/draw?shot=${shot}&camera=1`);
  const film = on.getByRole('dialog').getByLabel('现在拍一段');
  await film.waitFor();
  assert.equal(await film.getAttribute('capture'), 'environment');
  await sound(on, 'filming on a phone');
  await fits(on, 'the upload on a phone');
  await picture(on, 'camera-390.zh-CN');
  await upload(on, video('IMG_0001.mp4', clip(2, 24, 30)), '现在拍一段');
  const list = await until(page, attempts, (all) => all.length === 2);
  assert.ok(list.every((x) => x.attempt.kind === 'camera' && x.attempt.day_id === day));
  await context.close();
});

test('a broken file says so, and nothing is half done', async () => {
  const whole = clip(3, 24, 24);
  await upload(page, video('A001C003.mp4', Buffer.from('not a clip')));
  const toast = page.locator('[data-toast]', { hasText: 'A001C003.mp4' }).last();
  await toast.waitFor();
  assert.match(await toast.innerText(), /没记上 A001C003\.mp4：不支持这种文件/);
  await picture(page, 'camera-broken.zh-CN');
  assert.equal((await attempts()).length, 2);
  await upload(page, video('A001C003.mp4', whole));
  await until(page, attempts, (all) => all.length === 3);
  clean();
});
