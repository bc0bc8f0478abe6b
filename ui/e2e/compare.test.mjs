// Takes held against each other: champion and challenger, nine at once, clips in step, the neighbour's pick laid over, and
// nothing of where a take came from when one looks blind. What a pane shows is read from the screen itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clip, frameSeen } from './clips.mjs';
import { ask, openStudio, password, person, picture, send, startBrowser, startDesk, tell, until } from './desk.mjs';
import { a1111, png } from './files.mjs';
import { calm } from './steady.mjs';

const count = 96;
let desk, browser, boss, page, operator, title, scene, stills, clips, before1;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell(page, '/titles', { name: '金沙湖来信', first_frame: 1001 })).title.id;
  const episode = (await tell(page, `/titles/${title}/episodes`, { number: 1 })).id;
  scene = (await tell(page, `/episodes/${episode}/scenes`, { place: '金沙湖大剧院' })).id;
  const { token } = await tell(page, '/invites', { name: '林小满', title_id: title, role: 'operator' });
  operator = await person(browser, desk);
  await tell(operator.page, '/join', { token, name: '林小满', login: 'lin', password });

  before1 = (await tell(page, `/scenes/${scene}/shots`, { size: '全景' })).id;
  clips = (await tell(page, `/scenes/${scene}/shots`, { size: '特写', description: '九条同看' })).id;
  stills = (await tell(page, `/scenes/${scene}/shots`, { size: '特写', description: '横竖混排' })).id;
  const neighbour = await send(page, before1, 'neighbour.mp4', clip(77, 48, 24));
  await tell(page, `/shots/${before1}/pick`, { take_id: neighbour.id });
  for (let i = 1; i <= 9; i++) await send(operator.page, clips, `secret-file-${i}.mp4`, clip(i, count, 24));
  for (let i = 0; i < 9; i++) {
    const size = i % 3 === 1 ? [320, 180] : [180, 320];
    const texts = { parameters: a1111(`林小满，${'逆光'.repeat(1 + (i % 2))}，第 ${i} 稿`, String(1000 + i)) };
    await send(operator.page, stills, `secret-file-${i}.png`, png(...size, i, texts));
  }
  await until(page, async () => (await ask(page, '/work')).pending === 0, Boolean, 60_000);
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

async function open(shot, more) {
  await page.goto(`/titles/${title}/review?shot=${shot}${more}`);
  await page.locator('.pane:not(.away), [role=option]').first().waitFor();
}

const ready = (n) =>
  page.waitForFunction(
    (want) => [...document.querySelectorAll('.pane:not(.away) video')].filter((v) => v.readyState >= 2).length >= want,
    n,
  );
const frames = () =>
  page.evaluate(
    `[...document.querySelectorAll('.pane:not(.away) video')].map(${frameSeen})`, // what the pictures say, not any clock
  );

test('champion against challenger takes one key for each of the others', async () => {
  await open(stills, '&view=compare');
  const names = () => page.locator('.tag').allInnerTexts();
  await page.locator('.tag').nth(1).waitFor();
  assert.match((await names()).join(' '), /A 擂主\s*1.*B 挑战\s*2/s);
  let keys = 0;
  for (; (await page.locator('.tag').count()) > 1; keys++) await page.keyboard.press('Enter');
  assert.equal(keys, 8, 'nine takes need eight keys');
  assert.match((await names()).join(' '), /A 擂主\s*9/s);
  await page.keyboard.press('P');
  await until(page, async () => (await ask(page, `/shots/${stills}`)).shot.pick?.number === 9);
  await page.keyboard.press('Control+z');
  await until(page, async () => !(await ask(page, `/shots/${stills}`)).shot.pick);
});

test('what differs stands under the pictures, word by word', async () => {
  const rows = (await ask(page, `/shots/${stills}/takes`)).items;
  await open(stills, `&view=compare&a=${rows[0].take.id}&take=${rows[1].take.id}`);
  const facts = page.getByRole('region', { name: '参数差异' });
  await facts.getByText('种子').waitFor();
  assert.equal(await facts.locator('ins').first().innerText(), '逆光');
  await page.keyboard.press('t');
  await facts.waitFor({ state: 'detached' });
  await page.keyboard.press('t');
});

test('held, the champion stands in the place of the challenger at once, and nothing blank between', async () => {
  await open(clips, '&view=compare');
  await ready(2);
  const right = await page.locator('.corner.challenger').boundingBox();
  const middle = { x: right.x + right.width / 2, y: right.y + right.height / 2 };
  const at = () =>
    page.evaluate(({ x, y }) => {
      const found = document.elementsFromPoint(x, y).find((e) => e instanceof HTMLVideoElement);
      return [found?.closest('.corner')?.classList.contains('champion'), found?.readyState >= 2];
    }, middle);
  assert.deepEqual(await at(), [false, true]);
  await page.evaluate(() => {
    window.blank = 0;
    const look = () => {
      for (const v of document.querySelectorAll('.corner:not(.away) video')) if (v.readyState < 2) window.blank++;
      requestAnimationFrame(look);
    };
    look();
  });
  for (let i = 0; i < 10; i++) {
    await page.keyboard.down('b');
    assert.deepEqual(await at(), [true, true], 'held: the champion, with its picture');
    await page.keyboard.up('b');
    assert.deepEqual(await at(), [false, true], 'let go: the challenger, with its picture');
  }
  assert.equal(await page.evaluate(() => window.blank), 0);
  await page.keyboard.press('C');
  await page.keyboard.press('C');
  await page.getByRole('slider', { name: '分割线位置' }).fill('30');
  assert.match(await page.locator('.corner.challenger').getAttribute('style'), /inset\(0(px)? 0(px)? 0(px)? 30%\)/);
  await picture(page, 'compare-wipe.zh-CN');
  await page.keyboard.press('C');
});

test('nine clips play as one, step as one, loop as one, and one may run ahead', async (t) => {
  await open(clips, '&view=survey');
  await ready(9);
  await page.keyboard.press('Home');
  await until(page, async () => (await frames()).every((f) => f === 0));
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
  await until(page, async () => (await frames()).every((f) => f === 12));

  await page.keyboard.press('Space');
  const spread = [];
  for (let i = 0; i < 25; i++) {
    await page.waitForTimeout(100);
    const now = await frames();
    spread.push(Math.max(...now) - Math.min(...now));
  }
  await page.keyboard.press('Space');
  await until(page, async () => new Set(await frames()).size === 1);
  const sorted = spread.slice(5).sort((a, b) => a - b);
  t.diagnostic(`nine clips at 24 frames a second: spread median ${sorted[10]} frames, most ${sorted.at(-1)}`);

  await page.keyboard.press('Home');
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('q');
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('w');
  await page.getByText('F1011–1021').waitFor();
  await page.keyboard.press('Space');
  const seen = [];
  for (let i = 0; i < 15; i++) {
    await page.waitForTimeout(100);
    seen.push((await frames())[0]);
  }
  await page.keyboard.press('Space');
  assert.ok(
    seen.slice(3).every((f) => f >= 9 && f <= 22),
    `the loop left its ends: ${seen}`,
  );
  await page.keyboard.press('Q');

  await page.keyboard.press('Home');
  await page.keyboard.press('j');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Alt+ArrowRight');
  await until(page, async () => {
    const now = await frames();
    return now[1] === 3 && now.filter((f) => f === 0).length === 8;
  });
  await page.keyboard.press('ArrowRight');
  await until(page, async () => {
    const now = await frames();
    return now[1] === 4 && now.filter((f) => f === 1).length === 8;
  });
  await picture(page, 'survey.zh-CN');
});

test('places never shift while takes are judged, upright and wide ones mixed', async () => {
  await open(stills, '&view=survey');
  const places = () =>
    page.locator('.survey > li').evaluateAll((all) => all.map((e) => JSON.stringify(e.getBoundingClientRect())));
  const before = await places();
  assert.equal(before.length, 9);
  for (const key of ['x', '1', 'h', 'f', 'x', '2', 'u', '5']) await page.keyboard.press(key);
  await until(page, async () => {
    const rows = (await ask(page, `/shots/${stills}/takes`)).items;
    return rows.filter((r) => r.take.verdict === 'rejected').length === 2;
  });
  assert.deepEqual(await places(), before);
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z');
});

test('the pick of the shot before lies over the take at its last frame', async () => {
  await open(clips, '&view=loupe');
  await ready(1);
  await page.keyboard.press('D');
  const skin = page.locator('.skin video');
  await skin.waitFor();
  await until(page, async () => (await skin.evaluate(frameSeen)) === 47);
  await page.keyboard.press('Escape');
  await skin.waitFor({ state: 'detached' });
});

test('blind, nothing in the room and nothing that reaches it says who, with what, for how much or under which name', async () => {
  const secrets = /林小满|jinshahu-xl|secret-file|DPM\+\+/;
  const heard = [];
  page.on(
    'response',
    (r) => r.url().includes('/api/v1/') && !/\/(thumb|preview|original|strip)$/.test(r.url()) && heard.push(r),
  );
  await open(stills, '&view=loupe');
  await page.keyboard.press('V');
  await page.getByText('盲选：抽卡师').waitFor();
  heard.length = 0;
  for (const view of ['grid', 'loupe', 'compare', 'survey']) {
    await open(stills, `&view=${view}`);
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await calm(page);
      const html = await page.locator('.room').evaluate((e) => e.outerHTML);
      // The prompt is no secret; the name in it is the character's.
      assert.doesNotMatch(html.replaceAll('林小满，', ''), secrets, `the ${view} tells`);
    }
  }
  for (const r of heard.filter((x) => /takes|attempts|decisions/.test(new URL(x.url()).pathname)))
    assert.doesNotMatch((await r.text().catch(() => '')).replaceAll('林小满，', ''), secrets, r.url());
  await page.keyboard.press('V');
  assert.deepEqual(boss.faults, []);
});
