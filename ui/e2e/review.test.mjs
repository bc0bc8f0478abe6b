// Review with the hands on the keyboard: 36 shots of nine takes each are decided, with a reload in the middle and two
// steps back, and nothing but keys is used. How long a key took until its result was painted is measured and said.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, openStudio, person, picture, send, startBrowser, startDesk, tell, until } from './desk.mjs';
import { a1111, png } from './files.mjs';

const shotsWanted = 36;
const takesEach = 9;
// The last two of the first half are decided by nothing but a pick each.
const half = 20;
let desk, browser, boss, page, title, shots;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell(page, '/titles', { name: '金沙湖来信', first_frame: 1001 })).title.id;
  const episode = await tell(page, `/titles/${title}/episodes`, { number: 1 });
  shots = [];
  for (let s = 0; s < 6; s++) {
    const scene = await tell(page, `/episodes/${episode.id}/scenes`, { place: '金沙湖大剧院' });
    for (let i = 0; i < shotsWanted / 6; i++)
      shots.push(await tell(page, `/scenes/${scene.id}/shots`, { size: '特写' }));
  }
  let seed = 0;
  for (const shot of shots)
    await Promise.all(
      Array.from({ length: takesEach }, () => {
        const texts = { parameters: a1111(`林小满推开剧院的门，第 ${seed} 稿`, String(1000 + seed)) };
        return send(page, shot.id, `take-${seed}.png`, png(90, 160, seed++, texts));
      }),
    );
  await until(page, async () => (await ask(page, '/work')).pending === 0, Boolean, 120_000);
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

/** Measures in the page: from a key to the frame after the first change that it made in the room. */
function measure() {
  window.keyTimes = [];
  window.hopTimes = [];
  addEventListener(
    'keydown',
    (e) => {
      if (!/^[pxhfujk0-9]$/i.test(e.key)) return;
      const room = document.querySelector('.room');
      const began = performance.now();
      const watch = new MutationObserver(() => {
        watch.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => window.keyTimes.push(performance.now() - began);
          port2.postMessage(0);
        });
      });
      watch.observe(room, { subtree: true, childList: true, attributes: true, characterData: true });
      if (e.key !== 'p') return;
      const from = document.querySelector('h1')?.textContent;
      const look = () => {
        const seen = [...document.querySelectorAll('[role=option] img')];
        const there =
          document.querySelector('h1')?.textContent !== from && seen.length > 0 && seen.every((i) => i.complete);
        if (there) requestAnimationFrame(() => window.hopTimes.push(performance.now() - began));
        else if (performance.now() - began < 5000) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    true,
  );
}

const heading = () => page.locator('h1').innerText();

/** Presses keys one after another, as a person does; it counts them. */
let keys = 0;
async function press(...names) {
  for (const name of names) {
    keys++;
    await page.keyboard.press(name);
  }
}

/** Waits until the room shows another shot with its takes. */
async function onwards(before) {
  await page.waitForFunction((was) => document.querySelector('h1')?.textContent !== was, before);
  await page.getByRole('option').first().waitFor();
}

/** Decides one shot; every third is decided thoroughly. It answers how many keys a plain pick took. */
async function decide(i) {
  const was = await heading();
  const began = keys;
  if (i % 3 === 2) await press('x', '1', 'x', 'x', 'h', 'f', '4', 'k', '5');
  else await press(...Array.from({ length: i % 3 }, () => 'j'));
  await press('p');
  if (i < shotsWanted - 1) await onwards(was);
  return i % 3 === 2 ? 0 : keys - began;
}

const times = { keys: [], hops: [] };
async function collect() {
  const got = await page.evaluate(() => [window.keyTimes ?? [], window.hopTimes ?? []]);
  times.keys.push(...got[0]);
  times.hops.push(...got[1]);
}

function said(name, list) {
  const sorted = [...list].sort((a, b) => a - b);
  const part = (p) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0);
  return `${name}: n ${sorted.length}, median ${part(0.5)} ms, p95 ${part(0.95)} ms, most ${part(1)} ms`;
}

test('36 shots are decided by keys alone, with a reload in the middle and two steps back', async (t) => {
  await page.addInitScript(measure);
  await page.goto(`/titles/${title}/review`);
  await page.getByRole('option').first().waitFor();
  assert.match(await heading(), new RegExp(shots[0].label), 'the shot that waits longest opens');
  let most = 0;
  for (let i = 0; i < half; i++) most = Math.max(most, await decide(i));

  await t.test('a reload resumes where this person stopped', async () => {
    const was = await heading();
    await collect();
    await page.goto(`/titles/${title}/review`);
    await page.getByRole('option').first().waitFor();
    await page.waitForFunction((w) => document.querySelector('h1')?.textContent === w, was);
  });

  await t.test('two steps back undo two picks, also after the reload, and can be made again', async () => {
    const picked = async () => (await ask(page, `/titles/${title}`)).picked;
    await until(page, picked, (n) => n === half);
    const here = await heading();
    await page.keyboard.press('Control+z');
    await onwards(here);
    const there = await heading();
    await page.keyboard.press('Control+z');
    await onwards(there);
    await until(page, async () => (await picked()) === half - 2);
    await page.keyboard.press('Control+Shift+z');
    await page.keyboard.press('Control+Shift+z');
    await until(page, async () => (await picked()) === half);
    const queue = (await ask(page, `/review?title=${title}&limit=100`)).items;
    assert.equal(queue.length, shotsWanted - half);
    await page.goto(`/titles/${title}/review?shot=${queue[0].shot_id}`);
    await page.getByRole('option').first().waitFor();
  });

  for (let i = half; i < shotsWanted; i++) most = Math.max(most, await decide(i));
  await until(page, async () => (await ask(page, `/titles/${title}`)).picked === shotsWanted);
  await collect();
  await picture(page, 'review-decided.zh-CN');
  assert.ok(most <= 4, `a plain pick took ${most} keys`);
  assert.equal((await ask(page, `/review?title=${title}`)).items.length, 0);
  assert.deepEqual(boss.faults, []);
  t.diagnostic(`keys per plain pick, with the move to the next shot: at most ${most}`);
  t.diagnostic(said('from a key to its painted result', times.keys));
  t.diagnostic(said('from P to the next shot with all its pictures', times.hops));
});
