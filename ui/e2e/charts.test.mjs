// Curves of a title and titles side by side: read by keyboard and as a table, taken away as a file and as a picture.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import {
  ask as askAs,
  openStudio,
  password,
  person,
  picture,
  screens,
  startBrowser,
  startDesk,
  tell as tellAs,
} from './desk.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let desk, browser, boss, page, first, second, curves;

const ask = (path) => askAs(page, path);
const tell = (path, data) => tellAs(page, path, data);
const clean = () => assert.deepEqual(boss.faults.splice(0), []);

/** A title with releases by platform, each with plays that end a day: [platform, since, [day, plays]...]. */
async function aTitle(name, releases) {
  const title = (await tell('/titles', { name, company: '金沙湖影业', kind: 'AI漫剧' })).title.id;
  for (const [platform, date, points] of releases) {
    const release = await tell(`/titles/${title}/releases`, { platform, date });
    for (const [observed, value, metric = 'plays'] of points) {
      const body = { metric, text: String(value), observed, origin: { kind: 'platform', note: '后台' } };
      await tell(`/releases/${release.id}/readings`, body);
    }
  }
  return title;
}

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk, { acceptDownloads: true });
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  first = await aTitle('金沙湖来信', [
    [
      '=抖音',
      '2026-03-01',
      [
        ['2026-03-01', 3_000_000],
        ['2026-03-02', 12_000_000],
        ['2026-03-04 12:00', 48_000_000],
        ['2026-03-08', 120_000_000],
        ['2026-03-08', 88_000, 'heat'],
        ['2026-03-05', '9万', 'revenue'],
        ['2026-03-08', '21万', 'revenue'],
      ],
    ],
    [
      '红果',
      '2026-03-02',
      [
        ['2026-03-03', 5_000_000],
        ['2026-03-08', 90_000_000],
      ],
    ],
  ]);
  second = await aTitle('老街灯火', [
    [
      '红果',
      '2026-01-10',
      [
        ['2026-01-11', 8_000_000],
        ['2026-01-17', 60_000_000],
        ['2026-01-17', 45_000, 'heat'],
        ['2026-01-17', '6万', 'revenue'],
      ],
    ],
    ['ReelShort', '2026-01-12', [['2026-01-18', '$1,234.50', 'revenue']]],
  ]);
  curves = await ask(`/titles/${first}/curves?metric=plays`);
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

async function open(path, { lang = 'zh-CN', theme = 'light' } = {}) {
  await boss.context.addCookies([
    { name: 'chouka_lang', value: lang, url: desk.at },
    { name: 'chouka_theme', value: theme, url: desk.at },
  ]);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}
const figures = (query = '') => `/titles/${first}/releases${query}`;
const slider = () => page.getByRole('slider');
const button = (name) => page.getByRole('button', { name });
const day = (at) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

/** Waits for the drawing itself: a canvas that is not empty. */
async function drawn() {
  await slider().waitFor();
  await page.waitForFunction(() => (document.querySelector('[role=slider] canvas')?.width ?? 0) > 200);
}

async function serious() {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3)}`);
}

test('a walk by keyboard reads the figures that the server has', async () => {
  await open(figures());
  await drawn();
  await slider().focus();
  await page.keyboard.press('Home');
  const walked = [await slider().getAttribute('aria-valuetext')];
  for (let i = 1; i < curves.sum.length; i++) {
    await page.keyboard.press('ArrowRight');
    walked.push(await slider().getAttribute('aria-valuetext'));
  }
  assert.deepEqual(
    walked.map((w) => w.slice(0, 10)),
    curves.sum.map((p) => day(p.at)),
  );
  await page.locator('[aria-live=polite]').getByText('合计 2.1亿').waitFor();
  await page.keyboard.press('PageUp');
  assert.equal(await slider().getAttribute('aria-valuenow'), '1');
  await page.keyboard.press('End');
  assert.equal(await slider().getAttribute('aria-valuenow'), String(curves.sum.length));
  await picture(page, 'charts');

  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('reading'), curves.sum.at(-1).reading);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // A line is switched off by keyboard, and the address keeps it.
  await page.getByRole('button', { name: '红果', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '红果', exact: true, pressed: false }).waitFor();
  await page.waitForURL(/off=/);
  clean();
});

test('the table behind the chart holds the points of the server', async () => {
  await open(figures());
  await drawn();
  await page.keyboard.press('t');
  const table = page.getByRole('table', { name: '播放量曲线' });
  await table.waitFor();
  const cells = await table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((r) => [...r.cells].slice(1).map((c) => c.querySelector('a')?.title.split(' · ')[0] ?? '')),
    );
  const lines = [curves.sum, ...curves.lines.map((l) => l.points)];
  const want = lines.map((l) => l.map((p) => p.value.toLocaleString('en-US')).toReversed());
  assert.deepEqual(
    lines.map((_, i) => cells.map((c) => c[i]).filter(Boolean)),
    want,
  );
  await picture(page, 'charts-table');
  clean();
});

test('a file and a picture hold what is shown', async () => {
  await open(figures());
  await drawn();
  const [file] = await Promise.all([page.waitForEvent('download'), button('导出 CSV').click()]);
  assert.match(file.suggestedFilename(), /^金沙湖来信-播放量曲线\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  assert.ok(text.startsWith('\uFEFF名称,观察时间,上线后第几天,数值,单位,读数编号\r\n'), text.slice(0, 80));
  const rows = text.trim().split('\r\n').slice(1);
  assert.equal(rows.length, curves.sum.length + curves.lines.reduce((n, l) => n + l.points.length, 0));
  assert.ok(
    rows.some((r) => r.startsWith("'=抖音,2026-03-04T12:00+08:00,3,48000000,播放量,")),
    rows.join('\n'),
  );
  assert.ok(
    rows.some((r) => r.startsWith('红果,2026-03-08,6,90000000,')),
    rows.join('\n'),
  );

  const [image] = await Promise.all([page.waitForEvent('download'), button('导出图片').click()]);
  const png = readFileSync(await image.path());
  assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2400, 1350]);
  assert.ok(png.length > 20_000, `only ${png.length} bytes`);
  clean();
});

test('the scale, the days and the lines stand in the address', async () => {
  await open(figures());
  await drawn();
  await page.getByText('对数', { exact: true }).click();
  await page.getByText('按上线日对齐', { exact: true }).click();
  await page.getByText('7 天', { exact: true }).click();
  await page.waitForURL(/days=7/);
  const query = new URL(page.url()).searchParams;
  assert.deepEqual([query.get('log'), query.get('align'), query.get('days')], ['1', '1', '7']);
  await page.reload();
  await drawn();
  await slider().focus();
  await page.keyboard.press('Home');
  assert.equal(await slider().getAttribute('aria-valuetext'), '上线当天');
  await page.keyboard.press('End');
  assert.equal(await slider().getAttribute('aria-valuetext'), '第 7 天');
  await picture(page, 'charts-log');

  // Heat is each platform's own: it is never laid beside that of another.
  await page.getByRole('combobox', { name: '指标', exact: true }).selectOption('heat');
  await page.getByText('不能跨平台比较').waitFor();
  clean();
});

test('titles stand side by side from their days of release', async () => {
  await open('/releases/compare');
  await page.getByText('选几部剧放在一起看').waitFor();
  for (const name of ['金沙湖来信', '老街灯火']) {
    await page.getByRole('combobox', { name: '添加剧目' }).fill(name);
    await page.getByRole('option', { name }).click();
    await page.getByRole('list', { name: '正在对比的剧目' }).getByRole('link', { name }).waitFor();
  }
  await drawn();
  const table = page.getByRole('table', { name: '剧目对照表' });
  await table.waitFor();
  const asked = new URL(page.url()).searchParams.get('titles');
  assert.deepEqual(asked.split(','), [first, second]);
  const lines = (await ask(`/releases/compare?titles=${asked}&metric=plays`)).items;
  const tips = await table.locator('tbody tr').evaluateAll((all) => all.map((r) => [...r.cells].map((c) => c.title)));
  for (const [i, line] of lines.entries()) {
    for (const [k, n] of [1, 7, 30, 90].entries()) {
      const held = line.at_day.find((d) => d.day === n);
      if (held) assert.equal(tips[i][2 + k], held.value.toLocaleString('en-US'), `${line.title} after ${n} days`);
      else assert.match(tips[i][2 + k], /上线未满/);
    }
    assert.ok(tips[i][6].startsWith(line.plays.value.toLocaleString('en-US')), tips[i][6]);
  }
  await picture(page, 'compare');

  await page.getByRole('combobox', { name: '指标', exact: true }).selectOption('heat');
  await page.getByText('热度要选一个平台').waitFor();
  await page.getByRole('combobox', { name: '平台', exact: true }).selectOption('红果');
  await drawn();
  clean();
});

test('amounts are laid side by side in one currency at a time', async () => {
  await tell(`/titles/${first}/costs`, { kind: 'labour', text: '30万' });
  await boss.context.request.patch(`${desk.at}/api/v1/titles/${first}`, {
    data: { seconds: 5400 },
    headers: { 'If-Match': `"${(await ask(`/titles/${first}`)).title.rev}"` },
  });
  await open(`/releases/compare?titles=${first},${second}&metric=revenue`);
  await drawn();
  await page.getByRole('heading', { name: '收入 CNY对比，按上线日对齐' }).waitFor();
  await page.getByText('不同币种不折算，也不画在一条轴上').waitFor();
  const legend = page.getByRole('group', { name: '图例与当前读数' });
  await legend.getByText('¥21万', { exact: true }).waitFor();
  assert.equal(await legend.getByRole('listitem').count(), 2);
  const minutes = page.getByRole('region', { name: '每分钟成本' });
  await minutes.getByText('¥3,333.33').waitFor();
  await picture(page, 'compare-money');

  await page.getByRole('combobox', { name: '币种', exact: true }).selectOption('USD');
  await page.getByText('没有 USD 收入、没有画出：金沙湖来信。').waitFor();
  await legend.getByText('$1,234.50', { exact: true }).waitFor();
  assert.equal(await legend.getByRole('listitem').count(), 1);
  clean();
});

test('a title whose money somebody may not see is named and not drawn', async () => {
  const { token } = await tell('/invites', { name: '林小满', title_id: first, role: 'distributor' });
  const guest = await person(browser, desk);
  await tellAs(guest.page, '/join', { token, name: '林小满', login: 'lin', password });
  const people = (await ask('/people')).items;
  const lin = people.find((p) => (p.person ?? p).name === '林小满');
  await tell(`/titles/${second}/members`, { person_id: (lin.person ?? lin).id, role: 'viewer' });
  await guest.page.goto(`/releases/compare?titles=${first},${second}&metric=revenue`);
  await guest.page.getByText('你看不到这几部剧的金额，没有画出：老街灯火。').waitFor();
  const legend = guest.page.getByRole('group', { name: '图例与当前读数' });
  assert.equal(await legend.getByRole('listitem').count(), 1);
  assert.ok(!(await guest.page.content()).includes('1,234'), 'no amount of the other title is on the page');
  assert.deepEqual(guest.faults, []);
  await guest.context.close();
});

/** Prints the page on A4 and gives the words of the paper with the number of its pages, and each page as a picture. */
async function printed(name) {
  const path = join(screens, `${name}.pdf`);
  await page.pdf({
    path,
    format: 'A4',
    printBackground: false,
    margin: { top: '14mm', bottom: '14mm', left: '12mm', right: '12mm' },
  });
  const pages = readFileSync(path, 'latin1').match(/\/Type\s*\/Page\b/g).length;
  return { path, pages };
}

test('on paper a chart has its table behind it, in light colours, and nothing is cut', async () => {
  for (const [name, path, rows] of [
    ['print-compare', `/releases/compare?titles=${first},${second}`, 5],
    ['print-money', `/releases/compare?titles=${first},${second}&metric=revenue`, 2],
    ['print-groups', '/releases/compare?by=platform', 0],
    ['print-curves', figures(), 5],
  ]) {
    await open(path, { theme: 'dark' });
    if (rows > 0) await drawn();
    else await page.getByRole('table').first().waitFor();
    if (rows > 0)
      await page.waitForFunction(() =>
        performance.getEntriesByType('resource').some((r) => /ChartBehind.*js/.test(r.name)),
      );
    const { pages } = await printed(name);
    assert.ok(pages >= 1 && pages <= 4, `${name}: ${pages} pages`);

    // What the paper shows, looked at on a screen as wide as a sheet.
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 702, height: 1000 });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const seen = await page.evaluate(() => {
      const shown = (e) => e.getClientRects().length > 0;
      const over = [...document.querySelectorAll('main *')].filter(
        (e) => shown(e) && !e.closest('.hush, .host') && e.getBoundingClientRect().right > window.innerWidth + 1,
      );
      return {
        ground: getComputedStyle(document.documentElement).backgroundColor,
        over: over.map((e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 30)}`).slice(0, 5),
        rows: document.querySelectorAll('.box tbody tr').length,
        buttons: [...document.querySelectorAll('main button')].filter(
          (b) => shown(b) && /导出|图或表/.test(b.textContent),
        ).length,
      };
    });
    assert.deepEqual(seen.over, [], name);
    assert.equal(seen.ground, 'rgb(255, 255, 255)', `${name} is printed dark`);
    assert.ok(seen.rows >= rows, `${name}: ${seen.rows} rows behind the chart`);
    if (name !== 'print-curves') assert.equal(seen.buttons, 0, name);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  clean();
});

test('groups say how many titles they rest on', async () => {
  await open('/releases/compare?by=platform');
  const table = page.getByRole('table', { name: '按平台' });
  await table.waitFor();
  const groups = (await ask('/releases/groups?by=platform')).items;
  const names = await table.locator('tbody th').allTextContents();
  assert.deepEqual(
    names,
    groups.map((g) => g.name),
  );
  assert.equal(groups.find((g) => g.name === '红果').titles, 2);
  assert.deepEqual(
    groups.filter((g) => g.name === '红果').map((g) => [g.day7, g.n7]),
    [[60_000_000, 2]],
  );
  await picture(page, 'compare-groups');
  await page.getByRole('tab', { name: '按模型' }).click();
  await page.getByRole('table', { name: '按模型' }).getByRole('rowheader', { name: '未填' }).waitFor();
  await page.getByText('做出它当前选片最多的模型').waitFor();
  clean();
});

test('in English, in the dark and on a phone everything still stands', async () => {
  const dark = { lang: 'en', theme: 'dark' };
  await open(figures('?log=1'), dark);
  await drawn();
  await page.getByRole('heading', { name: 'Plays curve' }).waitFor();
  assert.deepEqual(await serious(), []);
  await picture(page, 'charts.en.dark');
  await page.setViewportSize({ width: 390, height: 844 });
  const side = `/releases/compare?titles=${first},${second}`;
  for (const path of [figures(), figures('?as=table'), `${side}&metric=revenue`, side]) {
    await open(path, dark);
    await page.getByRole('button', { name: 'Export CSV' }).first().waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${path} is ${over} px wider than the phone`);
    assert.deepEqual(await serious(), []);
  }
  await drawn();
  await picture(page, 'compare.phone');
  clean();
});
