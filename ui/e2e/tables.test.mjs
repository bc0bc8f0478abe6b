// Tables in and out: a shot list in GBK with every bad cell named, a column set by hand and remembered, and what was
// written out comes in again without a change.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, openStudio, person, picture, startBrowser, startDesk, tell, until } from './desk.mjs';
import { gb18030 } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let desk, browser, boss, page, title;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell(page, '/titles', { name: '金沙湖来信' })).title.id;
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

const table = (length, n = 6) =>
  ['集,场,镜号,景别,画面内容,台词,时长,光线']
    .concat(
      Array.from({ length: n }, (_, i) => `1,1-1,${i + 1},近景,林晚推门第${i + 1}次,林晚：有人吗？,${length(i)},逆光`),
    )
    .join('\r\n');

const choose = (name, buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
const figure = (name) =>
  page
    .locator('.figures div')
    .filter({ has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) })
    .locator('dd')
    .innerText();
const shots = async () => (await ask(page, `/titles/${title}/shots`)).items.map((r) => r.shot);

async function serious() {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3)}`);
}

async function open() {
  await page.goto(`/titles/${title}/shots`);
  await page.getByRole('link', { name: '导入表格' }).click();
  await page.getByText('把表格拖到这里').waitFor();
}

test('every bad cell of a table is listed, and nothing is written while there is one', async () => {
  await open();
  assert.deepEqual(await serious(), []);
  await choose('坏.csv', gb18030(table((i) => (i % 2 ? '三秒多' : '3'), 200)));
  const errors = page.getByRole('region', { name: '100 处读不懂' }).first();
  await errors.waitFor();
  assert.equal(await page.getByLabel('编码').inputValue(), 'gb18030');
  assert.equal(await page.getByLabel('分隔符').inputValue(), 'comma');
  await errors.getByText('第 3 行「时长」').waitFor();
  assert.ok(await page.getByRole('button', { name: '导入', exact: false }).last().isDisabled());
  await errors.getByLabel('跳到行号').fill('190');
  await errors.getByRole('button', { name: '跳转' }).click();
  await errors.getByText('第 191 行「时长」').waitFor();
  assert.deepEqual(await serious(), []);
  await picture(page, 'tables-errors.zh-CN');
  assert.deepEqual(await shots(), []);
  await page.keyboard.press('Escape');
  await page.getByText('把表格拖到这里').waitFor();
  assert.deepEqual(boss.faults, []);
});

test('a column is set by hand, the table imported, and the choice remembered', async () => {
  await open();
  await choose('分镜.csv', gb18030(table(() => '3')));
  await page.getByRole('heading', { name: /分镜\.csv/ }).waitFor();
  assert.equal(await page.locator('tbody tr').count(), 5, 'five rows are in view');
  assert.match(await figure('新增'), /6$/);
  assert.match(await figure('新增的场'), /1$/);
  const light = page.getByLabel('「光线」是哪一栏');
  await light.selectOption({ label: '备注' });
  await page.waitForFunction(() => document.querySelector('.look')?.getAttribute('aria-busy') === 'false');
  assert.equal(await light.inputValue(), 'note');
  await picture(page, 'tables-preview.zh-CN');
  await page.getByRole('button', { name: '导入 6 行' }).click();
  await page.getByText('已导入').first().waitFor();
  const made = await shots();
  assert.deepEqual([made.length, made[0].note, made[0].milliseconds, made[0].size], [6, '逆光', 3000, '近景']);
  await page.getByRole('button', { name: '换一个表格' }).click();
  await choose('分镜.csv', gb18030(table(() => '4')));
  await page.getByText('沿用这部剧上次的对应').waitFor();
  assert.equal(await page.getByLabel('「光线」是哪一栏').inputValue(), 'note');
  await page.getByRole('checkbox', { name: '更新已有的' }).check();
  await until(
    page,
    () => figure('会改动'),
    (n) => /6$/.test(n),
  );
  await page.getByRole('button', { name: '导入 6 行' }).click();
  await page.getByText('已导入').first().waitFor();
  assert.deepEqual(
    (await shots()).map((s) => s.milliseconds),
    Array(6).fill(4000),
  );
  assert.deepEqual(boss.faults, []);
});

test('what is written out comes in again without a change, as text and as a workbook', async () => {
  await page.goto(`/titles/${title}/shots`);
  for (const format of ['CSV', 'XLSX']) {
    await page.goto(`/titles/${title}/shots`);
    await page.getByRole('button', { name: '导出' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: `分镜表 ${format}`, exact: true }).click(),
    ]);
    const data = readFileSync(await file.path());
    assert.match(file.suggestedFilename(), new RegExp(`\\.${format.toLowerCase()}$`));
    await open();
    await choose(file.suggestedFilename(), data);
    await page.getByText('没有要写入的内容').waitFor();
    assert.deepEqual(
      [await figure('没有变化'), await figure('新增'), await figure('会改动')].map((x) => x.replace(/\D/g, '')),
      ['6', '0', '0'],
    );
  }
  assert.deepEqual(boss.faults, []);
});

test('a table is pasted, its rows go where one says, in English and on a phone', async () => {
  const episode = (await ask(page, `/titles/${title}/outline`)).items[0];
  await boss.context.addCookies([{ name: 'chouka_lang', value: 'en', url: desk.at }]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/titles/${title}/tables`);
  await page.getByLabel('Or paste a table').fill('镜号\t画面\t时长\n21\t湖面起雾\t2s\n22\t灯亮了\t00:03');
  await page.getByRole('button', { name: 'Read' }).click();
  await page.getByLabel('Rows without an episode go to').selectOption(episode.episode.id);
  await page.getByLabel('Rows without a scene go to').selectOption(episode.scenes[0].id);
  await page.getByRole('button', { name: 'Import 2 rows' }).waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'fits a phone');
  assert.deepEqual(await serious(), []);
  await picture(page, 'tables-phone.en');
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('Imported').first().waitFor();
  assert.equal((await shots()).length, 8);
  assert.deepEqual(boss.faults, []);
});
