// From a script to shots and back: shots proposed and edited, lines linked by hand, the board put in order by drag and
// by key, and a second draft that makes exactly the one shot stale whose words it changed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, offersBack, openStudio, person, picture, send, startBrowser, startDesk, tell, until } from './desk.mjs';
import { png } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let desk, browser, boss, page, title, scene;

const draft = (sound, calm) => `第1集
1-1 日 内 金沙湖大剧院
人物：林晚、顾川
△林晚推开大剧院的门，雨声灌进来。
林晚：有人吗${calm}
△灯忽然灭了，${sound}。
顾川：别动。
△她慢慢转身，手里的伞掉在地上。
1-2 夜 外 湖边
△湖面起雾，远处亮着一盏灯。
林晚：你到底是谁？
`;

async function deliver(name, text) {
  const headers = { 'Content-Type': 'application/octet-stream' };
  const post = async (path) => {
    const answer = await page.request.post(`/api/v1${path}`, { data: Buffer.from(text), headers });
    assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const { sha256 } = await post(`/titles/${title}/script-preview?name=${name}`);
  return post(`/titles/${title}/scripts?name=${name}&sha256=${sha256}`);
}

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell(page, '/titles', { name: '金沙湖来信' })).title.id;
  await deliver('one.txt', draft('台上响起脚步声', '？'));
  scene = (await ask(page, `/titles/${title}/outline`)).items[0].scenes[0].id;
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

const shots = async () => (await ask(page, `/titles/${title}/shots?episode=1`)).items;
const order = async () => (await ask(page, `/scenes/${scene}/shots`)).items.map((r) => r.shot.id);
const cells = () => page.locator('[data-shot]');
const board = () => page.goto(`/titles/${title}/e/1/board`);

async function serious() {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3)}`);
}

test('shots are proposed from the script, edited, and only then added', async () => {
  await board();
  await page.getByText('还没有镜头').first().waitFor();
  await page.getByRole('button', { name: '从剧本拆镜头' }).first().click();
  const dialog = page.getByRole('dialog');
  const rows = dialog.getByRole('listitem');
  await rows.first().waitFor();
  const proposed = await rows.count();
  assert.ok(proposed >= 4, `${proposed} proposed`);
  await rows.nth(0).getByLabel('画面').fill('林晚推门。雨声灌进来。');
  await rows.nth(0).getByLabel('景别').fill('全景');
  await rows.nth(0).getByLabel('时长（秒）').fill('三秒多');
  assert.ok(await dialog.getByRole('button', { name: /^添加/ }).isDisabled(), 'an unreadable length');
  await rows.nth(0).getByLabel('时长（秒）').fill('4');
  await rows.nth(0).getByRole('button', { name: '拆成两个' }).click();
  assert.equal(await rows.count(), proposed + 1);
  assert.equal(await rows.nth(1).getByLabel('画面').inputValue(), '雨声灌进来。');
  await rows.nth(0).getByRole('button', { name: '与下一个合并' }).click();
  assert.equal(await rows.nth(0).getByLabel('画面').inputValue(), '林晚推门。\n雨声灌进来。');
  await rows
    .nth(proposed - 1)
    .getByRole('button', { name: '去掉' })
    .click();
  assert.deepEqual(await serious(), []);
  await picture(page, 'proposals.zh-CN');
  assert.deepEqual(await shots(), [], 'nothing is written yet');
  await dialog.getByRole('button', { name: `添加 ${proposed - 1} 个镜头` }).click();
  await cells()
    .nth(proposed - 2)
    .waitFor();
  const made = await shots();
  assert.equal(made[0].shot.description, '林晚推门。\n雨声灌进来。');
  assert.equal(made[0].shot.milliseconds, 4000);
  assert.ok(
    made.every((r) => r.shot.lines.length > 0),
    'every shot knows its lines',
  );
  assert.deepEqual(boss.faults, []);
});

test('lines are linked to a shot by drag, by Shift and by key', async () => {
  const [first, second] = await shots();
  await page.goto(`/titles/${title}/shots/${first.shot.id}`);
  await page.getByRole('link', { name: second.shot.number, exact: true }).first().waitFor();
  await page.getByRole('button', { name: '关联剧本行' }).click();
  const lines = page.getByRole('option');
  const at = async (text) => {
    const box = await lines.filter({ hasText: text }).boundingBox();
    return [box.x + 60, box.y + box.height / 2];
  };
  // Twice: what is chosen is dropped first, then the stretch is drawn.
  await page.mouse.move(...(await at('推开大剧院')));
  await page.mouse.down();
  await page.mouse.up();
  await page.mouse.down();
  await page.mouse.move(...(await at('有人吗')), { steps: 4 });
  await page.mouse.up();
  await lines.filter({ hasText: '灯忽然灭了' }).click({ modifiers: ['Shift'] });
  assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 3);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 2);
  await page.getByRole('button', { name: '关联选中的 2 行' }).click();
  await page.getByText('对应其中 2 行').waitFor();
  const full = await ask(page, `/scenes/${scene}`);
  const linked = async () => {
    const ids = (await ask(page, `/shots/${first.shot.id}`)).shot.lines;
    return full.lines.filter((_, i) => ids.includes(full.line_ids[i])).map((l) => l.text.trim());
  };
  const want = ['△林晚推开大剧院的门，雨声灌进来。', '林晚：有人吗？'];
  assert.deepEqual(await linked(), want);
  assert.deepEqual(await serious(), []);
  await picture(page, 'linked-lines.zh-CN');
  await page.getByRole('button', { name: '关联剧本行' }).click();
  await page.locator('[role=listbox]:focus, [role=option]:focus').first().waitFor();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('对应其中 3 行').waitFor();
  await offersBack(page, '已关联 3 行');
  await page.keyboard.press('Control+z');
  await page.getByText('对应其中 2 行').waitFor();
  assert.deepEqual(await linked(), want);
  assert.deepEqual(boss.faults, []);
});

test('the board shows the newest take, and is put in order by drag and by key', async () => {
  const [first, , third] = await order();
  await send(page, third, 'a.png', png(360, 640, 3));
  await board();
  await page.getByText('最新候选').waitFor();
  const centre = async (i) => {
    const box = await cells().nth(i).boundingBox();
    return [box.x + box.width / 2, box.y + 60];
  };
  let answers = 0;
  page.on('response', (r) => (answers += Number(r.url().endsWith('/shot-order'))));
  const before = await order();
  await page.mouse.move(...(await centre(0)));
  await page.mouse.down();
  await page.mouse.move(...(await centre(2)), { steps: 8 });
  await picture(page, 'board-drag.zh-CN');
  await page.mouse.up();
  /** Keys go by the order on the page, which is read anew as long as moves are under way. */
  const stands = async (moves, fits) => {
    await until(page, order, fits);
    await until(
      page,
      () => answers,
      (n) => n === moves,
    );
    await until(page, () => cells().evaluateAll((all) => all.map((e) => e.dataset.shot)), fits);
  };
  const moved = [before[1], before[2], before[0], ...before.slice(3)];
  await stands(1, (ids) => ids.join() === moved.join());
  assert.ok(page.url().endsWith('/board'), 'a drag opens nothing');
  await page.keyboard.press('Control+z');
  await stands(2, (ids) => ids.join() === before.join());
  await cells().first().focus();
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Alt+ArrowRight');
  await stands(4, (ids) => ids.join() === moved.join());
  await page.keyboard.press('Alt+ArrowUp');
  await stands(5, (ids) => ids[1] === first);
  await page.waitForFunction((id) => document.activeElement?.getAttribute('data-shot') === id, first);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((id) => document.activeElement?.getAttribute('data-shot') === id, before[2]);
  assert.deepEqual(boss.faults, []);
});

test('a second draft makes one shot stale, says why, and it may still fit', async () => {
  await deliver('two.txt', draft('台上传来一声冷笑', '?'));
  const stale = (await shots()).filter((r) => r.shot.stale);
  assert.equal(stale.length, 1, 'the cosmetic change stales nothing');
  const { shot } = stale[0];
  assert.match(shot.description, /脚步声/);
  await board();
  await page.locator(`[data-shot="${shot.id}"]`).getByText('剧本已改').waitFor();
  assert.deepEqual(await serious(), []);
  await picture(page, 'board.zh-CN');
  await page.goto(`/titles/${title}/shots`);
  await page.getByRole('checkbox', { name: '只看剧本已改的' }).check();
  await page.waitForURL(/stale=1/);
  await until(
    page,
    () => page.getByRole('row').count(),
    (n) => n === 2,
  );
  await page.goto(`/draw?shot=${shot.id}`);
  const why = page.getByRole('region', { name: '剧本已改' });
  await why.getByText('第 2 版').waitFor();
  await why.locator('del').first().waitFor();
  assert.match(await why.innerText(), /灯忽然灭了，台上/);
  assert.match((await why.locator('ins').allInnerTexts()).join(''), /冷笑/);
  assert.match((await why.locator('del').allInnerTexts()).join(''), /脚步/);
  const versions = (await ask(page, `/titles/${title}/scripts`)).items;
  const idOf = (n) => versions.find((v) => v.number === n).id;
  const link = await why.getByRole('link', { name: '看两版对照' }).getAttribute('href');
  assert.equal(link, `/titles/${title}/script/compare?a=${idOf(1)}&b=${idOf(2)}`);
  assert.deepEqual(await serious(), []);
  await picture(page, 'stale.zh-CN');
  await why.getByRole('button', { name: '仍然适用' }).click();
  await why.waitFor({ state: 'detached' });
  assert.equal((await shots()).filter((r) => r.shot.stale).length, 0);
  assert.deepEqual(boss.faults, []);
});

test('a board of three hundred shots draws what is in sight, in English and on a phone', async () => {
  const other = (await ask(page, `/titles/${title}/outline`)).items[0].scenes[1].id;
  const texts = {
    size: '',
    camera: '',
    dialogue: '',
    sound: '',
    prompt: '',
    characters: '',
    note: '',
    milliseconds: 0,
  };
  for (const part of [0, 1])
    await tell(page, `/scenes/${other}/proposals`, {
      shots: Array.from({ length: 150 }, (_, i) => ({ ...texts, description: `雾 ${part * 150 + i}`, lines: [] })),
    });
  const drawn = async () => {
    const n = await cells().count();
    assert.ok(n > 0 && n < 120, `${n} cells are drawn`);
  };
  await boss.context.addCookies([{ name: 'chouka_lang', value: 'en', url: desk.at }]);
  await board();
  await page.getByRole('heading', { name: 'Board' }).waitFor();
  await cells().first().waitFor();
  await drawn();
  for (let i = 0; i < 30; i++) {
    await page.mouse.wheel(0, 800);
    await drawn();
  }
  await page.getByText('雾 299').waitFor();
  await picture(page, 'board-300.en');
  await page.setViewportSize({ width: 390, height: 844 });
  await board();
  await cells().first().waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'fits a phone');
  await picture(page, 'board-phone.en');
  assert.deepEqual(await serious(), []);
  assert.deepEqual(boss.faults, []);
});
