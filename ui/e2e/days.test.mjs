// From the pool to the day: a scene is dragged and taken back, carried by keys, and where something stands in the way a
// reason is asked for; who plays whom is said in the same place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, offersBack, person, picture, tell, until } from './desk.mjs';
import { closeShoot, fits, openShoot, sound as soundOn } from './shoot.mjs';

let shoot, desk, browser, boss, page, title, day;

before(async () => {
  shoot = await openShoot();
  ({ desk, browser, boss, page, title } = shoot);
});

after(() => closeShoot(shoot));

const sound = (what) => soundOn(page, what);
const clean = () => assert.deepEqual(boss.faults.splice(0), []);
const board = () => ask(page, `/titles/${title}/days`);
const strip = (name) => page.locator('[data-strip]', { hasText: name });
const dayBox = () => page.locator('[data-day]').first();
const shownOnDay = () => dayBox().locator('[data-strip] strong').allInnerTexts();
const onDay = async () => (await board()).days[0].scenes.map((s) => s.scene.label);

/** Drags a strip into the middle of a box. */
async function drag(name, to) {
  const from = await strip(name).boundingBox();
  const box = await to.boundingBox();
  await page.mouse.move(from.x + 140, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 160, from.y + 30, { steps: 3 });
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 24, { steps: 8 });
  await page.mouse.up();
}

test('a day is made with the keyboard, and its scenes wait in the pool', async () => {
  await page.goto(`/titles/${title}/days`);
  await page.getByText('还没有拍摄日', { exact: true }).waitFor();
  await sound('no days');
  await page.locator('h1').click();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('日期').fill('2027-03-01');
  await dialog.getByRole('button', { name: '创建' }).click();
  await dayBox().waitFor();
  day = (await board()).days[0].day.id;
  assert.equal((await board()).pool.length, 3);
  clean();
});

test('a scene with nothing booked asks for a reason, and is left or planned all the same', async () => {
  await drag('1-1', dayBox());
  const dialog = page.getByRole('dialog');
  await dialog.getByText('有冲突').first().waitFor();
  await sound('conflicts');
  await picture(page, 'days-conflict.zh-CN');
  await dialog.getByRole('button', { name: '不移动' }).click();
  assert.deepEqual(await onDay(), []);
  await drag('1-1', dayBox());
  await dialog.getByLabel('为什么可以这样排').fill('场地口头答应了');
  await dialog.getByRole('button', { name: '仍然这样排' }).click();
  await dayBox().locator('[data-strip]').waitFor();
  assert.deepEqual(await onDay(), ['1-1']);
  await offersBack(page, '1-1 已排到 2027-03-01');
  clean();
});

test('a drop is taken back with one key', async () => {
  await page.keyboard.press('Control+z');
  await until(page, onDay, (got) => got.length === 0);
  await dayBox().locator('[data-strip]').waitFor({ state: 'detached' });
  clean();
});

test('keys carry a scene to a day and change the order there', async () => {
  for (const name of ['1-1', '1-2']) {
    await strip(name).locator('[data-grip]').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-day] .mark').waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const asked = dialog.getByLabel('为什么可以这样排');
    await Promise.race([asked.waitFor(), dayBox().locator('[data-strip]', { hasText: name }).waitFor()]);
    if (await asked.isVisible()) {
      await asked.fill('已和统筹确认');
      await dialog.getByRole('button', { name: '仍然这样排' }).click();
      await dialog.waitFor({ state: 'detached' });
    }
    await dayBox().locator('[data-strip]', { hasText: name }).waitFor();
  }
  assert.deepEqual(await onDay(), ['1-2', '1-1']);
  await strip('1-2').locator('[data-grip]').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await until(page, onDay, (got) => got.join() === '1-1,1-2');
  await until(page, shownOnDay, (got) => got.join() === '1-1,1-2');
  clean();
});

test('minutes are typed on the strip, and a scene is marked as shot', async () => {
  await strip('1-1').getByLabel('1-1 计划用时（分钟）').fill('1:30');
  await page.keyboard.press('Enter');
  await until(
    page,
    async () => (await board()).days[0].scenes[0].on_day.minutes,
    (m) => m === 90,
  );
  await until(
    page,
    () => strip('1-1').getByLabel('1-1 计划用时（分钟）').inputValue(),
    (text) => text === '90',
  );
  await strip('1-1').getByRole('button', { name: '1-1 已拍' }).click();
  await until(
    page,
    async () => (await board()).shot,
    (n) => n === 1,
  );
  await offersBack(page, '1-1 已标为已拍');
  await page.keyboard.press('Control+z');
  await until(
    page,
    async () => (await board()).shot,
    (n) => n === 0,
  );
  await strip('1-1').getByRole('button', { name: '1-1 已拍', pressed: false }).waitFor();
  clean();
});

test('the pool is filtered by light and text, and the filter stands in the address', async () => {
  await page.getByLabel('按日夜内外筛选').selectOption('night_in');
  await strip('1-3').waitFor();
  await page.waitForURL(/light=night_in/);
  await page.getByLabel('按日夜内外筛选').selectOption('day_out');
  await page.getByText('没有符合筛选的场次').waitFor();
  await page.getByRole('button', { name: '清除筛选' }).click();
  await strip('1-3').waitFor();
  clean();
});

test('a performer is made where a character is cast', async () => {
  await page.getByRole('button', { name: /^演员/ }).click();
  const dialog = page.getByRole('dialog');
  const row = dialog.locator('[data-character]', { hasText: '李丽' });
  await row.getByRole('button', { name: /选演员/ }).click();
  await row.getByLabel('演员姓名、拼音或首字母').fill('周小满');
  await row.getByRole('button', { name: '新建演员「周小满」' }).click();
  await row.getByLabel('电话').fill('138 0000 0001');
  await row.getByRole('button', { name: '新建并选用' }).click();
  await row.getByRole('link', { name: '138 0000 0001' }).waitFor();
  await sound('cast');
  await picture(page, 'days-cast.zh-CN');
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  clean();
});

test('the plan reads in both languages, both lights and on a phone', async () => {
  const at = { domain: new URL(desk.at).hostname, path: '/' };
  for (const [language, theme, width] of [
    ['zh-CN', 'light', 1280],
    ['en', 'dark', 1280],
    ['zh-CN', 'dark', 390],
  ]) {
    await boss.context.addCookies([
      { name: 'chouka_lang', value: language, ...at },
      { name: 'chouka_theme', value: theme, ...at },
    ]);
    await page.setViewportSize({ width, height: 844 });
    await page.reload();
    await dayBox().locator('[data-strip]').first().waitFor();
    await dayBox().locator('.clash').first().click();
    await dayBox().locator('.clashes li').first().waitFor();
    await sound(`days ${language} ${theme} ${width}`);
    await fits(page, `the plan at ${width}`);
    await picture(page, `days-${theme}-${width}.${language}`);
  }
  clean();
});

/** The page again as the lead sees it at a desk. */
async function atDesk(width = 1280) {
  await page.setViewportSize({ width, height: 800 });
  await boss.context.addCookies([
    { name: 'chouka_lang', value: 'zh-CN', domain: new URL(desk.at).hostname, path: '/' },
    { name: 'chouka_theme', value: 'light', domain: new URL(desk.at).hostname, path: '/' },
  ]);
  await page.reload();
  await dayBox().waitFor();
}

async function remove() {
  await page.getByRole('button', { name: '2027-03-01：操作' }).click();
  await page.getByRole('menuitem', { name: '删除拍摄日' }).click();
}

test('a deleted day gives its scenes back, and comes back with them', async () => {
  for (const { scene } of (await board()).days[0].scenes)
    await tell(page, `/days/${day}/scenes/${scene.id}`, { done: false });
  await atDesk();
  const before = (await board()).days[0].scenes.map((s) => [s.scene.label, s.on_day.minutes]);
  await remove();
  await page.getByText('还没有拍摄日', { exact: true }).waitFor();
  assert.equal((await board()).pool.length, 3);
  await offersBack(page, '已删除拍摄日 2027-03-01');
  await page.keyboard.press('Control+z');
  await dayBox()
    .locator('[data-strip]')
    .nth(before.length - 1)
    .waitFor();
  const back = (await board()).days[0];
  assert.equal(back.day.id, day);
  assert.deepEqual(
    back.scenes.map((s) => [s.scene.label, s.on_day.minutes]),
    before,
  );
  clean();
});

test('a scene that went elsewhere meanwhile stays there and is named', async () => {
  await remove();
  await offersBack(page, '已删除拍摄日 2027-03-01');
  const other = (await tell(page, `/titles/${title}/days`, { date: '2027-03-09' })).day.id;
  const moved = (await board()).pool.find((s) => s.scene.label === '1-1').scene.id;
  await tell(page, `/titles/${title}/strips`, { scene_id: moved, to: other, at: 0, reason: '改到九号' });
  await page.locator(`[data-day="${other}"] [data-strip]`).waitFor();
  await page.locator('h1').click();
  await page.keyboard.press('Control+z');
  await page.getByText('这些场次已排在别的日子，留在那里：1-1（2027-03-09）').waitFor();
  await page.locator(`[data-day="${day}"] [data-strip]`).waitFor();
  assert.deepEqual(
    (await board()).days.map((d) => d.scenes.map((s) => s.scene.label)),
    [['1-2'], ['1-1']],
  );
  await picture(page, 'days-back.zh-CN');
  clean();
});

test('what people have got is asked about before it is called off', async () => {
  const sheet = (await tell(page, `/days/${day}/callsheet`)).sheet;
  const headers = { 'If-Match': `"${sheet.rev}"` };
  const issued = await page.request.post(`/api/v1/callsheets/${sheet.id}/issue`, { data: { note: '' }, headers });
  assert.ok(issued.ok(), await issued.text());
  const link = await tell(page, `/callsheets/${sheet.id}/recipients`, { name: '赵师傅' });
  await page.getByRole('link', { name: '通告单 第 1 版' }).waitFor();
  await remove();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('通告单第 1 版已经发出').waitFor();
  await sound('called off');
  await picture(page, 'days-delete-issued.zh-CN');
  await dialog.getByRole('button', { name: '删除拍摄日' }).click();
  await dialog.waitFor({ state: 'detached' });
  const phone = await person(browser, desk, { viewport: { width: 390, height: 844 } });
  await phone.page.goto(`/call/${link.secret}`);
  await phone.page.getByText('2027-03-01 的拍摄已取消').waitFor();
  await picture(phone.page, 'call-off.zh-CN');
  await (await offersBack(page, '已删除拍摄日 2027-03-01')).getByRole('button', { name: '撤销' }).click();
  await page.getByRole('link', { name: '通告单 第 1 版' }).waitFor();
  await phone.page.reload();
  await phone.page.getByRole('button', { name: '我已收到' }).waitFor();
  assert.deepEqual(phone.faults, []);
  await phone.context.close();
  clean();
});

const chosen = () => page.locator('[data-chosen] strong').allInnerTexts();

/** Answers the question about conflicts, once for all that move. */
async function anyway() {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('为什么可以这样排').fill('已和统筹确认');
  await dialog.getByRole('button', { name: '仍然这样排' }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('several strips are chosen and dragged as one, asked about once and taken back as one', async () => {
  for (const d of (await board()).days)
    for (const s of d.scenes)
      await tell(page, `/titles/${title}/strips`, { scene_id: s.scene.id, from: d.day.id, at: 0 });
  await page.reload();
  await page.locator('[data-pool] [data-strip]').nth(2).waitFor();
  await strip('1-1')
    .locator('strong')
    .click({ modifiers: ['Control'] });
  await strip('1-3')
    .locator('strong')
    .click({ modifiers: ['Shift'] });
  assert.deepEqual(await chosen(), ['1-1', '1-2', '1-3']);
  await page.getByRole('group', { name: '已选 3 场' }).waitFor();
  await sound('chosen');
  const from = await strip('1-2').boundingBox();
  const to = await dayBox().boundingBox();
  await page.mouse.move(from.x + 140, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 160, from.y + 30, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height - 24, { steps: 8 });
  assert.equal(await page.locator('[data-count]').innerText(), '3');
  await picture(page, 'days-several.zh-CN');
  await page.mouse.up();
  await page.getByRole('dialog').getByText('3 场 排到 2027-03-01').waitFor();
  await picture(page, 'days-several-conflict.zh-CN');
  await anyway();
  await until(page, shownOnDay, (got) => got.join() === '1-1,1-2,1-3');
  assert.deepEqual(await onDay(), ['1-1', '1-2', '1-3']);
  assert.deepEqual(await chosen(), []);
  await offersBack(page, '3 场 已排到 2027-03-01');
  await page.keyboard.press('Control+z');
  await page.locator('[data-pool] [data-strip]').nth(2).waitFor();
  assert.deepEqual(await onDay(), []);
  clean();
});

test('keys choose and carry several', async () => {
  await strip('1-2').locator('[data-grip]').focus();
  await page.keyboard.press('Shift+ArrowDown');
  assert.deepEqual(await chosen(), ['1-2', '1-3']);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.locator('[data-day] .mark').waitFor();
  await page.keyboard.press('Enter'); // where they stood lately they need no reason
  await until(page, shownOnDay, (got) => got.join() === '1-2,1-3');
  await strip('1-2').locator('[data-grip]').focus();
  await page.keyboard.press('Control+a');
  assert.deepEqual(await chosen(), ['1-2', '1-3']);
  await page.keyboard.press('Escape');
  assert.deepEqual(await chosen(), []);
  clean();
});

test('a finger that rests chooses on a phone, and the bar moves what it chose', async () => {
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    baseURL: desk.at,
    storageState: await boss.context.storageState(),
  });
  const on = await phone.newPage();
  await on.goto(`/titles/${title}/days`);
  const row = (name) => on.locator('[data-day] [data-strip]', { hasText: name });
  await row('1-2').waitFor();
  await row('1-2').scrollIntoViewIfNeeded();
  const box = await row('1-2').locator('strong').boundingBox();
  const touch = await phone.newCDPSession(on);
  const at = [{ x: box.x + 8, y: box.y + 8 }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at });
  await on.getByRole('group', { name: '已选 1 场' }).waitFor();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await row('1-3').locator('strong').tap();
  await on.getByRole('group', { name: '已选 2 场' }).waitFor();
  await soundOn(on, 'chosen on a phone');
  await fits(on, 'the plan on a phone');
  await picture(on, 'days-several-390.zh-CN');
  await on.getByRole('group').getByRole('button', { name: '放回待排' }).click();
  await row('1-2').waitFor({ state: 'detached' });
  await until(page, onDay, (got) => got.length === 0);
  await phone.close();
  clean();
});
