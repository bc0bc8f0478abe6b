// An episode played through: the picture is asked which clip and which frame it is, and the screen itself is looked at
// around every cut. Five shots: two clips of two rates, a still, a slate, and a clip in a second scene.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { clip, readSeen } from './clips.mjs';
import { ask, openStudio, person, picture, startBrowser, startDesk, tell as tellAs } from './desk.mjs';
import { png } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const words = [
  { description: '追光打在舞台中央。', dialogue: '沈枝：我回来了。' },
  { description: '她抬头。', dialogue: '沈枝：三年前你说过，金沙湖的灯不会灭，你记得吗？' },
  { description: '海报。', milliseconds: 1200 },
  { description: '风很大，城市灯火在湖面碎开。', dialogue: '沈枝：你在哪里？', milliseconds: 1000 },
  { description: '他回头。', dialogue: '顾京（OS）：三年了。' },
];
let desk, browser, boss, page, title, episode, scenes, shots, takes;

const tell = (path, data) => tellAs(page, path, data);

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell('/titles', { name: '金沙湖来信', first_frame: 1001 })).title.id;
  episode = await tell(`/titles/${title}/episodes`, { number: 1, name: '夜场' });
  scenes = [];
  for (const place of ['金沙湖大剧院', '屋顶']) scenes.push(await tell(`/episodes/${episode.id}/scenes`, { place }));
  shots = [];
  for (const [i, w] of words.entries()) shots.push(await tell(`/scenes/${scenes[i < 3 ? 0 : 1].id}/shots`, w));
  takes = {
    first: await send(0, 'a.mp4', clip(1, 36, 24)),
    second: await send(1, 'b.mp4', clip(2, 30, 30)),
    other: await send(1, 'c.mp4', clip(12, 45, 30)),
    still: await send(2, 'd.png', png(180, 320, 3)),
    last: await send(4, 'e.mp4', clip(5, 24, 24)),
  };
  for (const [shot, take] of Object.entries({ 0: 'first', 1: 'second', 2: 'still', 4: 'last' })) await pick(shot, take);
  await page.addInitScript(`window.readSeen = ${readSeen}`);
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

async function send(shot, name, data) {
  const headers = { 'Content-Type': 'application/octet-stream' };
  const answer = await page.request.post(`/api/v1/shots/${shots[shot].id}/files?name=${name}`, { data, headers });
  assert.ok(answer.ok(), await answer.text());
  return (await answer.json()).takes[0];
}

const pick = (shot, take, replaces) =>
  tell(`/shots/${shots[shot].id}/pick`, { take_id: take && takes[take].id, replaces: replaces && takes[replaces].id });

async function open(more = '', lang = 'zh-CN') {
  await boss.context.addCookies([{ name: 'chouka_lang', value: lang, url: desk.at }]);
  await page.goto(`/titles/${title}/play?ep=${episode.id}${more}`);
  await page.locator('.layer.seen').waitFor();
}

/** What is on the screen: what the picture says of itself, and what the page says of it. */
const look = () =>
  page.evaluate(() => {
    const text = (id) => document.querySelector(`[data-testid=${id}]`)?.textContent;
    return { ...window.readSeen(), label: text('label'), says: text('frame'), clock: text('clock') };
  });

/** Waits until the screen shows what is asked for; `what` names the fields of look(). */
async function shows(what) {
  for (const end = Date.now() + 20_000; ;) {
    const now = await look();
    if (Object.entries(what).every(([k, v]) => now[k] === v)) return now;
    if (Date.now() > end) assert.deepEqual(now, { ...now, ...what });
    await page.waitForTimeout(25);
  }
}
const press = (...keys) => keys.reduce((before, k) => before.then(() => page.keyboard.press(k)), Promise.resolve());
const clean = () => assert.deepEqual(boss.faults.splice(0), []);

/** Keeps every picture that the browser itself composes while `run` goes on: what a person sees, not what the page thinks. */
async function filmed(run) {
  const cdp = await boss.context.newCDPSession(page);
  const frames = [];
  cdp.on('Page.screencastFrame', ({ data, sessionId }) => {
    frames.push(data);
    cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
  });
  await cdp.send('Page.startScreencast', { format: 'jpeg', quality: 60, maxWidth: 640, maxHeight: 400 });
  await run();
  await cdp.send('Page.stopScreencast');
  await cdp.detach();
  return frames;
}

/** The lightest spot of the picture in each of the frames, 0 to 255. */
async function lightest(frames) {
  const box = await page.getByTestId('picture').boundingBox();
  const of = page.viewportSize();
  return page.evaluate(
    async ([list, b, size]) => {
      const out = [];
      for (const data of list) {
        const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes]));
        const by = bitmap.width / size.width;
        const [w, h] = [Math.floor(b.width * by) - 4, Math.floor(b.height * by) - 4];
        const canvas = new OffscreenCanvas(w, h);
        const pen = canvas.getContext('2d');
        pen.drawImage(bitmap, b.x * by + 2, b.y * by + 2, w, h, 0, 0, w, h);
        const px = pen.getImageData(0, 0, w, h).data;
        let light = 0;
        for (let i = 1; i < px.length; i += 4) light = Math.max(light, px[i]);
        out.push(light);
      }
      return out;
    },
    [frames, box, of],
  );
}

/** Plays from where it stands to the end: what the top layer showed at every turn, and what the browser composed. */
async function played() {
  await page.evaluate(() => {
    window.seen = [];
    const go = () => {
      window.seen.push(window.readSeen());
      window.turn = requestAnimationFrame(go);
    };
    go();
  });
  const frames = await filmed(async () => {
    await press('Space');
    await page.getByRole('button', { name: '暂停' }).waitFor();
    await page.getByRole('button', { name: '播放', exact: true }).waitFor({ timeout: 30_000 });
  });
  const seen = await page.evaluate(() => {
    cancelAnimationFrame(window.turn);
    return window.seen;
  });
  return { seen, light: await lightest(frames) };
}

test('plays five shots one after another, without a black picture in between', async () => {
  await open();
  await shows({ kind: 'clip', id: 1, frame: 0, says: 'F1001', clock: '0:00:00' });
  // The next picture lies ready under the one that is seen, long before the cut.
  await page.waitForFunction(() => document.querySelector('.layer:not(.seen) video')?.readyState >= 2);
  const { seen, light } = await played();
  assert.ok(seen.length > 60, `${seen.length} pictures were looked at`);
  assert.deepEqual(
    seen.filter((s) => s.black || s.kind === 'nothing'),
    [],
    'no picture is black or missing',
  );
  const order = seen.map((s) => `${s.kind} ${s.kind === 'clip' ? s.id : ''}`.trim());
  assert.deepEqual(
    order.filter((o, i) => o !== order[i - 1]),
    ['clip 1', 'clip 2', 'still', 'slate', 'clip 5'],
    'each once, in order',
  );
  for (const id of [1, 2, 5]) {
    const run = seen.filter((s) => s.id === id && s.kind === 'clip').map((s) => s.frame);
    assert.ok(run[0] <= 4, `clip ${id} begins at its start: ${run[0]}`);
    assert.ok(
      run.every((f, i) => i === 0 || f >= run[i - 1]),
      `clip ${id} never runs back: ${run}`,
    );
    assert.ok(run.at(-1) >= { 1: 32, 2: 26, 5: 23 }[id], `clip ${id} runs to its end: ${run.at(-1)}`);
  }
  const end = await shows({ kind: 'clip', id: 5, frame: 23, says: 'F1024' });
  assert.equal(end.clock, '0:05:15');
  assert.ok(light.length > 20, `${light.length} composed pictures`);
  assert.ok(Math.min(...light) > 60, `the darkest composed picture has ${Math.min(...light)}`);
  clean();
});

test('a clip that comes late leaves the last frame on the screen until it is there', async () => {
  await page.route(`**/takes/${takes.second.id}/original`, async (route) => {
    await new Promise((done) => setTimeout(done, 3500));
    await route.continue();
  });
  await open();
  await shows({ id: 1, frame: 0 });
  const { seen, light } = await played();
  await page.unroute(`**/takes/${takes.second.id}/original`);
  assert.deepEqual(
    seen.filter((s) => s.black || s.kind === 'nothing'),
    [],
  );
  const held = seen.filter((s) => s.id === 1 && s.frame === 35).length;
  assert.ok(held > 30, `the last frame stands for ${held} turns`);
  assert.ok(seen.find((s) => s.id === 2).frame <= 4, 'and the late clip begins at its start');
  assert.ok(Math.min(...light) > 60, `the darkest composed picture has ${Math.min(...light)}`);
  clean();
});

test('steps by frames over cuts in both directions, each frame by its number', async () => {
  await open();
  await shows({ id: 1, frame: 0 });
  for (let i = 0; i < 35; i++) await press('ArrowRight');
  await shows({ id: 1, frame: 35, says: 'F1036', clock: '0:01:11' });
  await press('ArrowRight');
  await shows({ id: 2, frame: 0, says: 'F1001', clock: '0:01:12' });
  await press('ArrowLeft');
  await shows({ id: 1, frame: 35, says: 'F1036' });
  await press('ArrowRight', 'ArrowRight', 'ArrowRight');
  await shows({ id: 2, frame: 2, says: 'F1003' });
  await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await shows({ id: 1, frame: 34 });
  await press('j', 'ArrowDown');
  await shows({ kind: 'still', says: '静帧', clock: '0:02:12' });
  await press('ArrowLeft');
  await shows({ id: 2, frame: 29, says: 'F1030' });
  await press('End');
  await shows({ id: 5, frame: 23, says: 'F1024' });
  await press('Shift+ArrowLeft');
  await shows({ kind: 'slate', says: '缺镜', clock: '0:04:15' });
  await press('k', 'k');
  await shows({ id: 2, frame: 0 });
  await press('Home');
  await shows({ id: 1, frame: 0 });
  clean();
});

test('is an address: shot, frame and scene come back', async () => {
  await open(`&shot=${shots[1].id}&f=17`);
  await shows({ id: 2, frame: 17, says: 'F1018' });
  await press('ArrowRight');
  await page.waitForURL(/f=18/);
  await page.reload();
  await shows({ id: 2, frame: 18 });
  await open(`&scene=${scenes[1].id}`);
  await shows({ kind: 'slate', clock: '0:00:00' });
  await page.getByLabel('范围').selectOption('');
  await shows({ kind: 'slate', clock: '0:03:16' });
  await page.getByText('缺 1 镜（0:01）').waitFor();
  clean();
});

test('the bar: blocks with their state, a pointer that scrubs, a slider for a screen reader', async () => {
  await open();
  await shows({ id: 1, frame: 0 });
  const bar = page.getByRole('slider', { name: '本集进度' });
  assert.equal(await bar.getAttribute('aria-valuetext'), 'E01-S01-001 · 已选，0:00 / 0:05');
  const box = await bar.boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 10);
  await page.locator('.tip', { hasText: 'E01-S01-002 · 已选 · 0:01' }).waitFor();
  await page.mouse.down();
  await shows({ id: 2 });
  await page.mouse.move(box.x + box.width * 0.55, box.y + 10, { steps: 4 });
  await shows({ kind: 'still' });
  await page.mouse.move(box.x + box.width * 0.7, box.y + 10, { steps: 4 });
  await page.mouse.up();
  await shows({ kind: 'slate' });
  assert.equal(await page.locator('.block.slate').count(), 1);
  await bar.focus();
  await press('Home', 'ArrowRight');
  await shows({ id: 1, frame: 1 });
  clean();
});

test('subtitles, the safe area and what phones cover', async () => {
  await open(`&shot=${shots[1].id}`);
  await shows({ id: 2, frame: 0 });
  const subtitle = page.getByTestId('subtitle');
  assert.equal(await subtitle.locator('span').count(), 2);
  assert.equal(await subtitle.innerText(), '沈枝：三年前你说过，\n金沙湖的灯不会灭，你记得吗？');
  await press('s', 'o');
  const [words, safe, caption] = await Promise.all(
    [subtitle, page.locator('.safe'), page.locator('.patch', { hasText: '剧名和文案' })].map((x) => x.boundingBox()),
  );
  assert.ok(words.y + words.height <= safe.y + safe.height + 1, 'the words end where the safe area does');
  assert.ok(safe.y + safe.height <= caption.y, 'nothing covers it');
  await page.getByText('抖音').first().waitFor();
  await picture(page, 'play-guides.zh-CN');
  for (const name of ['红果', '快手', '视频号']) {
    await press('o');
    await page.locator('.patch', { hasText: name }).waitFor();
  }
  await press('o', 's', 'c');
  assert.equal(await page.locator('.patch, .safe').count(), 0);
  await subtitle.waitFor({ state: 'detached' });
  await press('c');
  clean();
});

test('a take is tried between its neighbours, picked, and the pick taken back', async () => {
  await open(`&shot=${shots[1].id}`);
  await shows({ id: 2, frame: 0 });
  await press('t');
  const strip = page.getByRole('region', { name: 'E01-S01-002 的候选' });
  await strip.getByRole('button', { name: /第 1 条，视频，选用/ }).waitFor();
  await press('ArrowRight');
  await shows({ id: 12, frame: 0, label: 'E01-S01-002' });
  await strip.getByText('正在试放第 2 条').waitFor();
  assert.equal((await ask(page, `/shots/${shots[1].id}`)).shot.pick.number, 1, 'trying picks nothing');
  await picture(page, 'play-takes.zh-CN');
  await press('p');
  await page.getByText('E01-S01-002 已选第 2 条').first().waitFor();
  assert.equal((await ask(page, `/shots/${shots[1].id}`)).shot.pick.number, 2);
  await shows({ id: 12, label: 'E01-S01-002' });
  await press('Control+z');
  await shows({ id: 2, label: 'E01-S01-002' });
  assert.equal((await ask(page, `/shots/${shots[1].id}`)).shot.pick.number, 1);
  await press('ArrowRight', 'Escape');
  await strip.waitFor({ state: 'detached' });
  await shows({ id: 2 });
  await press('Escape');
  await page.waitForURL(new RegExp(`/review\\?shot=${shots[1].id}`));
  clean();
});

test('a pick that comes too late names the winner and replaces nothing', async () => {
  await open(`&shot=${shots[1].id}`);
  await shows({ id: 2, frame: 0 });
  await press('t', 'ArrowRight');
  await shows({ id: 12 });
  // The answer of the other producer's pick is still on its way to this page when P is pressed.
  await page.route('**/episodes/*/play', (route) => route.abort());
  const third = await send(1, 'f.mp4', clip(13, 24, 24));
  takes.third = third;
  await pick(1, 'third', 'second');
  await press('p');
  const bar = page.getByRole('alert');
  await bar.getByText(/罗总 在 .* 已选了第 3 条/).waitFor();
  assert.equal((await ask(page, `/shots/${shots[1].id}`)).shot.pick.number, 3);
  await page.unroute('**/episodes/*/play');
  await pick(1, 'second', 'third');
  await bar.getByRole('button', { name: '关闭' }).click();
  boss.faults.splice(0);
});

test('what somebody else picks is shown at once, on the same shot', async () => {
  await open(`&shot=${shots[3].id}`);
  await shows({ kind: 'slate' });
  takes.late = await send(3, 'g.mp4', clip(9, 24, 24));
  await page.getByText('1 条候选，还没选').waitFor();
  await pick(3, 'late');
  await shows({ id: 9, frame: 0, label: 'E01-S02-001' });
  await page.getByText('镜头已选齐').waitFor();
  await pick(3, undefined, 'late');
  await shows({ kind: 'slate', label: 'E01-S02-001' });
  clean();
});

test('fills the screen and leaves it by layers', async () => {
  await open(`&shot=${shots[1].id}`);
  await shows({ id: 2, frame: 0 });
  const small = await page.getByTestId('picture').boundingBox();
  await press('f');
  await page.locator('.room.full').waitFor();
  const large = await page.getByTestId('picture').boundingBox();
  assert.ok(large.height > small.height + 60, `${small.height} to ${large.height}`);
  await press('ArrowRight', 't');
  await shows({ id: 2, frame: 1 });
  await page.getByRole('region', { name: 'E01-S01-002 的候选' }).waitFor();
  await picture(page, 'play-full.zh-CN');
  await press('Escape', 'Escape');
  await page.locator('.room:not(.full)').waitFor();
  await page.waitForFunction(() => document.fullscreenElement === null);
  await shows({ id: 2, frame: 1 });
  clean();
});

test('a scene loops', async () => {
  await open(`&shot=${shots[4].id}`);
  await shows({ id: 5, frame: 0 });
  await press('l', '.', '.', '.', 'Space');
  await shows({ kind: 'slate' });
  await shows({ id: 5 });
  await press('Space');
  clean();
});

test('a file that does not come stops nothing', async () => {
  await page.route(`**/takes/${takes.second.id}/original`, (route) => route.fulfill({ status: 404 }));
  await open(`&shot=${shots[1].id}`);
  await page.getByText(/放不了/).waitFor();
  await picture(page, 'play-broken.zh-CN');
  await press('Space');
  await shows({ kind: 'still' });
  await press('Space');
  await page.unroute(`**/takes/${takes.second.id}/original`);
  boss.faults.splice(0);
});

test('a clip that only its copy can show is played once that is made', async () => {
  takes.old = await send(3, 'h.mp4', clip(7, 24, 24, 'mpeg4'));
  await pick(3, 'old');
  await open(`&shot=${shots[3].id}`);
  await shows({ kind: 'clip', frame: 0, id: 7 });
  for (let i = 0; i < 5; i++) await press('ArrowRight');
  await shows({ frame: 5, id: 7, says: 'F1006' });
  await pick(3, undefined, 'old');
  boss.faults.splice(0);
});

test('reads well in both languages and on a phone', async () => {
  for (const lang of ['zh-CN', 'en']) {
    await open('', lang);
    await shows({ id: 1, frame: 0 });
    await page.getByRole('button', { name: lang === 'en' ? 'Takes of this shot' : '本镜候选' }).click();
    await page.getByRole('region', { name: lang === 'en' ? 'Takes of E01-S01-001' : 'E01-S01-001 的候选' }).waitFor();
    await picture(page, `play.${lang}`);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    const bad = found.violations.filter((v) => ['serious', 'critical'].includes(v.impact));
    assert.deepEqual(
      bad.map((v) => `${v.id} ${v.nodes[0].target}`),
      [],
    );
    await press('Escape', 'End', 'Shift+ArrowLeft');
    await shows({ kind: 'slate' });
    await picture(page, `play-slate.${lang}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const lang of ['zh-CN', 'en']) {
    await open('', lang);
    await shows({ id: 1, frame: 0 });
    assert.ok(
      (await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0,
      `${lang} fits a phone`,
    );
    await page.getByRole('button', { name: lang === 'en' ? 'Next shot' : '下一镜' }).click();
    await shows({ id: 2, frame: 0 });
    await picture(page, `play-phone.${lang}`);
  }
  clean();
});
