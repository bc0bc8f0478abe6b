// Figures in: a table in GB18030 with a preamble and a total, and a workbook; a name that waits is matched; a correction
// that withdraws a milestone is shown before, done, and taken back; the same file again changes nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, openStudio, person, picture, startBrowser, startDesk, tell } from './desk.mjs';
import { gb18030, xlsx } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let desk, browser, boss, page, title;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell(page, '/titles', { name: '气运三角洲' })).title.id;
  await tell(page, `/titles/${title}/releases`, { platform: '红果短剧', date: '2026-03-01' });
  const other = (await tell(page, '/titles', { name: '娇藏京枝' })).title.id;
  await tell(page, `/titles/${other}/releases`, { platform: '红果短剧', date: '2026-02-01' });
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

const daily = (day, rows, made) =>
  [
    '红果短剧后台日报',
    `导出时间：${made}`,
    '',
    '统计日期,剧名,累计播放量,追剧人数',
    ...rows.map(([name, plays, fans]) => `${day},${name},${plays},${fans}`),
    `合计,,,`,
  ].join('\r\n');
const first = gb18030(
  daily(
    '2026-03-05',
    [
      ['《气运三角洲》', '1.2亿', '29.5万'],
      ['娇藏京枝第二部', '5210万', '8.1万'],
      ['娇藏京枝', '约3000万', '7万'],
    ],
    '2026-03-06 09:00',
  ),
);
const corrected = () =>
  xlsx([
    ['统计日期', '剧名', '累计播放量'],
    ['2026-03-05', '气运三角洲', 98700000],
  ]);

const choose = (name, buffer) => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
const figure = async (id) => (await page.locator(`[data-figure=${id}] dd`).first().innerText()).replace(/\D/g, '');
const figures = async (...ids) => Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await figure(id)])));
const settled = () => page.locator('.look[aria-busy=false]').waitFor();

async function serious() {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3)}`);
}

async function open() {
  await page.goto('/releases/import');
  await page.getByText('把表格拖到这里').waitFor();
}

test('a table of a platform is read and says what it would do before anything is written', async () => {
  await open();
  assert.deepEqual(await serious(), []);
  await choose('红果日报.csv', first);
  await settled();
  assert.equal(await page.getByLabel('编码').inputValue(), 'gb18030');
  assert.equal(await page.getByLabel('表头在第几行').inputValue(), '4');
  assert.equal(await page.getByLabel('导出时间').inputValue(), '2026-03-06 09:00');
  await page.getByText('取自表头上方的说明').waitFor();
  const platform = page.getByLabel('平台', { exact: true });
  await platform.fill('红果短剧');
  await platform.press('Tab');
  await page.getByRole('button', { name: /^导入 3 条读数/ }).waitFor();
  const want = { new: '3', up: '0', down: '0', unmatched: '1', wrong: '1' };
  assert.deepEqual(await figures(...Object.keys(want)), want);
  await page.locator('[data-mark=come]').filter({ hasText: '播放量破1亿' }).first().waitFor();
  await page.getByRole('alert').filter({ hasText: '处读不懂' }).waitFor();
  await page.getByText('1 行合计').waitFor();
  await page.locator('[data-unmatched="娇藏京枝第二部"]').waitFor();
  assert.deepEqual(await serious(), []);
  await picture(page, 'imports-dry.zh-CN');
  assert.deepEqual((await ask(page, '/imports')).items, []);
  assert.deepEqual((await ask(page, `/titles/${title}/figures`)).milestones, []);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: '已导入「红果日报.csv」' }).waitFor();
  await page.getByRole('link', { name: '气运三角洲' }).first().waitFor();
  await picture(page, 'imports-done.zh-CN');
  assert.deepEqual(boss.faults, []);
});

test('a name that waits is matched by the keyboard, and its rows come in', async () => {
  await page.getByRole('link', { name: '待匹配名称' }).first().click();
  const row = page.locator('[data-stray]').filter({ hasText: '娇藏京枝第二部' });
  await row.getByRole('button', { name: /是《娇藏京枝》/ }).waitFor();
  assert.deepEqual(await serious(), []);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('没有待匹配的名称').waitFor();
  await page.getByRole('button', { name: /已忽略/ }).click();
  await page.getByRole('button', { name: '恢复待匹配' }).click();
  await page.getByText('没有忽略的名称').waitFor();
  await page.getByRole('button', { name: /^.*待匹配 1/ }).click();
  await row.waitFor();
  await page.keyboard.press('j');
  await picture(page, 'imports-names.zh-CN');
  await page.keyboard.press('Enter');
  await page.getByText('「娇藏京枝第二部」已匹配到《娇藏京枝》').waitFor();
  await page.getByText('没有待匹配的名称').waitFor();
  assert.deepEqual((await ask(page, '/strays')).items, []);
  await page.keyboard.press('z');
  await page.getByText('已撤销：「娇藏京枝第二部」已匹配到《娇藏京枝》').waitFor();
  await row.waitFor();
  assert.equal((await ask(page, '/strays')).items[0].stray.name, '娇藏京枝第二部');
  await row.getByRole('button', { name: /是《娇藏京枝》/ }).click();
  await page.getByText('没有待匹配的名称').waitFor();
  assert.deepEqual(boss.faults, []);
});

test('a correction that withdraws a milestone is shown, done, and taken back', async () => {
  await open();
  await choose('更正 2026-03-07 1000.xlsx', corrected());
  await settled();
  assert.equal(await page.getByLabel('工作表').count(), 1);
  await page.getByText('取自文件名').waitFor();
  await page.getByRole('button', { name: /^导入 1 条读数/ }).waitFor();
  await page.locator('[data-mark=gone] s').filter({ hasText: '播放量破1亿' }).first().waitFor();
  const line = page.getByRole('row').filter({ hasText: '98,700,000' });
  assert.match(await line.innerText(), /120,000,000[\s\S]*98,700,000[\s\S]*调低/);
  await picture(page, 'imports-correction.zh-CN');
  await page.getByRole('button', { name: /^导入 1 条读数/ }).click();
  await page.getByRole('heading', { name: /^=?✓? ?已导入「更正/ }).waitFor();
  await page.goto(`/titles/${title}/releases`);
  await page.locator('s').filter({ hasText: '播放量破1亿' }).first().waitFor();
  await picture(page, 'imports-withdrawn.zh-CN');
  await page.goto('/imports');
  await page.getByRole('link', { name: '更正 2026-03-07 1000.xlsx' }).click();
  await page.getByRole('heading', { name: '怎么读的' }).waitFor();
  assert.deepEqual(await serious(), []);
  await page.getByRole('button', { name: '撤销导入' }).click();
  await page.getByText('这次导入已经撤销').waitFor();
  await page.locator('[data-mark=come]').filter({ hasText: '播放量破1亿' }).first().waitFor();
  await picture(page, 'imports-undone.zh-CN');
  await page.goto(`/titles/${title}/releases`);
  await page.locator('strong').filter({ hasText: '播放量破1亿' }).first().waitFor();
  assert.deepEqual(boss.faults, []);
});

test('the same file again says that nothing changed, from the list too', async () => {
  await open();
  await choose('红果日报.csv', first);
  await settled();
  await page.getByText('这个文件已经导入过：罗总').waitFor();
  assert.ok(await page.getByRole('button', { name: /^导入/ }).last().isDisabled());
  await page.getByText('这个文件已经导入过，没有变化').waitFor();
  await page.getByRole('link', { name: '查看那次导入' }).click();
  await page.getByRole('link', { name: '重新导入' }).click();
  await page.getByText('这个文件已经导入过，没有变化').waitFor();
  assert.equal((await ask(page, '/imports')).items.length, 2);
  assert.deepEqual(boss.faults, []);
});

// The second day's increment is a tenth of what the total grew by.
const uneven =
  'date\ttitle\tplatform\tplays\t新增播放\n2026-03-08\t娇藏京枝\t红果短剧\t60000000\t\n' +
  '2026-03-09\t娇藏京枝\t红果短剧\t61000000\t1000000\n2026-03-10\t娇藏京枝\t红果短剧\t62000000\t100000';

test('increments that do not add up to the totals are named before anything is written', async () => {
  await open();
  await page.getByLabel('或者粘贴表格').fill(uneven);
  await page.getByRole('button', { name: '读取' }).click();
  const gap = page.locator('[data-gap="娇藏京枝"]');
  await gap.waitFor();
  assert.match(await gap.innerText(), /对不上[\s\S]*红果短剧[\s\S]*新增合计 100,000，累计增长 1,000,000/);
  assert.equal(await gap.count(), 1);
  assert.deepEqual(await serious(), []);
  await gap.scrollIntoViewIfNeeded();
  await picture(page, 'imports-gap.zh-CN');
  assert.equal((await ask(page, '/imports')).items.length, 2);
  assert.deepEqual(boss.faults, []);
});

test('a pasted table in English on a phone in the dark; a name is approved in the dry run and undone', async () => {
  await boss.context.addCookies([
    { name: 'chouka_lang', value: 'en', url: desk.at },
    { name: 'chouka_theme', value: 'dark', url: desk.at },
  ]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/releases/import');
  await page
    .getByLabel('Or paste a table')
    .fill(
      'date\ttitle\tplatform\tplays\n2026-03-08\t气运三角\t红果短剧\t1.5亿\n2026-03-08\t娇藏京枝\t红果短剧\t6000万',
    );
  await page.getByRole('button', { name: 'Read' }).click();
  await page.getByRole('button', { name: /^Import 1 reading/ }).waitFor();
  const row = page.locator('[data-unmatched="气运三角"]');
  await row.getByRole('button', { name: /It is “气运三角洲”/ }).click();
  await page.getByRole('button', { name: /^Import 2 readings/ }).waitFor();
  await page.getByText('“气运三角” now means “气运三角洲”').first().waitFor();
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: /^Import 1 reading/ }).waitFor();
  await row.waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'fits a phone');
  assert.deepEqual(await serious(), []);
  await picture(page, 'imports-phone.en');
  await page.goto('/releases/import');
  await page.getByLabel('Or paste a table').fill(uneven);
  await page.getByRole('button', { name: 'Read' }).click();
  await page.locator('[data-gap="娇藏京枝"]').getByText('increments 100,000, totals grew by 1,000,000').waitFor();
  assert.ok(
    (await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0,
    'the span fits a phone',
  );
  assert.deepEqual(await serious(), []);
  await page.locator('[data-gap]').scrollIntoViewIfNeeded();
  await picture(page, 'imports-gap-phone.en');
  for (const [path, there] of [
    ['/imports', page.getByRole('link', { name: '红果日报.csv' })],
    ['/imports/names', page.getByText('No name waits')],
  ]) {
    await page.goto(path);
    await there.waitFor();
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${path} fits`);
    assert.deepEqual(await serious(), []);
  }
  assert.deepEqual(boss.faults, []);
});
