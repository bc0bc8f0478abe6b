// The releases page of a title: figures with their pictures and sources, ranks and claims, thresholds, anomalies, and
// cost against return; what may not be seen is not there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, openStudio, password, person, picture, startBrowser, startDesk, tell, until } from './desk.mjs';
import { png } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let desk, browser, boss, page, title, other;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell(page, '/titles', { name: '金沙湖来信' })).title.id;
  await release('红果短剧', '2026-03-01');
  other = await release('抖音', '2026-03-02');
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

const release = async (platform, date) => (await tell(page, `/titles/${title}/releases`, { platform, date })).id;
const dialog = () => page.getByRole('dialog').last();
const shot = { name: '后台.png', mimeType: 'image/png', buffer: png(320, 200, 7) };

async function serious(on = page) {
  await on.evaluate(axe);
  const found = await on.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3)}`);
}

async function open(part = '') {
  await page.goto(`/titles/${title}/releases${part && `?part=${part}`}`);
  await page.getByRole('tablist').waitFor();
}

/** Presses undo once the page offers it, so that the key finds the act. */
async function undo(what) {
  await page.getByText(what, { exact: true }).first().waitFor();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await page.getByText(`已撤销：${what}`).first().waitFor();
}

/** Waits until the picture in a dialog is really drawn. */
const drawn = (within) =>
  until(page, () =>
    within
      .locator('img')
      .first()
      .evaluate((img) => img.complete && img.naturalWidth > 0),
  );

async function enter(page, { text, day, metric, on, increment, file }) {
  await page.keyboard.press('r');
  const form = page.getByRole('dialog');
  await form.getByLabel('数值').waitFor();
  if (on) await form.getByLabel('平台').selectOption({ label: on });
  if (metric) await form.getByLabel('指标').selectOption(metric);
  await form.getByLabel('数值').fill(text);
  await form.getByLabel('观察时间').fill(day);
  if (increment) await form.getByLabel('这是增量').check();
  if (file) {
    await form.locator('input[type=file]').setInputFiles(file);
    await form.getByAltText(file.name).waitFor();
  }
  await form.getByRole('button', { name: /^录入(?!并)/ }).click();
  await form.waitFor({ state: 'detached' });
}

test('an empty page says what to do; a reading brings its screenshot, and its source shows it', async () => {
  await open();
  await page.getByText('还没有播放量读数').first().waitFor();
  assert.deepEqual(await serious(), []);
  await enter(page, { text: '1.2亿', day: '2026-03-05', on: '红果短剧', file: shot });
  await enter(page, { text: '3000万', day: '2026-03-04', on: '抖音' });
  await page.getByRole('button', { name: /^1\.5亿/ }).waitFor();
  await page.getByRole('button', { name: /^1\.2亿 播放量/ }).click();
  const source = dialog();
  await source.getByText('120,000,000').waitFor();
  await drawn(source);
  assert.deepEqual(await serious(), []);
  await picture(page, 'figures-source.zh-CN');
  await source.getByRole('button', { name: /放大/ }).click();
  await drawn(dialog());
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^1\.5亿/ }).click();
  await dialog().getByText('之后没有新读数，沿用').waitFor();
  await picture(page, 'figures-sum.zh-CN');
  await dialog().getByRole('button', { name: '来源 抖音' }).click();
  await dialog().getByText('30,000,000').waitFor();
  await page.keyboard.press('Escape');
  await picture(page, 'figures.zh-CN');
  assert.deepEqual(boss.faults, []);
});

test('thresholds of the title are its own, count at once and go back to those of the studio', async () => {
  await open();
  await page.getByRole('button', { name: '门槛' }).click();
  const form = dialog();
  await form.getByText('剧组默认').first().waitFor();
  await form.getByLabel('添加门槛').fill('许多');
  await form.getByRole('button', { name: '添加', exact: true }).click();
  await form.getByText('没看懂「许多」').waitFor();
  await form.getByLabel('添加门槛').fill('1.1亿');
  await page.keyboard.press('Enter');
  await form.getByText('本剧自己的').waitFor();
  await form.getByText('1.1亿', { exact: true }).waitFor();
  assert.deepEqual(await serious(), []);
  await picture(page, 'figures-thresholds.zh-CN');
  await form.getByRole('button', { name: '关闭', exact: true }).last().click();
  await page.getByText('播放量破1.1亿').first().waitFor();
  await page.getByRole('button', { name: '门槛' }).click();
  const back = dialog().getByRole('button', { name: '改回剧组默认' });
  await back.click();
  await back.waitFor({ state: 'detached' });
  const plays = (await ask(page, `/titles/${title}/figures`)).thresholds.find((x) => x.metric === 'plays');
  assert.equal(plays.own, false);
  await page.keyboard.press('Escape');
  assert.deepEqual(boss.faults, []);
});

async function rank(list, place) {
  await page.keyboard.press('a');
  const form = dialog();
  await form.getByLabel('榜单').fill(list);
  await form.getByLabel('名次').fill(place);
  await form.getByLabel('日期').fill('2026-03-06');
  await form.locator('input[type=file]').setInputFiles(shot);
  await form.getByAltText(shot.name).waitFor();
  await form.getByRole('button', { name: '添加', exact: true }).click();
  await form.waitFor({ state: 'detached' });
}

test('ranks and claims stand with their evidence, are withdrawn with a reason and come back', async () => {
  await open('ranks');
  await page.getByText('还没有上榜记录').waitFor();
  assert.deepEqual(await serious(), []);
  await rank('红果热播榜', '1');
  await rank('抖音短剧榜', '1');
  await page.getByText('同日登顶 2 个榜').waitFor();
  await page.getByRole('button', { name: '撤回 抖音短剧榜 第 1' }).click();
  await dialog().getByLabel('原因').fill('看错日期');
  await dialog().getByRole('button', { name: '撤回', exact: true }).click();
  await page.locator('td .gone', { hasText: '抖音短剧榜' }).waitFor();
  await page.getByText('同日登顶').waitFor({ state: 'detached' });
  await undo('已撤回：抖音短剧榜 第 1');
  await page.getByText('同日登顶 2 个榜').waitFor();
  await page.getByRole('button', { name: '添加说法' }).first().click();
  await dialog().getByLabel(/^说法/).fill('2026年首部破1亿');
  await dialog().getByLabel('链接').fill('https://example.com/zhoubang');
  await dialog().getByRole('button', { name: '添加', exact: true }).click();
  await page.locator('strong', { hasText: '2026年首部破1亿' }).waitFor();
  await picture(page, 'figures-ranks.zh-CN');
  await page.getByRole('button', { name: '撤回 2026年首部破1亿' }).click();
  await dialog().getByLabel('原因').fill('找不到原文');
  await dialog().getByRole('button', { name: '撤回', exact: true }).click();
  await page.locator('s', { hasText: '2026年首部破1亿' }).waitFor();
  await page.getByRole('button', { name: '恢复 2026年首部破1亿' }).click();
  await page.locator('strong', { hasText: '2026年首部破1亿' }).waitFor();
  assert.deepEqual(await serious(), []);
  assert.deepEqual(boss.faults, []);
});

test('costs, the length and two readings make the return, each figure with its formula', async () => {
  await open('return');
  await page.getByText('还没有人工、外购等成本').waitFor();
  await picture(page, 'figures-return-empty.zh-CN');
  await page.getByRole('button', { name: '添加成本' }).first().click();
  await dialog().getByLabel('金额').fill('30万');
  await dialog().getByLabel('备注').fill('后期团队');
  await dialog().getByRole('button', { name: '添加', exact: true }).click();
  await page.getByText('后期团队').waitFor();
  await page.getByRole('button', { name: '填写时长' }).click();
  await dialog().getByLabel('成片时长').fill('90分钟');
  await dialog().getByText('读作 1:30:00').waitFor();
  await dialog().getByRole('button', { name: '保存' }).click();
  await page.getByText('¥300,000.00 ÷ 成片 1:30:00').waitFor();
  await enter(page, { text: '12.4万', day: '2026-03-06', metric: 'revenue' });
  await enter(page, { text: '10万', day: '2026-03-06', metric: 'spend' });
  await page.getByText('收入 ¥124,000.00 ÷ 投流 ¥100,000.00').waitFor();
  await page.getByText('1.24', { exact: true }).waitFor();
  assert.deepEqual(await serious(), []);
  await picture(page, 'figures-return.zh-CN');
  await page.getByRole('button', { name: '移除 人工' }).click();
  await page.getByText('后期团队').waitFor({ state: 'detached' });
  await undo('已移除：人工 ¥30万');
  await page.getByText('后期团队').waitFor();
  await page.getByRole('button', { name: /^¥12\.4万/ }).click();
  await dialog().getByText('¥124,000.00').waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(boss.faults, []);
});

test('a figure that does not fit waits on top of the page until somebody says why it is right', async () => {
  await open();
  await enter(page, { text: '2900万', day: '2026-03-06', on: '抖音' });
  const strip = page.getByRole('region', { name: '1 个读数有疑问' });
  await strip.getByText('回落').waitFor();
  assert.deepEqual(await serious(), []);
  await picture(page, 'figures-anomaly.zh-CN');
  await strip.getByRole('button', { name: /^确认无误/ }).click();
  await dialog().getByRole('button', { name: '确认无误' }).click();
  await dialog().getByText('✕').waitFor();
  await dialog().getByLabel('原因').fill('平台清洗了刷量数据');
  await dialog().getByRole('button', { name: '确认无误' }).click();
  await strip.waitFor({ state: 'detached' });
  const reading = (await ask(page, `/releases/${other}/readings?metric=plays`)).items[0];
  assert.equal(reading.checked.why, '平台清洗了刷量数据');
  await page.keyboard.press('z');
  await strip.getByText('回落').waitFor();
  assert.equal((await ask(page, `/releases/${other}/readings?metric=plays`)).items[0].checked, undefined);
  await strip.getByRole('button', { name: /^确认无误/ }).click();
  await dialog().getByLabel('原因').fill('平台清洗了刷量数据');
  await dialog().getByRole('button', { name: '确认无误' }).click();
  await strip.waitFor({ state: 'detached' });
  assert.deepEqual(boss.faults, []);
});

test('thresholds of the studio reach the title in the background, and the change is taken back', async () => {
  const before = (await ask(page, '/studio')).thresholds;
  const change = async () => {
    await page.getByLabel('播放量里程碑').fill('3千万 1.05亿');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('设置已保存', { exact: true }).first().waitFor();
  };
  await page.goto('/settings?tab=studio');
  await page.getByLabel('播放量里程碑').waitFor();
  await change();
  await undo('设置已保存');
  assert.deepEqual((await ask(page, '/studio')).thresholds, before);
  await change();
  await open();
  await page.getByText('播放量破3000万').first().waitFor();
  await page.getByText('门槛已改，这一档不再算').first().waitFor();
  await picture(page, 'figures-reckoned.zh-CN');
  assert.deepEqual(boss.faults, []);
});

test('who may not see money sees none of it; in English, on a dark phone', async () => {
  const { token } = await tell(page, '/invites', { name: '周小满', title_id: title, role: 'viewer' });
  const viewer = await person(browser, desk, { viewport: { width: 390, height: 844 }, locale: 'en' });
  await viewer.context.addCookies([
    { name: 'chouka_lang', value: 'en', url: desk.at },
    { name: 'chouka_theme', value: 'dark', url: desk.at },
  ]);
  const on = viewer.page;
  await on.goto('/');
  await tell(on, '/join', { token, name: '周小满', login: 'zhou', password });
  for (const [part, says] of [
    ['', 'Plays on all platforms'],
    ['?part=ranks', 'First-of-its-kind claims'],
    ['?part=return', 'Plays on all platforms'],
  ]) {
    await on.goto(`/titles/${title}/releases${part}`);
    await on.getByText(says).first().waitFor();
    assert.equal(await on.getByText(/¥|Revenue|Ad spend|Cost/).count(), 0, `${part} speaks of money`);
    const over = await on.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${part} is ${over} px wider than the phone`);
    assert.deepEqual(await serious(on), []);
    await picture(on, `figures-viewer${part.replace('?part=', '-')}.en`);
  }
  assert.equal(await on.getByRole('button', { name: 'Enter a reading' }).count(), 0);
  assert.deepEqual(viewer.faults, []);
  await viewer.context.close();
});

test('the page is sound in both languages and lights, and on a phone', async () => {
  for (const [language, theme, width] of [
    ['en', 'dark', 1280],
    ['zh-CN', 'dark', 390],
    ['en', 'light', 390],
  ]) {
    const at = { url: desk.at };
    await boss.context.addCookies([
      { name: 'chouka_lang', value: language, ...at },
      { name: 'chouka_theme', value: theme, ...at },
    ]);
    await page.setViewportSize({ width, height: 900 });
    for (const part of ['', 'ranks', 'return']) {
      await open(part);
      await page.getByRole('tabpanel').getByRole('heading').first().waitFor();
      assert.deepEqual(await serious(), [], `${language} ${theme} ${width} ${part}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${part} is ${over} px wider than ${width}`);
      await page.screenshot({
        path: `e2e/out/screens/figures-${part || 'first'}-${theme}-${width}.${language}.png`,
        fullPage: true,
      });
    }
  }
  assert.deepEqual(boss.faults, []);
});
