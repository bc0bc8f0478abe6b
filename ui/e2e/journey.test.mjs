// The whole main job once, as the people of a studio do it, in Chinese: from the
// setup link to a milestone, each step on real files and in a browser of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, openStudio, password, person, picture, startBrowser, startDesk, until } from './desk.mjs';
import { a1111, comfy, gb18030, png, script } from './files.mjs';

let desk, browser, boss, producer, second, operator, scout, title, shot;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

let broken = false;

/** One step of the journey; after a failure the rest cannot be meaningful and says so at once. */
function step(name, run) {
  test(name, async () => {
    assert.ok(!broken, 'an earlier step failed');
    broken = true;
    await run();
    broken = false;
  });
}

/** Opens a page and waits until it is there: keys pressed earlier would fall on nothing. */
async function open(page, path) {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Invites somebody on the members page and lets them join in a browser of their own. */
async function invite(name, login, role) {
  const { page } = boss;
  await open(page, `/titles/${title}/members`);
  await page.getByRole('button', { name: '用链接邀请' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('姓名').fill(name);
  await dialog.getByLabel('角色').selectOption({ label: role });
  await dialog.getByRole('button', { name: '生成链接' }).click();
  const link = await dialog.getByLabel('邀请链接').inputValue();
  const guest = await person(browser, desk);
  await guest.page.goto(link);
  await guest.page.getByLabel('账号').fill(login);
  await guest.page.locator('input[autocomplete=new-password]').first().fill(password);
  await guest.page.locator('input[autocomplete=new-password]').last().fill(password);
  await guest.page.getByRole('button', { name: '加入' }).click();
  await guest.page.waitForURL((u) => !u.pathname.startsWith('/join'));
  return guest;
}

/** A page on which nothing went wrong that the test did not expect. */
function clean(...people) {
  for (const p of people) assert.deepEqual(p.faults.splice(0), []);
}

step('1 the setup link creates the administrator and the studio, once', async () => {
  const { page } = boss;
  await openStudio(page, desk);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForURL(desk.at + '/');
  await picture(page, 'home-empty.zh-CN');
  const stranger = await person(browser, desk);
  await stranger.page.goto(desk.link);
  await stranger.page.getByText('登录').first().waitFor();
  assert.equal((await stranger.page.request.get('/api/v1/home')).status(), 401);
  await stranger.context.close();
  clean(boss);
});

step('2 the lead creates a title and invites people with a role each', async () => {
  const { page } = boss;
  await open(page, '/titles');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('剧名').fill('金沙湖来信');
  await dialog.getByRole('button', { name: '创建' }).click();
  await page.getByRole('heading', { name: '金沙湖来信' }).waitFor();
  title = (await ask(page, '/titles')).items[0].title.id;
  producer = await invite('周屿', 'zhou', '制片');
  second = await invite('许导', 'xu', '导演/编剧');
  operator = await invite('林小满', 'lin', '抽卡师');
  scout = await invite('陈外联', 'chen', '外联');
  const members = await ask(page, `/titles/${title}/members`);
  assert.equal(members.items.length, 4);
  clean(boss, producer, second, operator, scout);
});

step('3 the writer drops a script in GB18030; every line is accounted for before anything is written', async () => {
  const { page } = second;
  await open(page, `/titles/${title}/script`);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '一稿.txt', mimeType: 'text/plain', buffer: gb18030(script) });
  await page.getByText('每一行都有归类').waitFor();
  assert.equal((await ask(page, `/titles/${title}/outline`)).items.length, 0, 'nothing is written before the import');
  assert.match(await page.getByLabel('编码').locator('option:checked').innerText(), /GB18030/);
  await picture(page, 'script-preview.zh-CN');
  await page.getByRole('button', { name: /^导入/ }).click();
  await page.getByText('已导入第 1 版').waitFor();
  const outline = (await ask(page, `/titles/${title}/outline`)).items;
  assert.deepEqual(
    outline.map((e) => e.scenes.map((s) => s.label)),
    [['1-1', '1-2']],
  );
  clean(second);
});

step('4 the director turns a scene into shots, reorders, deletes with undo, pastes a table and assigns', async () => {
  const { page } = second;
  await open(page, `/titles/${title}/e/1`);
  await page
    .getByRole('button', { name: /^添加镜头/ })
    .first()
    .waitFor();
  await page.keyboard.press('n');
  await page.getByRole('dialog').getByLabel('画面').fill('一束追光打在舞台中央');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^添加(?!并)/ })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expectOrder(page, ['001']);
  await page.keyboard.press('v');
  const paste = page.getByRole('dialog');
  await paste
    .getByLabel(/从 Excel/)
    .fill('镜号\t景别\t画面\t时长\n2\t特写\t沈枝的手握紧话筒\t2.5秒\n3\t全景\t二楼包厢帘子掀开\t00:03\n');
  await paste.getByRole('button', { name: '导入 2 个镜头' }).click();
  await page.getByText('已导入 2 个镜头').waitFor();
  await page.getByRole('button', { name: 'E01-S01-003 的更多操作' }).click();
  const ordered = page.waitForResponse((r) => r.url().endsWith('/shot-order'));
  await page.getByRole('menuitem', { name: '上移' }).click();
  await (await ordered).finished();
  await expectOrder(page, ['001', '003', '002']);
  await page.getByRole('button', { name: 'E01-S01-002 的更多操作' }).click();
  await page.getByRole('menuitem', { name: /^删除/ }).click();
  await page.getByText('已删除 E01-S01-002').waitFor();
  await expectOrder(page, ['001', '003']);
  await page.keyboard.press('Control+z');
  await expectOrder(page, ['001', '003', '002']);
  for (const n of ['001', '003', '002']) await page.getByRole('checkbox', { name: `选中 E01-S01-${n}` }).check();
  await page.getByRole('button', { name: '指派' }).click();
  await page.getByRole('dialog').getByLabel('林小满').check();
  await page.getByRole('dialog').getByRole('button', { name: '指派给 1 人' }).click();
  await page.getByText('已指派 3 个镜头').waitFor();
  await picture(page, 'episode.zh-CN');
  shot = (await ask(page, `/titles/${title}/shots`)).items[0].shot.id;
  clean(second);
});

/** Waits until the scene's shots stand in this order, as the server tells it. */
async function expectOrder(page, numbers) {
  const scene = (await ask(page, `/titles/${title}/outline`)).items[0].scenes[0].id;
  const order = async () => (await ask(page, `/scenes/${scene}/shots`)).items.map((r) => r.shot.number);
  await until(page, order, (have) => have.join() === numbers.join());
}

step('5 the operator drops files on a shot; what they say is filled in with its source', async () => {
  const { page } = operator;
  await open(page, '/draw');
  await page.getByText('E01-S01-001').first().click();
  await page.getByRole('heading', { name: /E01-S01-001/ }).waitFor();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      {
        name: 'a.png',
        mimeType: 'image/png',
        buffer: png(360, 640, 1, { parameters: a1111('金沙湖, night, 追光', '6952411511246973023') }),
      },
      {
        name: 'b.png',
        mimeType: 'image/png',
        buffer: png(640, 360, 2, { prompt: comfy('a lake at night', '18446744073709551615') }),
      },
      { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
      { name: 'cut.png', mimeType: 'image/png', buffer: png(360, 640, 3).subarray(0, 200) },
    ]);
  await page.getByText('6952411511246973023').first().waitFor();
  await page.getByText('18446744073709551615').first().waitFor();
  await page.getByText('png:parameters').first().waitFor();
  await pasteFile(page, 'clip.png', png(360, 640, 4));
  await expectTakes(page, 3);
  await page.keyboard.press('f');
  const form = page.locator('form').filter({ hasText: '记一笔' });
  await form.getByLabel('结果').selectOption({ label: '被拒' });
  await form.getByLabel('失败或被拒的原因').fill('内容审核未通过');
  await form.getByRole('button', { name: '记一笔' }).click();
  await page.getByText('内容审核未通过').first().waitFor();
  await picture(page, 'draw.zh-CN');
  const rows = (await ask(page, `/shots/${shot}/attempts`)).items;
  assert.equal(rows.length, 4, 'two good files, one pasted, one typed; the bad files booked nothing');
  assert.deepEqual(rows.map((r) => r.attempt.status).sort(), ['refused', 'succeeded', 'succeeded', 'succeeded']);
  clean(operator);
});

async function pasteFile(page, name, bytes) {
  await page.evaluate(
    ([name, base64]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: 'image/png' }));
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    [name, bytes.toString('base64')],
  );
}

async function expectTakes(page, n) {
  const takes = async () => (await ask(page, `/shots/${shot}/takes`)).items;
  await until(page, takes, (all) => all.length === n && all.every((t) => t.take.media.derived === 'ready'));
}

step('6 the producer judges with the keyboard; the loser of a race is told who won', async () => {
  const { page } = producer;
  await open(page, `/titles/${title}/review?shot=${shot}`);
  await page.getByRole('option').nth(2).waitFor();
  await open(second.page, `/titles/${title}/review?shot=${shot}`);
  await second.page.getByRole('option').nth(2).waitFor();
  await page.keyboard.press('4');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('dialog').or(page.getByText('为什么是废片')).first().waitFor();
  await page.keyboard.press('1');
  await expectTake(
    page,
    (t) => t.some((x) => x.take.verdict === 'rejected' && x.take.reason) && t.some((x) => x.take.stars === 4),
  );
  // The director's pick is held on its way until the producer's has been acknowledged.
  let reached, let_go;
  const underway = new Promise((r) => (reached = r));
  const release = new Promise((r) => (let_go = r));
  await second.page.route('**/pick', async (route) => {
    reached();
    await release;
    await route.continue();
  });
  await second.page
    .getByRole('option')
    .first()
    .focus()
    .catch(() => {});
  await second.page.keyboard.press('Home');
  await second.page.keyboard.press('p');
  await soon(underway, 'the pick was sent');
  const takes = (await ask(page, `/shots/${shot}/takes`)).items;
  await open(page, `/titles/${title}/review?shot=${shot}&take=${takes[2].take.id}`);
  await page.getByRole('option').nth(2).waitFor();
  await page.keyboard.press('p');
  await expectPick(page, 3);
  await open(page, `/titles/${title}/review?shot=${shot}`);
  await page.getByRole('option').nth(2).waitFor();
  await picture(page, 'review.zh-CN');
  let_go();
  await second.page
    .getByText(/周屿 在 .* 已选了第 3 条/)
    .first()
    .waitFor();
  await picture(second.page, 'review-conflict.zh-CN');
  await expectPick(page, 3);
  clean(producer, second);
});

/** Waits for what the page is about to do, but not for ever. */
function soon(promise, what) {
  return Promise.race([
    promise,
    new Promise((_, fail) => setTimeout(() => fail(new Error(`never: ${what}`)), 45_000).unref()),
  ]);
}

async function expectTake(page, fits) {
  await until(page, async () => (await ask(page, `/shots/${shot}/takes`)).items, fits);
}

async function expectPick(page, number) {
  const picked = async () => (await ask(page, `/shots/${shot}`)).shot.pick?.number;
  await until(page, picked, (have) => have === number);
}

step('7 the scout adds 金沙湖大剧院 and books it; an overlapping slot is refused and names the holder', async () => {
  const { page } = scout;
  await open(page, '/locations');
  await page.keyboard.press('n');
  const form = page.getByRole('dialog');
  await form.getByLabel('名称').fill('金沙湖大剧院');
  await form.getByLabel('地址').fill('杭州市钱塘区');
  await form.getByRole('button', { name: /创建|添加|保存/ }).click();
  await page.getByRole('heading', { name: '金沙湖大剧院', level: 1 }).waitFor();
  await page.getByLabel('新分区的名称').fill('观众厅');
  await page.getByLabel('新分区的名称').press('Enter');
  await page.getByText('已添加分区「观众厅」').waitFor();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '大堂.png', mimeType: 'image/png', buffer: png(640, 480, 9) });
  await page
    .getByRole('button', { name: /查看照片/ })
    .first()
    .waitFor();
  await book(page, '观众厅', '2026-12-01T18:00', '2026-12-02T02:00');
  await page.getByText(/已订：金沙湖大剧院 · 观众厅/).waitFor();
  await book(page, '整个场地', '2026-12-02T01:00', '2026-12-02T05:00');
  await page
    .getByText(/《金沙湖来信》.*陈外联/)
    .first()
    .waitFor();
  await picture(page, 'place-conflict.zh-CN');
  await page.getByRole('dialog').getByLabel('开始').fill('2026-12-02T02:00');
  await page.getByRole('dialog').getByRole('button', { name: '订档期' }).click();
  await page.getByText(/已订：金沙湖大剧院 · 整个场地/).waitFor();
  const place = (await ask(page, '/locations')).items[0];
  assert.equal(
    (await ask(page, `/locations/${place.id}/bookings?from=2026-11-30T00:00:00Z&to=2026-12-05T00:00:00Z`)).items.length,
    2,
  );
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, 'place-phone.zh-CN');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} px wider than the phone`);
  await page.setViewportSize({ width: 1280, height: 800 });
  clean(scout);
});

async function book(page, area, start, end) {
  await page.getByRole('heading', { level: 1 }).click(); // out of whatever field had the keys
  await page.keyboard.press('b');
  const form = page.getByRole('dialog');
  // The only title that this person may book for is chosen already.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('dialog[open] input')].some((i) => i.value === '金沙湖来信'),
  );
  await form.getByLabel('分区').selectOption({ label: area });
  await form.getByLabel('开始').fill(start);
  await form.getByLabel('结束').fill(end);
  await form.getByLabel('状态').selectOption('confirmed');
  await form.getByRole('button', { name: '订档期' }).click();
}

step('8 readings make milestones; a correction withdraws one and it stays visible', async () => {
  const { page } = producer;
  await open(page, `/titles/${title}/releases`);
  await page.getByRole('button', { name: '添加上线' }).first().click();
  await page.getByRole('dialog').getByLabel('平台').fill('红果');
  await page.getByRole('dialog').getByLabel('上线日期').fill('2026-03-01');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /添加|保存|创建/ })
    .click();
  await page.getByText('红果').first().waitFor();
  await enter(page, '1.2亿', '2026-03-05');
  await enter(page, '2.1亿', '2026-03-06');
  await page.getByText('破2亿').first().waitFor();
  const figures = await ask(page, `/titles/${title}/figures`);
  assert.equal(figures.plays.value, 210_000_000);
  await picture(page, 'releases.zh-CN');
  const release = figures.releases[0].release.id;
  const reading = (await ask(page, `/releases/${release}/readings?metric=plays`)).items[0];
  assert.equal(reading.now.text, '2.1亿');
  const answer = await correct(page, '1.9亿', '多读了一位');
  assert.ok(answer.changes.some((m) => m.state === 'withdrawn' && m.threshold === 200_000_000));
  await page.getByText('已撤回').first().waitFor();
  await page.getByText('多读了一位').first().waitFor();
  await picture(page, 'releases-withdrawn.zh-CN');
  clean(producer);
});

async function enter(page, text, day) {
  await page.getByRole('button', { name: '录入读数' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('数值').fill(text);
  await form.getByLabel('观察时间').fill(day);
  await form.getByRole('button', { name: /^录入(?!并)/ }).click();
  await page.getByText(`已录入：播放量 ${text}`).first().waitFor();
}

/** Corrects the newest reading through its history and gives the server's answer. */
async function correct(page, text, why) {
  await page
    .getByRole('button', { name: /播放量历史|^历史/ })
    .first()
    .click();
  await page.getByRole('button', { name: '更正' }).first().click();
  const form = page.getByRole('dialog').last();
  await form.getByLabel('改为').fill(text);
  await form.getByLabel('原因').fill(why);
  const answered = page.waitForResponse((r) => r.url().endsWith('/correct'));
  await form.getByRole('button', { name: '更正' }).click();
  return (await answered).json();
}

step('9 the lead sees every title on one page, and it moves in a second browser without a reload', async () => {
  const { page } = boss;
  await open(page, '/');
  const row = page.getByRole('row').filter({ hasText: '金沙湖来信' });
  await row.getByText('1/3').waitFor();
  await row.getByText('1.9亿').waitFor();
  await row.getByText(/破\s*1\s*亿/).waitFor();
  await picture(page, 'home.zh-CN');
  const x = (await ask(page, `/titles/${title}/shots`)).items[1].shot;
  const upload = await operator.page.request.post(`/api/v1/shots/${x.id}/files?name=d.png`, {
    data: png(360, 640, 21),
    headers: { 'Content-Type': 'application/octet-stream' },
  });
  assert.equal(upload.status(), 201);
  const take = (await upload.json()).takes[0].id;
  const pick = await producer.page.request.post(`/api/v1/shots/${x.id}/pick`, { data: { take_id: take } });
  assert.equal(pick.status(), 200);
  await row.getByText('2/3').waitFor();
  clean(boss, producer, operator);
});
