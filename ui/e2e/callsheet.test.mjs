// The 通告单: typed in place, issued, changed, marked, issued again; one person reads it on a phone by a secret address and
// says so; two people who type at once lose nothing; and it prints on A4.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ask, person, picture, screens, tell, until } from './desk.mjs';
import { closeShoot, fits, openShoot, sound } from './shoot.mjs';

let shoot, desk, browser, boss, page, title, day, sheet, link;

before(async () => {
  shoot = await openShoot();
  ({ desk, browser, boss, page, title } = shoot);
  const cast = (await ask(page, `/titles/${title}/elements`)).items.find((e) => e.name === '李丽');
  const who = await tell(page, '/performers', { name: '周小满', phone: '138 0000 0001' });
  const headers = { 'If-Match': `"${cast.rev}"` };
  await page.request.patch(`/api/v1/elements/${cast.id}`, { data: { performer_id: who.id }, headers });
  day = (await tell(page, `/titles/${title}/days`, { date: '2027-03-01' })).day.id;
  for (const s of (await ask(page, `/titles/${title}/days`)).pool.slice(0, 2)) {
    await tell(page, `/titles/${title}/strips`, { scene_id: s.scene.id, to: day, at: 9, reason: '场地口头答应了' });
  }
});

after(() => closeShoot(shoot));

const clean = () => assert.deepEqual(boss.faults.splice(0), []);
const kept = () => ask(page, `/callsheets/${sheet}`);
const saved = () => page.getByText('✓ 已保存').waitFor();

/** Prints the page and answers with the number of its sheets of paper. */
async function paper(on, name) {
  const pdf = await on.pdf({ preferCSSPageSize: true });
  writeFileSync(join(screens, `${name}.pdf`), pdf);
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

async function issue(version, note) {
  await page.getByRole('button', { name: new RegExp(`发布第 ${version} 版`) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('这一版改了什么').fill(note);
  await dialog.getByRole('button', { name: '发布', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('a day opens its sheet, and what is typed is saved by itself', async () => {
  await page.goto(`/titles/${title}/days`);
  await page.getByRole('button', { name: '开通告单' }).click();
  await page.waitForURL(/\/callsheets\//);
  sheet = page.url().split('/').at(-1);
  await page.getByLabel('李丽 到场', { exact: true }).fill('6点半');
  await page.getByLabel('开机', { exact: true }).fill('0800');
  await page.getByLabel('天气').fill('晴，2–9℃，湖边风大');
  await page.getByLabel('安全', { exact: true }).fill('屋顶边缘拉警戒线，两人以上才能上去。');
  await page.getByLabel('1-1 道具').fill('旧信封、老式话筒');
  await page.getByRole('button', { name: '加一行' }).click();
  await page.getByLabel('部门 1').fill('摄影');
  await page.getByLabel('姓名 1', { exact: true }).first().fill('阿哲');
  await saved();
  await until(
    page,
    async () => (await kept()).content.cast.find((a) => a.character === '李丽')?.call,
    (at) => at === '06:30',
  );
  assert.equal((await kept()).content.shoot_at, '08:00');
  await sound(page, 'draft');
  await picture(page, 'callsheet-draft.zh-CN');
  clean();
});

test('version 1 is issued, and a secret address is shown once', async () => {
  await issue(1, '第一版');
  await page.getByRole('button', { name: '+ 周小满' }).click();
  link = await page.getByLabel('周小满', { exact: true }).inputValue();
  assert.match(link, /\/call\/.{20,}$/);
  await page.locator('[data-recipient="周小满"]').getByText('还没有打开').waitFor();
  await sound(page, 'recipients');
  await page.reload();
  assert.equal(await page.getByText('私密链接只显示这一次').count(), 0);
  clean();
});

test('the performer reads it on a phone and says so', async () => {
  const phone = await person(browser, desk, { viewport: { width: 390, height: 844 } });
  await phone.page.goto(link);
  await phone.page.getByRole('heading', { level: 1 }).waitFor();
  await phone.page.getByText('06:30').first().waitFor();
  await sound(phone.page, 'person');
  await picture(phone.page, 'call-person.zh-CN');
  await phone.page.getByRole('button', { name: '我已收到' }).click();
  await phone.page.getByText('已确认收到第 1 版').waitFor();
  await fits(phone.page, 'the call on a phone');
  assert.deepEqual(phone.faults, []);
  await phone.context.close();
  await page.reload();
  await page.getByRole('tab', { name: /接收人/ }).click();
  await page.locator('[data-recipient="周小满"]').getByText('已确认', { exact: true }).waitFor();
  await picture(page, 'callsheet-recipients.zh-CN');
  clean();
});

test('a change after the issue is marked, on the sheet and on the phone', async () => {
  await page.getByRole('tab', { name: '通告单', exact: true }).click();
  await page.getByLabel('李丽 到场', { exact: true }).fill('0530');
  await page.getByLabel('1-1 道具').click();
  await saved();
  const cell = page.locator('[data-cell$=".call"].marked');
  await cell.first().waitFor();
  await page.getByText('＝ 和第 1 版不同').waitFor();
  await sound(page, 'marked');
  await picture(page, 'callsheet-marked.zh-CN');
  await issue(2, '提前一小时');
  await page.locator('[data-recipient="周小满"]').getByText('只看过旧版').waitFor();
  const phone = await person(browser, desk, {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    locale: 'en',
  });
  await phone.context.addCookies([
    { name: 'chouka_lang', value: 'en', url: desk.at },
    { name: 'chouka_theme', value: 'dark', url: desk.at },
  ]);
  await phone.page.goto(link);
  await phone.page.locator('.own .marked').first().waitFor();
  await phone.page.getByText('05:30').first().waitFor();
  await sound(phone.page, 'person dark');
  await picture(phone.page, 'call-person-dark.en');
  await phone.page.getByRole('button', { name: 'I got it' }).click();
  await phone.page.getByText('You confirmed version 2').waitFor();
  assert.ok((await paper(phone.page, 'call-person')) >= 2);
  assert.deepEqual(phone.faults, []);
  await phone.context.close();
  clean();
});

test('two people type at once: other cells are joined, the same cell is asked about', async () => {
  await page.goto(`/callsheets/${sheet}`);
  await page.getByLabel('交通').waitFor();
  const now = await kept();
  const typed = { ...now.sheet.typed, weather: '小雨', transport: '东门集合大巴' };
  const headers = { 'If-Match': `"${now.sheet.rev}"` };
  // What is typed here reaches the server only after what the other has written.
  let written;
  const other = new Promise((done) => (written = done));
  await page.route(`**/api/v1/callsheets/${sheet}`, async (route) => {
    if (route.request().method() === 'PATCH') await other;
    await route.continue();
  });
  await page.getByLabel('天气').fill('多云');
  const answer = await page.request.patch(`/api/v1/callsheets/${sheet}`, { data: typed, headers });
  assert.equal(answer.status(), 200, await answer.text());
  written();
  await page.getByText('你写的').waitFor();
  await page.locator('.one', { hasText: '多云' }).waitFor();
  await page.locator('.one', { hasText: '小雨' }).waitFor();
  assert.equal(await page.getByLabel('交通').inputValue(), '东门集合大巴');
  assert.equal(await page.getByLabel('天气').inputValue(), '多云');
  await sound(page, 'both');
  await picture(page, 'callsheet-both.zh-CN');
  await page.getByRole('button', { name: '用我的' }).click();
  await saved();
  await until(
    page,
    async () => (await kept()).content.weather,
    (w) => w === '多云',
  );
  assert.equal((await kept()).content.transport, '东门集合大巴');
  clean();
});

test('an old version can be looked at, and the sheet prints on A4', async () => {
  await page.getByLabel('查看版本').selectOption('1');
  await page.locator('.sheet strong', { hasText: '第 1 版' }).waitFor();
  assert.equal(await page.locator('.sheet textarea').count(), 0);
  await page.getByLabel('查看版本').selectOption('');
  await page.getByLabel('天气').waitFor();
  assert.ok((await paper(page, 'callsheet')) <= 2);
  clean();
});

test('a wrong address says what to do', async () => {
  const phone = await person(browser, desk, { viewport: { width: 390, height: 844 } });
  await phone.page.goto(`/call/${'x'.repeat(32)}`);
  await phone.page.getByText('这个链接不能用了').waitFor();
  await sound(phone.page, 'ended');
  await picture(phone.page, 'call-ended.zh-CN');
  assert.deepEqual(phone.faults, []);
  await phone.context.close();
});

test('the demonstration shows a sheet that was changed after it was issued, in both languages and on paper', async () => {
  await tell(page, '/demo', {});
  const { items } = await ask(page, '/titles');
  const shown = items.map((x) => x.title ?? x).find((x) => x.code === 'JCJZ');
  const id = (await ask(page, `/titles/${shown.id}/days`)).days[0].call_sheet;
  for (const [language, name] of [
    ['zh-CN', '＝ 和第 1 版不同'],
    ['en', '＝ not as in version 1'],
  ]) {
    await boss.context.addCookies([{ name: 'chouka_lang', value: language, url: desk.at }]);
    await page.goto(`/callsheets/${id}`);
    await page.locator('.sheet').waitFor();
    const versions = page.locator('select', { has: page.locator('option[value="2"]') });
    await versions.selectOption('2');
    await page.locator('[data-cell].marked').first().waitFor();
    assert.ok((await page.locator('[data-cell].marked').count()) >= 8, name);
    await sound(page, `demonstration ${language}`);
    await page.screenshot({ path: join(screens, `callsheet-demo.${language}.png`), fullPage: true });
    assert.ok((await paper(page, `callsheet-demo.${language}`)) <= 2);
  }
  clean();
});
