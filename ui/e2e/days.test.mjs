// From the pool to the day: a scene is dragged and taken back, carried by keys, and where something stands in the way a
// reason is asked for; who plays whom is said in the same place.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import {
  ask,
  importScript,
  offersBack,
  openStudio,
  person,
  picture,
  startBrowser,
  startDesk,
  tell,
  until,
} from './desk.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const draft = `《金沙湖来信》

第一集 夜场

1-1 日 内 金沙湖大剧院
人物：李丽、顾京
△一束追光打在舞台中央。
李丽：我回来了。

1-2 夜 外 大剧院屋顶
人物：李丽
△风很大，城市灯火在湖面碎开。

1-3 夜 内 后台化妆间
人物：顾京
△镜前灯一盏盏灭掉。
`;
let desk, browser, boss, page, title, day;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell(page, '/titles', { name: '金沙湖来信' })).title.id;
  await tell(page, '/locations', { name: '金沙湖大剧院', address: '杭州市钱塘区' });
  await importScript(page, title, draft);
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

const clean = () => assert.deepEqual(boss.faults.splice(0), []);
const board = () => ask(page, `/titles/${title}/days`);
const strip = (name) => page.locator('[data-strip]', { hasText: name });
const dayBox = () => page.locator('[data-day]').first();
const shownOnDay = () => dayBox().locator('[data-strip] strong').allInnerTexts();
const onDay = async () => (await board()).days[0].scenes.map((s) => s.scene.label);

/** What axe calls serious or critical on the page, as one line each. */
async function sound(what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const bad = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  assert.deepEqual(
    bad.map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`),
    [],
  );
}

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
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `the plan is ${over} px wider than ${width}`);
    await picture(page, `days-${theme}-${width}.${language}`);
  }
  clean();
});

test('a deleted day gives its scenes back', async () => {
  for (const { scene } of (await board()).days[0].scenes)
    await tell(page, `/days/${day}/scenes/${scene.id}`, { done: false });
  await page.setViewportSize({ width: 1280, height: 800 });
  await boss.context.addCookies([
    { name: 'chouka_lang', value: 'zh-CN', domain: new URL(desk.at).hostname, path: '/' },
  ]);
  await page.reload();
  await dayBox().waitFor();
  await page.getByRole('button', { name: '2027-03-01：操作' }).click();
  await page.getByRole('menuitem', { name: '删除拍摄日' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除拍摄日' }).click();
  await page.getByText('还没有拍摄日', { exact: true }).waitFor();
  assert.equal((await board()).pool.length, 3);
  clean();
});
