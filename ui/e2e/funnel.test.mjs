// The funnel of a title, of an episode and of a shot: real draws, real verdicts, and the figures that come of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openStudio, person, picture, startBrowser, startDesk, tell as tellAs, until as untilOn } from './desk.mjs';
import { a1111, png } from './files.mjs';

let desk, browser, boss, page, title, episode, shots, takes;

const tell = (path, data) => tellAs(page, path, data);
const until = (what, fits) => untilOn(page, what, fits);

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell('/titles', { name: '金沙湖来信' })).title.id;
  episode = await tell(`/titles/${title}/episodes`, { number: 1, name: '夜场' });
  const scene = await tell(`/episodes/${episode.id}/scenes`, { place: '金沙湖大剧院' });
  shots = [];
  for (let i = 0; i < 2; i++)
    shots.push(await tell(`/scenes/${scene.id}/shots`, { description: `镜头 ${i}`, size: '近景' }));
  takes = [];
  for (let i = 0; i < 12; i++) takes.push(await send(0, i, i < 9 ? 'jinshahu-xl' : '=evil,model'));
  for (let i = 12; i < 15; i++) takes.push(await send(1, i, 'jinshahu-xl'));
  await judge(takes.slice(0, 4), { verdict: 'rejected', reason: 'face' });
  await judge([takes[9]], { verdict: 'rejected', reason: 'hand' });
  await judge(takes.slice(4, 6), { verdict: 'shortlisted' });
  await tell(`/shots/${shots[0].id}/pick`, { take_id: takes[5].id });
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

async function send(shot, seed, model) {
  const text = a1111(`追光 ${seed}`, String(seed + 1)).replace('jinshahu-xl', model);
  const answer = await page.request.post(`/api/v1/shots/${shots[shot].id}/files?name=s${seed}.png`, {
    data: png(90, 160, seed, { parameters: text }),
    headers: { 'Content-Type': 'application/octet-stream' },
  });
  assert.ok(answer.ok(), await answer.text());
  return (await answer.json()).takes[0];
}

const judge = (list, mark) => tell('/verdicts', { takes: list.map((x) => x.id), ...mark });

async function open(more = '', lang = 'zh-CN') {
  await boss.context.addCookies([{ name: 'chouka_lang', value: lang, url: desk.at }]);
  await page.goto(`/titles/${title}/funnel${more}`);
}

/** The rows of a table by its name, as text. */
async function rows(name) {
  const table = page.getByRole('table', { name, exact: true });
  await table.waitFor();
  return table
    .locator('tbody tr, tfoot tr')
    .evaluateAll((all) => all.map((r) => [...r.children].map((c) => c.textContent.trim())));
}

const clean = () => assert.deepEqual(boss.faults.splice(0), []);

test('says how far the takes came, with n beside every rate and the formula where it stands', async () => {
  await open();
  const stages = await rows('全剧：从抽出到锁定');
  assert.deepEqual(
    stages.map((r) => r.slice(0, 3)),
    [
      ['抽出', '15', '–'],
      ['看过', '7', '46%（n=15）'],
      ['入围', '2', '2/7'],
      ['选中', '1', '1/2'],
      ['锁定', '0', '0/1'],
    ],
  );
  assert.match(stages[1][3], /^(约 .+|不到 1 秒)（n=7）$/);
  await page.getByText('当前选中的候选 ÷ 全部候选 = 1 ÷ 15').waitFor();
  await page.getByText('出了当前选片的抽卡 ÷ 有结果的抽卡 = 1 ÷ 15').waitFor();
  clean();
});

test('tables of reasons go by the head that is pressed, and the address keeps it', async () => {
  await open();
  const name = '废片原因：按模型';
  assert.deepEqual(await rows(name), [
    ['jinshahu-xl', '12', '1', '8%（n=12）', '4', '33%（n=12）', '4', '–'],
    ['=evil', '3', '0', '0/3', '1', '1/3', '–', '1'],
    ['合计', '15', '1', '6%（n=15）', '5', '33%（n=15）', '4', '1'],
  ]);
  const head = page.getByRole('table', { name }).getByRole('button', { name: '手崩' });
  await head.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/model=-r\.hand/);
  assert.deepEqual(
    (await rows(name)).map((r) => r[0]),
    ['=evil', 'jinshahu-xl', '合计'],
  );
  await page.reload();
  assert.equal((await rows(name))[0][0], '=evil');
  assert.deepEqual((await rows('废片原因：按抽卡师')).at(-1)[1], '15');
  clean();
});

test('a table leaves as a file that Excel reads and that calculates nothing', async () => {
  await open();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载表格（CSV）：废片原因：按模型' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), '金沙湖来信-漏斗-模型.csv');
  const bytes = readFileSync(await file.path());
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  assert.deepEqual(bytes.toString('utf8').slice(1).split('\r\n'), [
    '模型,抽出,选中,候选命中率,废片,脸崩,手崩',
    'jinshahu-xl,12,1,0.0833,4,4,0',
    "'=evil,3,0,0,1,0,1",
    '合计,15,1,0.0666,5,4,1',
    '',
  ]);
  clean();
});

test('leads from the title to an episode to a shot, and keeps up with what happens', async () => {
  await open();
  await page.getByRole('link', { name: '第 1 集 · 夜场' }).click();
  await page.waitForURL(/ep=/);
  assert.equal((await rows('第 1 集 · 夜场：从抽出到锁定'))[0][1], '15');
  await page.getByRole('link', { name: shots[0].label }).click();
  await page.waitForURL(/shot=/);
  const scope = `${shots[0].label}：从抽出到锁定`;
  assert.equal((await rows(scope))[0][1], '12');
  await page.getByText(/^12 抽 · /).waitFor();
  await judge([takes[10]], { verdict: 'rejected', reason: 'lips' });
  await until(
    () => rows('废片原因：按模型'),
    (all) => all.at(-1)[4] === '6',
  );
  clean();
});

test('teaches where there is nothing, and fits a phone in both languages', async () => {
  const bare = (await tell('/titles', { name: '空' })).title.id;
  await page.goto(`/titles/${bare}/funnel`);
  await page.getByText('还没有候选').waitFor();
  for (const lang of ['zh-CN', 'en']) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await open('', lang);
    await rows(lang === 'en' ? 'Reject reasons by model' : '废片原因：按模型');
    await picture(page, `funnel.${lang}`);
    await page.setViewportSize({ width: 390, height: 844 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px wider than the phone`);
    await picture(page, `funnel-phone.${lang}`);
  }
  clean();
});
