// From the script to the sheet: what scenes need, one name for one person, a place that is remembered, and the picture
// beside the prompt; when the sheet is replaced, the pick that was drawn from the old one says so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, offersBack, openStudio, person, picture, send, startBrowser, startDesk, tell, until } from './desk.mjs';
import { png } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const draft = `《金沙湖来信》

第一集 夜场

1-1 夜 内 金沙湖大剧院
人物：李丽、李莉、顾京
△一束追光打在舞台中央。
李丽：我回来了。
李莉：你还敢回来？
顾京：三年了。

1-2 夜 外 大剧院屋顶
人物：小丽
△风很大，城市灯火在湖面碎开。
小丽：你在哪里？
`;
let desk, browser, boss, page, title, hall, shot;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell(page, '/titles', { name: '金沙湖来信' })).title.id;
  hall = (await tell(page, '/locations', { name: '金沙湖大剧院', address: '杭州市钱塘区' })).id;
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

const clean = () => assert.deepEqual(boss.faults.splice(0), []);
const elements = async () => (await ask(page, `/titles/${title}/elements`)).items;
const row = (name) => page.locator('[data-element]', { has: page.getByRole('button', { name, exact: true }) });
const scene = (n) => page.locator('[data-scene]').nth(n);

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

/** Shows the page as somebody else has it: in a language, dark or light, on a phone. */
async function as(language, theme) {
  const at = { domain: new URL(desk.at).hostname, path: '/' };
  await boss.context.addCookies([
    { name: 'chouka_lang', value: language, ...at },
    { name: 'chouka_theme', value: theme, ...at },
  ]);
  await page.reload();
}

async function look(name, ready) {
  for (const [language, theme, width] of [
    ['zh-CN', 'light', 1280],
    ['en', 'dark', 390],
  ]) {
    await page.setViewportSize({ width, height: 800 });
    await as(language, theme);
    await ready();
    await sound(`${name} ${language} ${theme} ${width}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name} ${language} at ${width} is ${wide} too wide`);
    await picture(page, `${name}-${theme}-${width}.${language}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await as('zh-CN', 'light');
  await ready();
}

test('before a script the page says where to begin', async () => {
  await page.goto(`/titles/${title}/breakdown`);
  await page.getByText('还没有可以拆解的剧本').waitFor();
  await sound('empty breakdown');
  await page.goto(`/titles/${title}/references`);
  await page.getByText('还没有参考图', { exact: true }).waitFor();
  await sound('empty wall');
  await picture(page, 'references-empty.zh-CN');
  clean();
});

test('an imported script shows its characters and places; 李丽 and 李莉 are two', async () => {
  await page.goto(`/titles/${title}/script`);
  const file = { name: '一稿.txt', mimeType: 'text/plain', buffer: Buffer.from(draft) };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByRole('button', { name: '导入', exact: true }).first().click();
  await until(page, elements, (all) => all.length >= 6);
  await page.getByRole('link', { name: '拆解' }).first().click();
  await row('李丽').waitFor();
  const names = (kind) => page.locator(`[aria-labelledby=kind-${kind}] [data-row]`).allInnerTexts();
  assert.deepEqual((await names('character')).sort(), ['李丽', '李莉', '小丽', '顾京'].sort());
  assert.deepEqual((await names('place')).sort(), ['大剧院屋顶', '金沙湖大剧院'].sort());
  clean();
});

test('小丽 is merged into 李丽 after words of what happens', async () => {
  await row('小丽').getByRole('button', { name: '小丽：操作' }).click();
  await page.getByRole('menuitem', { name: '合并到另一项…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '合并到' }).fill('李丽');
  await page.getByRole('option', { name: /李丽/ }).click();
  await dialog.getByText('合并后不能撤销。').waitFor();
  await picture(page, 'breakdown-merge.zh-CN');
  await sound('merge');
  await dialog.getByRole('button', { name: '合并', exact: true }).click();
  await row('小丽').waitFor({ state: 'detached' });
  await row('李丽').getByText('2 场').waitFor();
  await row('李莉').waitFor();
  assert.deepEqual((await elements()).find((e) => e.name === '李丽').aliases, ['小丽']);
  clean();
});

test('an alias is written by hand and taken back', async () => {
  await row('顾京').getByRole('button', { name: '顾京', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('别名').fill('顾总\n京哥');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'detached' });
  await row('顾京').getByText('顾总 · 京哥').waitFor();
  await offersBack(page, '已保存「顾京」');
  await page.keyboard.press('Control+z');
  await row('顾京').getByText('顾总 · 京哥').waitFor({ state: 'detached' });
  clean();
});

test('a place of the same name has its location, another spelling is linked to it once', async () => {
  await row('金沙湖大剧院').locator(`a[href="/locations/${hall}"]`).waitFor();
  await row('大剧院屋顶')
    .getByRole('button', { name: /关联取景地/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('关联一次就会记住').waitFor();
  await dialog.getByRole('combobox', { name: '取景地' }).fill('大剧院');
  await page.getByRole('option', { name: /金沙湖大剧院/ }).click();
  await picture(page, 'breakdown-link.zh-CN');
  await dialog.getByRole('button', { name: '关联并记住' }).click();
  await row('大剧院屋顶').locator(`a[href="/locations/${hall}"]`).waitFor();
  assert.equal((await elements()).find((e) => e.name === '大剧院屋顶').location_id, hall);
  await look('breakdown', () => page.locator('[data-element]').first().waitFor());
  clean();
});

test('by scene, a prop that is not there yet is made from the keyboard, and taken off', async () => {
  await page.getByRole('tab', { name: '按场' }).click();
  await scene(0).waitFor();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await page.locator('input:focus').waitFor();
  await page.keyboard.type('旧信');
  await page.getByRole('option', { name: '新建道具「旧信」' }).waitFor();
  await sound('adding');
  await picture(page, 'breakdown-adding.zh-CN');
  await page.keyboard.press('Enter');
  await scene(0).getByRole('link', { name: '旧信' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.value === '');
  await page.keyboard.type('手机');
  await page.getByRole('option', { name: '新建道具「手机」' }).waitFor();
  await page.keyboard.press('Enter');
  await scene(0).getByRole('link', { name: '手机' }).waitFor();
  await page.keyboard.press('Escape');
  await scene(0)
    .getByRole('button', { name: /移除 手机/ })
    .click();
  await scene(0).getByRole('link', { name: '手机' }).waitFor({ state: 'detached' });
  const made = (await elements()).filter((e) => e.kind === 'prop');
  assert.deepEqual(made.map((e) => [e.name, e.scenes]).sort(), [
    ['手机', 0],
    ['旧信', 1],
  ]);
  await look('breakdown-scenes', () => scene(0).waitFor());
  clean();
});

test('a sheet is made, with a picture that is dropped on its page', async () => {
  await page.goto(`/titles/${title}/references`);
  await page.locator('main').getByRole('button', { name: '新建参考图' }).last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '画的是谁或什么' }).fill('李丽');
  await page.getByRole('option', { name: /李丽/ }).click();
  await dialog.getByLabel('名称').fill('李丽 定妆');
  await dialog.getByLabel('提示词').fill('黑色长发，月白旗袍，左眼角有痣');
  await dialog.getByRole('button', { name: '创建' }).click();
  await page.getByRole('heading', { name: '李丽 定妆', level: 1 }).waitFor();
  const first = { name: '正面.png', mimeType: 'image/png', buffer: png(360, 480, 4) };
  await page.locator('main input[type=file]').first().setInputFiles(first);
  await page.locator('[aria-labelledby=sheet-pictures] img').waitFor();
  clean();
});

test('the shot shows 李丽, and her sheet stands beside the prompt', async () => {
  const [first] = (await ask(page, `/titles/${title}/breakdown`)).items;
  shot = await tell(page, `/scenes/${first.scene.id}/shots`, { description: '李丽回眸，追光落下', prompt: '回眸' });
  await page.goto(`/titles/${title}/shots/${shot.id}`);
  const cast = page.locator('[aria-labelledby=shot-cast]');
  await cast.locator('.offers').getByRole('button', { name: '李丽' }).click();
  await cast.getByRole('button', { name: /移除 李丽/ }).waitFor();
  await sound('cast');
  await picture(page, 'shot-cast.zh-CN');
  await page.goto(`/draw?shot=${shot.id}`);
  const beside = page.getByRole('region', { name: '这个镜头的参考图' });
  await beside.getByRole('button', { name: '李丽 定妆' }).click();
  await beside.getByText('黑色长发，月白旗袍').waitFor();
  await beside.getByRole('link', { name: /下载原图/ }).waitFor();
  await beside.getByRole('button', { name: '用这张抽' }).click();
  await beside.getByText('抽卡会记下用了 1 张').waitFor();
  await beside.getByText('黑色长发，月白旗袍').waitFor();
  await sound('desk');
  await picture(page, 'draw-sheets.zh-CN');
  await beside.getByRole('button', { name: /^参考图/ }).click();
  await beside.locator('.thumbs').waitFor({ state: 'detached' });
  await page.reload();
  await beside.getByRole('button', { name: /^参考图/, expanded: false }).click();
  await beside.getByRole('button', { name: '李丽 定妆' }).click();
  await beside.getByRole('button', { name: '用这张抽' }).click();
  clean();
});

test('an attempt is logged, and its take picked', async () => {
  const take = { name: '结果.png', mimeType: 'image/png', buffer: png(360, 640, 9) };
  await page.locator('.room input[type=file]').first().setInputFiles(take);
  const used = await until(
    page,
    async () => (await ask(page, `/shots/${shot.id}/attempts`)).items[0]?.attempt.sheets ?? [],
    (sheets) => sheets.some((s) => s.how === 'chosen'),
  );
  assert.deepEqual([used.length, used[0].edition], [1, 1]);
  await page.locator('[data-attempt] .used').getByText('第 1 版').waitFor();
  const [{ take: made }] = (await ask(page, `/shots/${shot.id}/takes`)).items;
  await tell(page, `/shots/${shot.id}/pick`, { take_id: made.id });
  await send(page, shot.id, '另一张.png', png(360, 640, 11));
  clean();
});

test('the sheet is replaced: the pick drawn from the old edition is told apart everywhere', async () => {
  await page.goto(`/titles/${title}/references`);
  await page.getByRole('link', { name: /李丽 定妆/ }).click();
  await page.getByRole('button', { name: /^换新版/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('放入新图后就是第 2 版').waitFor();
  await sound('replace');
  await picture(page, 'sheet-replace.zh-CN');
  const files = [1, 2].map((n) => ({ name: `新${n}.png`, mimeType: 'image/png', buffer: png(360, 480, 20 + n) }));
  await dialog.locator('input[type=file]').setInputFiles(files);
  await page.getByText('当前第 2 版').waitFor();
  await until(
    page,
    () => page.locator('[aria-labelledby=sheet-pictures] img').count(),
    (n) => n === 2,
  );
  await page.getByText('以前的版本（1）').click();
  await page.getByLabel('筛选').selectOption('picks');
  const use = page.locator('.uses li', { hasText: shot.label });
  await use.getByText('旧版').waitFor();
  await use.getByText('选片').waitFor();
  assert.equal(await page.locator('ul.uses li').count(), 1);
  await look('sheet', () => page.locator('ul.uses li').first().waitFor());
  await page.goto(`/draw?shot=${shot.id}`);
  await page.locator('[data-attempt] .used').getByText('旧版，现在是第 2 版').first().waitFor();
  await look('draw', () => page.locator('[data-attempt] .used').first().waitFor());
  clean();
});

test('an archived sheet leaves the wall and comes back', async () => {
  await page.goto(`/titles/${title}/references`);
  await look('references', () => page.locator('[data-sheet] img').first().waitFor());
  await page.getByRole('link', { name: /李丽 定妆/ }).click();
  await page.getByRole('button', { name: '归档' }).click();
  await page.getByRole('button', { name: '恢复' }).waitFor();
  await page.goto(`/titles/${title}/references`);
  await page.getByText('还没有参考图', { exact: true }).waitFor();
  await page.getByLabel('含已归档').check();
  await page.getByRole('link', { name: /李丽 定妆/ }).click();
  await page.getByRole('button', { name: '恢复' }).click();
  await page.getByRole('button', { name: '归档' }).waitFor();
  clean();
});
