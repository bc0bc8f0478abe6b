// The schedule: a slot is drawn, moved and lengthened by hand, a held one names its holder, a soft conflict asks why,
// a series shows every slot before it is booked, and forty slots come in from a table with all conflicts told first.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, offersBack, openStudio, person, picture, startBrowser, startDesk, tell, until } from './desk.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const day = '2027-03-01';
const hoursShown = 30;
let desk, browser, boss, page, mine, theirs, place;

const at = (clock, on = day) => new Date(`${on}T${clock}:00+08:00`).toISOString();
const areaOf = (name) => place.areas.find((a) => a.name === name).id;
const book = (area, start, end, more = {}) =>
  tell(page, '/bookings', { location_id: place.id, area_id: areaOf(area), title_id: mine, start, end, ...more });
const bookings = async (from = day, to = '2027-03-02') => {
  const items = (await ask(page, `/bookings?from=${at('00:00', from)}&to=${at('00:00', to)}`.replaceAll('+', '%2B')))
    .items;
  return items.filter((b) => b.status !== 'cancelled');
};
const one = async (id) => (await bookings('2027-02-28', '2027-03-05')).find((b) => b.id === id);
const clock = (iso) => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(11, 16);
const track = (area) => page.locator(`[data-track="${place.id}/${area ? areaOf(area) : ''}"]`);

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  mine = (await tell(page, '/titles', { name: '娇藏京枝' })).title.id;
  theirs = (await tell(page, '/titles', { name: '昼以继夜' })).title.id;
  const made = await tell(page, '/locations', { name: '金沙湖大剧院', address: '杭州市钱塘区' });
  const answer = await page.request.patch(`/api/v1/locations/${made.id}`, {
    headers: { 'If-Match': `"${made.rev}"` },
    data: {
      areas: ['观众厅', '大堂', '屋顶', '后台'].map((name) => ({ name })),
      hours: [{ weekdays: [], from: '06:00', to: '22:00', note: '' }],
    },
  });
  place = await answer.json();
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

async function serious() {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3)}`);
}

async function openDay() {
  await page.goto(`/schedule?view=day&from=${day}&title=${mine}`);
  await track('后台').waitFor();
}

/** Where an hour of the day lies on the line of an area. */
async function point(area, hour) {
  const box = await track(area).boundingBox();
  return { x: box.x + (box.width * hour) / hoursShown, y: box.y + 20 };
}

async function drag(from, to, drop = true) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  if (drop) await page.mouse.up();
}

const form = () => page.getByRole('dialog', { name: '订档期' });

test('a slot that is drawn opens the form with its hours, and is booked', async () => {
  await openDay();
  await drag(await point('屋顶', 9.05), await point('屋顶', 12.55));
  await form().waitFor();
  assert.equal(await form().getByLabel('开始').inputValue(), `${day}T09:00`);
  assert.equal(await form().getByLabel('结束').inputValue(), `${day}T12:30`);
  await form().getByText('没有冲突').waitFor();
  await form().getByRole('button', { name: '订档期' }).click();
  await page.getByText('已订：金沙湖大剧院 · 屋顶').waitFor();
  const [made] = await bookings();
  assert.deepEqual([clock(made.start), clock(made.end), made.area], ['09:00', '12:30', '屋顶']);
  assert.deepEqual(boss.faults, []);
});

test('a confirmed slot does not go where another is, and says who holds it', async () => {
  await book('大堂', at('13:00'), at('18:00'), { title_id: theirs, status: 'confirmed' });
  const held = await book('大堂', at('08:00'), at('11:00'), { status: 'confirmed' });
  await page.goto(`/schedule?view=day&from=${day}`);
  await page.locator(`[data-bar="${held.id}"]`).waitFor();
  await drag(await point('大堂', 9), await point('大堂', 13), false);
  await page.getByRole('status').getByText('昼以继夜').waitFor();
  await picture(page, 'schedule-drag.zh-CN');
  await page.mouse.up();
  await page.getByText('放不下').waitFor();
  assert.equal(clock((await one(held.id)).start), '08:00', 'nothing was changed');
  await drag(await point('大堂', 9), await point('大堂', 10), false);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  assert.equal(clock((await one(held.id)).start), '08:00', 'Escape leaves it');
  await drag(await point('大堂', 9), await point('后台', 9));
  await until(
    page,
    () => one(held.id),
    (b) => b.area === '后台',
  );
  await offersBack(page, '已修改档期：金沙湖大剧院 · 后台');
  await page.keyboard.press('Control+z');
  await until(
    page,
    () => one(held.id),
    (b) => b.area === '大堂',
  );
  assert.deepEqual(boss.faults, []);
});

test('a soft conflict asks why before the slot is kept, and can be taken back', async () => {
  const night = await book('观众厅', at('18:00'), at('21:00'), { status: 'confirmed' });
  await openDay();
  await page.locator(`[data-bar="${night.id}"]`).waitFor();
  const edge = await point('观众厅', 21);
  await drag({ ...edge, x: edge.x - 2 }, await point('观众厅', 23));
  const dialog = page.getByRole('dialog', { name: '有冲突，要写理由' });
  await dialog.waitFor();
  assert.equal(clock((await one(night.id)).end), '21:00', 'nothing is claimed before the reason');
  await dialog.getByRole('button', { name: '写明理由并确认' }).click();
  await dialog.getByText('请填写这一项').waitFor();
  await dialog.getByLabel('为什么仍要订').fill('剧场同意延到 23 点');
  await dialog.getByRole('button', { name: '写明理由并确认' }).click();
  const kept = await until(
    page,
    () => one(night.id),
    (b) => clock(b.end) === '23:00',
  );
  assert.equal(kept.overrides[0].reason, '剧场同意延到 23 点');
  await offersBack(page, '已修改档期：金沙湖大剧院 · 观众厅');
  const bar = page.locator(`[data-bar="${night.id}"]`);
  await bar.getByText('23:00').waitFor();
  await bar.press('Enter');
  await page.getByRole('dialog', { name: '档期' }).getByText('剧场同意延到 23 点').waitFor();
  await picture(page, 'schedule-reason.zh-CN');
  await page.keyboard.press('Escape');
  // The browser hides a dialog a frame before the page hears of it, which then gives the keys back and empties it.
  await page.locator('dialog').getByText('剧场同意延到 23 点').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await until(
    page,
    () => one(night.id),
    (b) => clock(b.end) === '21:00',
  );
  assert.deepEqual(boss.faults, []);
});

test('the keyboard moves a slot and changes its length', async () => {
  const slot = await book('后台', at('08:00'), at('10:00'));
  await openDay();
  const bar = page.locator(`[data-bar="${slot.id}"]`);
  await bar.press('ArrowRight');
  await bar.press('ArrowRight');
  await bar.press('Shift+ArrowRight');
  await page.getByText('回车放下').waitFor();
  assert.equal(clock((await one(slot.id)).start), '08:00', 'it is only shown until Enter');
  await bar.press('Enter');
  const moved = await until(
    page,
    () => one(slot.id),
    (b) => clock(b.start) === '08:30',
  );
  assert.equal(clock(moved.end), '10:45');
  await bar.getByText('10:45').waitFor();
  await bar.press('ArrowLeft');
  await bar.press('Escape');
  assert.equal(clock((await one(slot.id)).start), '08:30');
  assert.deepEqual(await serious(), []);
  assert.deepEqual(boss.faults, []);
});

test('a series lists every slot with what is in its way, and leaves out what is held', async () => {
  await book('屋顶', at('09:00', '2027-03-15'), at('12:00', '2027-03-15'), { title_id: theirs, status: 'confirmed' });
  await page.goto(`/schedule?from=2027-03-08&title=${mine}`);
  await page.getByRole('button', { name: '订档期' }).first().click();
  await form().getByLabel('取景地').fill('金沙');
  await page.getByRole('listbox').getByRole('option', { name: '金沙湖大剧院' }).click();
  await form().getByLabel('分区').selectOption({ label: '屋顶' });
  await form().getByLabel('开始').fill('2027-03-08T08:00');
  await form().getByLabel('结束').fill('2027-03-08T18:00');
  await form().getByLabel('状态').selectOption('confirmed');
  await form().getByLabel('按星期重复').check();
  const monday = form().getByRole('button', { name: '周一', pressed: true });
  await monday.waitFor();
  await form().getByLabel('重复到（含）').fill('2027-03-29');
  await form().getByText('共 4 段').waitFor();
  await form().getByText('1 段不能订').waitFor();
  await form().getByRole('list').getByText('昼以继夜').waitFor();
  await picture(page, 'schedule-series.zh-CN');
  await form().getByLabel('跳过不能订的').check();
  await form().getByRole('button', { name: '订 3 段' }).click();
  await page.getByText('已订 3 段，跳过 1 段').waitFor();
  const made = (await bookings('2027-03-08', '2027-04-01')).filter((b) => b.series_id);
  assert.equal(made.length, 3);
  await page.locator(`[data-bar="${made[0].id}"]`).click();
  await page.getByRole('button', { name: '从这一段起取消' }).click();
  await until(
    page,
    () => bookings('2027-03-08', '2027-04-01'),
    (list) => !list.some((b) => b.series_id),
  );
  // Somebody takes one of the slots; the way back brings the others as they were, and names who has that one.
  await offersBack(page, '已取消系列里的 3 段');
  const gone = made[1];
  await book('屋顶', gone.start, gone.end, { title_id: theirs, status: 'confirmed' });
  await page.keyboard.press('Control+z');
  const left = page.locator('[data-toast]').filter({ hasText: '1 段没有恢复' });
  await left.getByText('昼以继夜').waitFor();
  await picture(page, 'schedule-series-back.zh-CN');
  const back = (await bookings('2027-03-08', '2027-04-01')).filter((b) => b.series_id);
  assert.deepEqual(
    back.map((b) => [b.id, b.status]),
    [made[0], made[2]].map((b) => [b.id, 'confirmed']),
  );
  assert.deepEqual(boss.faults, []);
});

test('forty slots are read, every conflict told, and taken in without those that are held', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => {
    const on = new Date(Date.UTC(2027, 4, 1 + Math.floor(i / 2))).toISOString().slice(0, 10);
    const [area, hours] = i % 2 ? ['大堂', '13:00,18:00'] : ['观众厅', '08:00,12:00'];
    return `金沙湖大剧院,${area},娇藏京枝,${on},${hours},确认,第${i + 1}场`;
  });
  await book('大堂', at('15:00', '2027-05-03'), at('16:00', '2027-05-03'), { title_id: theirs, status: 'confirmed' });
  rows[7] = rows[7].replace('13:00', '晚点');
  await page.goto('/schedule');
  await page.getByRole('link', { name: '导入档期' }).click();
  const buffer = Buffer.from(['取景地,分区,剧目,日期,开始,结束,状态,备注', ...rows].join('\r\n'));
  await page.locator('input[type=file]').setInputFiles({ name: '五月.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('heading', { name: /五月\.csv/ }).waitFor();
  const inView = () => page.locator('.look table tbody tr').count();
  await until(page, inView, (n) => n === 5);
  assert.equal(await page.locator('[data-row]').count(), 40);
  await page.getByLabel('只看有问题的 2 行').check();
  assert.equal(await page.locator('[data-row]').count(), 2);
  await page.locator('[data-state=blocked]').getByText('昼以继夜').waitFor();
  await page.locator('[data-state=wrong]').first().waitFor();
  await picture(page, 'schedule-import.zh-CN');
  const go = page.getByRole('button', { name: '导入 38 段' });
  assert.ok(await go.isDisabled());
  await page.getByLabel('跳过订不上的行').check();
  assert.deepEqual(await serious(), []);
  await go.click();
  await page.getByRole('heading', { name: '已导入' }).waitFor();
  assert.equal((await bookings('2027-05-01', '2027-06-01')).length, 39);
  await page.getByRole('button', { name: '撤销导入' }).click();
  await until(
    page,
    () => bookings('2027-05-01', '2027-06-01'),
    (list) => list.length === 1,
  );
  assert.deepEqual(boss.faults, []);
});

test('a row that says confirmed confirms what is there, and the way back loosens it again', async () => {
  const asked = await book('后台', at('08:00', '2027-06-01'), at('12:00', '2027-06-01'), { note: '先占着' });
  const list = (june) => bookings('2027-06-01', june);
  await page.goto('/schedule');
  await page.getByRole('link', { name: '导入档期' }).click();
  const rows = ['取景地,分区,剧目,日期,开始,结束,状态'];
  for (const area of ['后台', '屋顶']) rows.push(`金沙湖大剧院,${area},娇藏京枝,2027-06-01,08:00,12:00,确认`);
  const buffer = Buffer.from(rows.join('\r\n'));
  await page.locator('input[type=file]').setInputFiles({ name: '六月.csv', mimeType: 'text/csv', buffer });
  await page.locator('[data-state=confirm]').getByText('后台').waitFor();
  await picture(page, 'schedule-import-confirm.zh-CN');
  assert.deepEqual(await serious(), []);
  await page.getByRole('button', { name: '导入 1 段，确认 1 段' }).click();
  await page.getByRole('heading', { name: '已导入' }).waitFor();
  const now = await list('2027-06-02');
  assert.deepEqual(
    now.map((b) => [b.area, b.status]).sort(),
    [
      ['后台', 'confirmed'],
      ['屋顶', 'confirmed'],
    ].sort(),
  );
  await page.getByRole('button', { name: '撤销导入（取消 1 段，1 段改回暂定）' }).click();
  const [kept] = await until(
    page,
    () => list('2027-06-02'),
    (l) => l.length === 1 && l[0].status === 'tentative',
  );
  assert.deepEqual([kept.id, kept.note], [asked.id, '先占着']);
  assert.deepEqual(boss.faults, []);
});

test('a booking is given to another title, and taken back', async () => {
  const slot = await book('后台', at('08:00', '2027-06-08'), at('12:00', '2027-06-08'));
  await page.goto('/schedule?view=day&from=2027-06-08');
  await page.locator(`[data-bar="${slot.id}"]`).press('Enter');
  await page.getByRole('dialog', { name: '档期' }).getByRole('button', { name: '修改' }).click();
  const edit = page.getByRole('dialog', { name: '修改档期' });
  await edit.getByLabel('剧目').fill('昼以');
  await page.getByRole('listbox').getByRole('option', { name: '昼以继夜' }).click();
  await edit.getByRole('button', { name: '保存' }).click();
  await offersBack(page, '已修改档期：金沙湖大剧院 · 后台');
  const find = async () => (await bookings('2027-06-08', '2027-06-09')).find((b) => b.id === slot.id);
  assert.equal((await find()).title, '昼以继夜');
  await page.locator('dialog').getByRole('button', { name: '保存' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await until(page, find, (b) => b.title === '娇藏京枝');
  assert.deepEqual(boss.faults, []);
});

test('a place is closed for a time, and a calendar address is shown once, in English on a phone', async () => {
  await boss.context.addCookies([{ name: 'chouka_lang', value: 'en', url: desk.at }]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/schedule?view=day&from=${day}`);
  await page.getByRole('button', { name: '金沙湖大剧院: closed times' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Start').fill(`${day}T00:00`);
  await dialog.getByLabel('End').fill(`${day}T05:00`);
  await dialog.getByLabel('Reason').fill('House show');
  await dialog.getByRole('button', { name: 'Close for this time' }).click();
  await dialog.getByRole('listitem').getByText('House show').waitFor();
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await track('屋顶').getByText('House show').first().waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'fits a phone');
  assert.deepEqual(await serious(), []);
  await picture(page, 'schedule-phone.en');
  await page.getByRole('button', { name: 'Subscribe' }).click();
  await page.getByRole('button', { name: 'Make an address: My calendar' }).click();
  const address = await page.getByRole('dialog').getByRole('textbox').inputValue();
  assert.match(address, /\/api\/v1\/calendar\/\S+\.ics$/);
  assert.match(await (await page.request.get(address)).text(), /^BEGIN:VCALENDAR/);
  await page.getByRole('button', { name: 'Revoke the address of My calendar' }).click();
  await page.getByRole('button', { name: 'Press again to revoke' }).click();
  await page.getByText('No addresses yet').waitFor();
  assert.equal((await page.request.get(address)).status(), 404);
  assert.deepEqual(boss.faults, []);
});
