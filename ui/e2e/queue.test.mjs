// The queue of the review room: nothing moves under the eye, a filter is an address, one goes on where one stopped,
// and ten thousand shots are no more work than ten.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, openDemo, person, picture, startBrowser, startDesk, until } from './desk.mjs';

let desk, browser, boss, page, title;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openDemo(page, desk);
  title = (await ask(page, '/titles')).items.find((b) => b.title.code === 'JCJZ').title.id;
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

let keys = 0;

/** Asks the API to do something, as another window of the same person would. */
async function act(path, data) {
  const headers = { 'Idempotency-Key': `queue-${++keys}` };
  const answer = await page.request.post(`/api/v1${path}`, { data, headers });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
}

const list = () => page.getByRole('navigation', { name: '待选镜头' });
const labels = () => list().locator('li .label').allInnerTexts();
const shotNow = () => new URL(page.url()).searchParams.get('shot');

async function open(tail = '') {
  await page.goto(`/titles/${title}/review${tail}`);
  await list().locator('li').first().waitFor();
  await page.getByRole('option').first().waitFor();
}

test('who arrives is announced, who leaves is dimmed in its place, until one asks', async () => {
  await open();
  const before = await labels();
  assert.ok(before.length >= 4);
  const queue = (await ask(page, `/review?title=${title}`)).items;
  assert.equal(shotNow(), queue[0].shot_id, 'the one that waits longest opens');
  const picked = (await ask(page, `/titles/${title}/shots?state=picked`)).items[0].shot;
  await act(`/shots/${picked.id}/pick`, { replaces: picked.pick.take_id });
  await list()
    .getByRole('button', { name: /1 个新镜头待选/ })
    .waitFor();
  const take = (await ask(page, `/shots/${queue[1].shot_id}/takes`)).items.find((t) => t.take.verdict !== 'rejected');
  await act(`/shots/${queue[1].shot_id}/pick`, { take_id: take.take.id });
  await list().locator('li').nth(1).getByText('已选').waitFor();
  assert.deepEqual(await labels(), before);
  await picture(page, 'queue.zh-CN');
  await page.keyboard.press('n');
  await page.waitForURL((u) => u.searchParams.get('shot') === queue[2].shot_id);
  await page.keyboard.press('R');
  await list().getByText(picked.label).waitFor();
  assert.deepEqual(await labels(), [...before.filter((_, i) => i !== 1), picked.label]);
  assert.deepEqual(boss.faults, []);
});

test('a filter is an address, and is kept under a name', async () => {
  await open();
  await page.keyboard.press('/');
  const panel = page.getByRole('dialog', { name: '筛选' });
  const second = panel.getByLabel('集').locator('option').nth(2);
  await second.waitFor({ state: 'attached' });
  await panel.getByLabel('集').selectOption({ label: await second.innerText() });
  await page.waitForURL(/ep=2/);
  await panel.getByRole('status').filter({ hasText: '1 个镜头' }).waitFor();
  assert.ok((await labels()).every((l) => l.startsWith('E02-')));
  await panel.getByLabel('筛选名称').fill('第二集的');
  await panel.getByLabel('筛选名称').press('Enter');
  await page.getByText('已保存筛选「第二集的」').waitFor();
  await panel.getByLabel('已等').selectOption({ label: '7 天以上' });
  await list().getByText('没有符合筛选的镜头').waitFor();
  await picture(page, 'queue-filter.zh-CN');
  await panel.getByRole('button', { name: '清除筛选' }).click();
  await page.waitForURL((u) => !u.search.includes('ep='));
  await page.reload();
  await list().locator('li').nth(2).waitFor();
  await page.keyboard.press('/');
  await panel.getByRole('button', { name: '第二集的', exact: true }).click();
  await page.waitForURL(/ep=2/);
  await panel.getByRole('button', { name: '改名「第二集的」' }).click();
  await panel.getByLabel('筛选名称').first().fill('屋顶那集');
  await panel.getByLabel('筛选名称').first().press('Enter');
  await page.getByText('已改名为「屋顶那集」').waitFor();
  await panel.getByRole('button', { name: '删除「屋顶那集」' }).click();
  await page.getByText('已删除筛选「屋顶那集」').waitFor();
  assert.deepEqual((await ask(page, '/my/prefs')).filters, []);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  assert.deepEqual(boss.faults, []);
});

test('one goes on where one stopped, or from the start', async () => {
  await open('?ep=1');
  const there = (await ask(page, `/review?title=${title}&episode=1`)).items.at(-1);
  await list()
    .getByRole('link', { name: new RegExp(there.label) })
    .click();
  await page.waitForURL(new RegExp(there.shot_id));
  await page.getByRole('option').first().waitFor();
  await page.goto('/titles');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goto(`/titles/${title}/review`);
  await page.getByText('从上次停下的地方继续').waitFor();
  assert.equal(shotNow(), there.shot_id);
  assert.match(page.url(), /ep=1/);
  await picture(page, 'queue-resume.zh-CN');
  await page.getByRole('button', { name: '从头开始' }).click();
  await page.waitForURL((u) => u.searchParams.get('shot') !== there.shot_id);
  await page.getByText('从上次停下的地方继续').waitFor({ state: 'hidden' });
  assert.deepEqual(boss.faults, []);
});

test('ten thousand shots scroll with few nodes, and every one is within reach of the keyboard', async () => {
  const one = (await ask(page, `/review?title=${title}`)).items[0];
  const many = Array.from({ length: 10_000 }, (_, i) => ({
    ...one,
    shot_id: i === 0 ? one.shot_id : `x${i}`,
    label: `E01-S01-${i}`,
  }));
  await page.route('**/api/v1/review?*', (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const from = Number(asked.get('after') ?? 0);
    const to = from + Number(asked.get('limit'));
    return route.fulfill({ json: { items: many.slice(from, to), ...(to < many.length && { next: String(to) }) } });
  });
  await open(`?shot=${one.shot_id}`);
  await list().getByText('10,000').or(list().getByText('10000')).waitFor();
  const box = list().getByRole('region');
  const spent = await box.evaluate(async (el) => {
    const begun = performance.now();
    for (let y = 0; y < el.scrollHeight; y += 600) {
      el.scrollTop = y;
      await new Promise(requestAnimationFrame);
    }
    return { ms: performance.now() - begun, frames: Math.ceil(el.scrollHeight / 600) };
  });
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  console.log(`a fling through 10,000 shots: ${Math.round(spent.ms / spent.frames)} ms a frame, ${nodes} nodes`);
  assert.ok(nodes <= 5000, `${nodes} nodes`);
  await list().getByText('E01-S01-9999').waitFor();
  await list()
    .getByRole('link', { name: /E01-S01-9999/ })
    .focus();
  await page.keyboard.press('Home');
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await until(page, focused, (text) => /E01-S01-0/.test(text));
  await page.keyboard.press('ArrowDown');
  await until(page, focused, (text) => /E01-S01-1\D/.test(text));
  await page.keyboard.press('End');
  await until(page, focused, (text) => /E01-S01-9999/.test(text));
  assert.deepEqual(boss.faults, []);
});
