// The lead's wall: what it says of growth and of the next threshold is what the server says, every figure leads to its reading,
// what keeps figures from being trusted is listed, and three hundred titles stay quick.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, openDemo, person, picture, startBrowser, startDesk, tell, until } from './desk.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let desk, browser, boss, page, ferry;

// One clock for all readings: a midnight in the middle of them would take a day out.
const began = Date.now();
/** The day so many days ago in the studio's zone. */
const ago = (days) => new Date(began + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);

/** A released title with readings of plays, the oldest first; the last was yesterday. */
async function aTitle(name, platform, figures, more = {}) {
  const { title } = await tell(page, '/titles', { name, stage: 'on', ...more });
  const release = await tell(page, `/titles/${title.id}/releases`, { platform, region: 'CN', date: ago(12) });
  await enter(release.id, figures);
  return { id: title.id, release: release.id };
}

async function enter(release, figures) {
  for (const [i, text] of figures.entries())
    await tell(page, `/releases/${release}/readings`, {
      metric: 'plays',
      text,
      observed: ago(figures.length - i),
      origin: { kind: 'platform', note: '后台日报' },
    });
}

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openDemo(page, desk);
  await page.getByText('娇藏京枝').first().waitFor();
  const daily = ['9000万', '9650万', '1.02亿', '1.0612亿', '1.1401亿', '1.2034亿'];
  ferry = await aTitle('渡口', '红果', daily, { company: '金沙湖', kind: 'AI漫剧' });
  const second = await tell(page, `/titles/${ferry.id}/releases`, { platform: '抖音', region: 'CN', date: ago(9) });
  await enter(second.id, ['1000万', '1100万', '1200万', '1300万', '1400万', '1500.5万']);
  await aTitle('纸灯', '快手', ['5000万', '4000万']);
  await aTitle('远山', '优酷', ['9200万', '1亿']);
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

const clean = () => assert.deepEqual(boss.faults.splice(0), []);
const card = (name) => page.getByRole('article', { name, exact: true });

/** Cuts a figure as the page must. */
const cut = (n) => {
  const [size, unit] = n >= 1e8 ? [1e8, '亿'] : [1e4, '万'];
  return `${Math.floor((n / size) * 100) / 100}${unit}`;
};
const day = (text) => `${Number(text.slice(5, 7))}月${Number(text.slice(8))}日`;

test('growth and the range of days are what the server says', async () => {
  await page.goto('/releases');
  await card('渡口').waitFor();
  const board = (await ask(page, '/releases')).items.find((b) => b.title.id === ferry.id);
  const { yesterday, week, next, days } = board.wall;
  assert.equal(board.plays.value, 120_340_000 + 15_005_000);
  assert.equal(yesterday.value, 6_330_000 + 1_005_000);
  assert.equal(next.threshold, 200_000_000);
  const said = (await card('渡口').innerText()).replace(/\s+/g, ' ');
  assert.ok(said.includes('1.35亿'), said);
  assert.ok(said.includes(`较昨日 ▲ 增 ${cut(yesterday.value)}`), said);
  if (week) assert.ok(said.includes(`增 ${cut(week.value)}`), said);
  assert.ok(said.includes(`距 2亿 还差 ${cut(next.left)}`), said);
  assert.ok(said.includes(`最快 ${day(next.earliest)}`) && said.includes(`最慢 ${day(next.latest)}`), said);
  assert.ok(said.includes(`上线第 ${days} 天`), said);
  assert.match(said, /红果 1\.2亿 .*抖音 1500\.5万/);
  await page.getByRole('article', { name: '远山' }).getByText('暂定 1').waitFor();
  await page.getByRole('article', { name: '纸灯' }).getByText('异常 1').waitFor();
  await picture(page, 'wall-zh');
  clean();
});

test('the wall stands in the order asked for, and is narrowed by words', async () => {
  await page.goto('/releases');
  const names = () => page.locator('[data-title]').allInnerTexts();
  await card('渡口').waitFor();
  for (const order of ['plays', 'yesterday', 'released']) {
    await page.getByLabel('排序').selectOption(order);
    const want = (await ask(page, `/releases?order=${order}`)).items.map((b) => b.title.name);
    await until(page, names, (got) => JSON.stringify(got) === JSON.stringify(want));
  }
  await page.getByRole('searchbox', { name: '搜索剧目' }).fill('渡口');
  await page.waitForURL(/q=/);
  await until(page, names, (got) => got.length === 1);
  await page.goto('/releases?q=没有这部');
  await page.getByText('没有符合条件的剧目').waitFor();
  await page.getByRole('button', { name: '清除条件' }).click();
  await card('渡口').waitFor();
  clean();
});

test('the table is walked, marked and opened by keyboard', async () => {
  await page.goto('/releases?order=plays');
  await card('渡口').waitFor();
  await page.keyboard.press('v');
  const rows = page.getByRole('table', { name: '上线' }).locator('tbody tr');
  await rows.first().waitFor();
  const [first, second] = await page.locator('[data-title]').allInnerTexts();
  for (const name of [first, second]) {
    await page.keyboard.press('j');
    await until(
      page,
      () => page.evaluate(() => document.activeElement.textContent.trim()),
      (got) => got === name,
    );
    await page.keyboard.press('c');
    await page.getByRole('button', { name: `比较 ${name}`, pressed: true }).waitFor();
  }
  await page.getByText('已选 2 部').waitFor();
  const link = await page.getByRole('link', { name: '并排比较' }).getAttribute('href');
  assert.match(link, /^\/releases\/compare\?titles=[0-9a-f-]{36},[0-9a-f-]{36}$/);
  await picture(page, 'wall-table-zh');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/titles\/[0-9a-f-]{36}\/releases$/);
  await page.getByRole('heading', { level: 1, name: second }).waitFor();
  clean();
});

test('every figure says where it comes from, down to the reading', async () => {
  await page.goto('/releases');
  await card('渡口')
    .getByRole('button', { name: /最快|距 2亿/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/最近 \d 个有读数的日子：最快一天增 .*最慢一天增/).waitFor();
  await page.keyboard.press('Escape');
  await card('渡口')
    .getByRole('button', { name: /较昨日/ })
    .click();
  await dialog.getByText('两次读数之间不推算').waitFor();
  await dialog.getByText('7,335,000').waitFor();
  await page.keyboard.press('Escape');
  await card('渡口')
    .getByRole('button', { name: /^播放量 1\.35亿/ })
    .click();
  await dialog.getByText('各平台取最近一次播放量相加，共 135,345,000').waitFor();
  await picture(page, 'wall-source-zh');
  await dialog.getByRole('link', { name: '看读数 红果' }).click();
  await page.waitForURL(new RegExp(`/titles/${ferry.id}/releases\\?reading=`));
  const reading = page.getByRole('dialog');
  await reading.getByText('1.2034亿').first().waitFor();
  await reading.getByText('后台日报').first().waitFor();
  clean();
});

test('what keeps figures from being trusted is counted and leads to what is to be done', async () => {
  await page.goto('/releases');
  const health = await ask(page, '/releases/health');
  const line = page.getByRole('navigation', { name: '数据健康' });
  await line.getByRole('link', { name: `异常读数 ${health.anomaly_count}` }).waitFor();
  await line.getByRole('link', { name: `断更 ${health.stale_count}` }).waitFor();
  await line.getByRole('link', { name: `暂定里程碑 ${health.provisional_count}` }).click();
  await page.waitForURL('**/releases/health#provisional');
  const part = (name) => page.getByRole('region', { name });
  await part(/^暂定里程碑/)
    .getByRole('link', { name: '远山' })
    .waitFor();
  assert.equal(health.strays.length, 1, 'the demonstration studio has a name that waits');
  await part(/^待匹配名称/)
    .getByRole('link', { name: health.strays[0].stray.name, exact: true })
    .waitFor();
  assert.equal(await part(/^断更/).getByRole('listitem').count(), health.stale.length);
  await picture(page, 'wall-health-zh');
  await part(/^异常读数/)
    .getByRole('link', { name: '纸灯' })
    .click();
  await page.waitForURL(/\/titles\/[0-9a-f-]{36}\/releases\?reading=/);
  await page.getByRole('dialog').getByText('4000万').first().waitFor();
  clean();
});

test('what was crossed since the last visit stands out', async () => {
  await page.goto('/releases');
  await card('渡口').waitFor();
  await page.getByRole('link', { name: '数据健康' }).first().click();
  await page.waitForURL('**/releases/health');
  // The wall is left only when the next page stands; until then it would show, and so have seen, what comes.
  await page.getByRole('heading', { name: '数据健康', level: 1 }).waitFor();
  await aTitle('新潮', '番茄', ['1.1亿']);
  await page.goto('/releases');
  const ribbon = page.getByRole('region', { name: '里程碑' });
  await ribbon.getByText(/上次来后新增 \d+ 条/).waitFor();
  const line = ribbon.getByRole('listitem').filter({ hasText: '新潮' }).first();
  await line.getByText('新', { exact: true }).waitFor();
  assert.match(await line.getByRole('link', { name: /读数 1\.1亿/ }).getAttribute('href'), /reading=.*&m=/);
  clean();
});

test('the wall fits a phone in English and in the dark, and is sound', async () => {
  for (const [lang, theme, width] of [
    ['en', 'dark', 390],
    ['zh-CN', 'dark', 1280],
    ['en', 'light', 1280],
  ]) {
    const p = await person(browser, desk, {
      storageState: await page.context().storageState(),
      viewport: { width, height: 844 },
    });
    await p.context.addCookies([
      { name: 'chouka_lang', value: lang, url: desk.at },
      { name: 'chouka_theme', value: theme, url: desk.at },
    ]);
    for (const path of ['/releases', '/releases?view=table', '/releases/health']) {
      await p.page.goto(path);
      await p.page.getByText('纸灯').first().waitFor();
      const over = await p.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${path} is ${over} px wider than ${width}`);
      await p.page.evaluate(axe);
      const found = await p.page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const serious = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
      assert.deepEqual(
        serious.map((v) => `${path} ${v.id}: ${v.nodes[0].target.join(' ')}`),
        [],
      );
      await picture(p.page, `wall${path.slice(9).replace(/\W+/g, '-')}-${lang}-${theme}-${width}`);
    }
    assert.deepEqual(p.faults, []);
    await p.context.close();
  }
});

test('three hundred titles page, and a word finds one that was not loaded', async () => {
  const one = async (i) => {
    const { title } = await tell(page, '/titles', { name: `群像 ${i}`, stage: 'on', company: i % 2 ? '甲' : '乙' });
    const release = await tell(page, `/titles/${title.id}/releases`, { platform: '红果', region: 'CN', date: ago(3) });
    await tell(page, `/releases/${release.id}/readings`, {
      metric: 'plays',
      text: `${i + 1}万`,
      observed: ago(1),
      origin: { kind: 'typed' },
    });
  };
  for (let i = 0; i < 300; i += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => one(i + k)));
  const begun = Date.now();
  await page.goto('/releases?order=plays');
  const cards = page.locator('article[data-board]');
  await until(
    page,
    () => cards.count(),
    (n) => n === 60,
  );
  const shown = Date.now() - begun;
  await page.getByRole('button', { name: '显示更多' }).click();
  await until(
    page,
    () => cards.count(),
    (n) => n === 120,
  );
  await page.getByRole('searchbox', { name: '搜索剧目' }).fill('群像 7');
  await page.getByText(/只在已载入的 120 部里查找/).waitFor();
  await page.getByRole('button', { name: '载入全部' }).click();
  await until(
    page,
    () => cards.count(),
    (n) => n === 11,
  );
  await card('群像 7').waitFor();
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  assert.ok(nodes < 5000, `${nodes} nodes`);
  console.log(`300 titles: the first 60 stood after ${shown} ms`);
  clean();
});
