// One frame truth: the number burnt into the picture is the number shown, stored and linked, in every view. Five rates,
// frames 0, 1, 57 and the last, on a title that counts from 1001 and on one that counts from 0.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clip, frameSeen, readSeen } from './clips.mjs';
import { ask, openStudio, person, send, startBrowser, startDesk, tell, until } from './desk.mjs';

const count = 90;
const frames = [0, 1, 57, count - 1];
const rates = ['24', '25', '30000/1001', '30', '60'];
let desk, browser, boss, page;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  await page.addInitScript(`window.readSeen = ${readSeen}`);
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

/** A title that counts its frames from `first`, with a picked clip of each rate on a shot of its own. */
async function studioOf(first) {
  const title = (await tell(page, '/titles', { name: `从 ${first} 数起`, first_frame: first })).title.id;
  const episode = (await tell(page, `/titles/${title}/episodes`, { number: 1 })).id;
  const scene = (await tell(page, `/episodes/${episode}/scenes`, { place: '金沙湖大剧院' })).id;
  const shots = [];
  for (const [i, rate] of rates.entries()) {
    const shot = (await tell(page, `/scenes/${scene}/shots`, { description: rate })).id;
    const take = await send(page, shot, `${i}.mp4`, clip(i + 1, count, rate));
    const [num, den = 1] = rate.split('/').map(Number);
    assert.deepEqual([take.media.frame_num, take.media.frame_den, take.media.frames], [num, den, count], rate);
    await tell(page, `/shots/${shot}/pick`, { take_id: take.id });
    shots.push({ rate, shot, take: take.id });
  }
  return { title, episode, shots, first };
}

let linked = '';
// How long a picture may take to come to rest; one that is wrong then is a miss.
const rest = 20_000;
const label = () => page.getByTestId('frame').first().innerText();
const videoIn = (place) => page.locator(place).locator('video').first();

/** What a view shows, once it has come to rest at a frame: the label and the number in the picture. */
async function seen(place, want, first) {
  const video = videoIn(place);
  await video.waitFor();
  await until(page, async () => (await video.getAttribute('data-frame')) === String(want), Boolean, rest).catch(
    () => {},
  );
  // The clip stands right a moment before the label is written; one that stays wrong is found below.
  const text = await until(page, label, (l) => Number(l.slice(1)) === want + first, rest).catch(label);
  return { shown: Number(text.slice(1)) - first, burnt: await video.evaluate(frameSeen) };
}

const views = {
  /** The address asks for the frame; the loupe shows it. */
  async single({ title, first }, { shot, take }, frame) {
    await page.goto(`/titles/${title}/review?shot=${shot}&take=${take}&view=loupe&f=${frame}`);
    return seen('.place', frame, first);
  },
  /** In its cell of the grid the clip is brought there by keys alone. */
  async board({ title, first }, { shot, take }, frame) {
    await page.goto(`/titles/${title}/review?shot=${shot}&take=${take}`);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Space');
    await videoIn('[role=option]').waitFor();
    await page.keyboard.press(frame === count - 1 ? 'End' : 'Home');
    for (let i = 0; i < frame && frame !== count - 1; i++) await page.keyboard.press('Alt+ArrowRight');
    return seen('[role=option]', frame, first);
  },
  /** The continuous play of the episode, entered at the frame. */
  async play({ title, episode, first }, { shot }, frame) {
    await page.goto(`/titles/${title}/play?ep=${episode}&shot=${shot}&f=${frame}`);
    await page.locator('.layer.seen video').waitFor();
    const read = () => page.evaluate(() => window.readSeen());
    const said = async () => Number(/F(\d+)/.exec(await page.locator('main').innerText())?.[1]) - first;
    await until(page, async () => (await read()).frame === frame, Boolean, rest).catch(() => {});
    const shown = await until(page, said, (n) => n === frame, rest).catch(said);
    return { shown, burnt: (await read()).frame };
  },
  /** A note is written at the frame by keys; what is stored comes back by its link in the list of notes. */
  async note(studio, one, frame) {
    await views.single(studio, one, frame);
    const text = `${one.rate} 第 ${frame} 帧`;
    await page.keyboard.press('o');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type(text);
    await page.keyboard.press('Control+Enter');
    // The composer lets go of its text only when the server has it.
    await page.waitForFunction(() => document.activeElement?.value === '');
    const find = async () => (await ask(page, `/shots/${one.shot}/notes`)).items.find((n) => n.text === text);
    const stored = await until(page, find);
    await page.goto(`/titles/${studio.title}/notes`);
    const line = page.getByRole('listitem').filter({ hasText: text }).first();
    await line.waitFor();
    const listed = Number(/F(\d+)/.exec(await line.innerText())?.[1]) - studio.first;
    linked = await line.getByRole('link').first().getAttribute('href');
    return { shown: listed, burnt: stored.frame };
  },
  /** The link that stood in that list opens the picture itself. */
  async link(studio, _, frame) {
    await page.goto(linked);
    return seen('.place', frame, studio.first);
  },
};

for (const first of [1001, 0])
  test(`burnt in, shown, stored and linked are one number, counted from ${first}`, async (t) => {
    const studio = await studioOf(first);
    const wrong = [];
    let checked = 0;
    const tried = first === 1001 ? rates : ['30000/1001'];
    for (const one of studio.shots.filter((s) => tried.includes(s.rate)))
      for (const frame of frames)
        for (const [view, look] of Object.entries(views)) {
          const { shown, burnt } = await look(studio, one, frame);
          checked++;
          if (shown !== frame || burnt !== frame)
            wrong.push(`${one.rate} frame ${frame} ${view}: shown ${shown}, in the picture ${burnt}`);
        }
    assert.deepEqual(wrong, []);
    assert.deepEqual(boss.faults, []);
    t.diagnostic(
      `${checked} looks: ${tried.length} rates, frames ${frames.join(', ')}, views ${Object.keys(views).join(', ')}; no miss`,
    );
  });

test('a clip of a variable rate is said to be one', async () => {
  const title = (await tell(page, '/titles', { name: '可变帧率' })).title.id;
  const episode = (await tell(page, `/titles/${title}/episodes`, { number: 1 })).id;
  const scene = (await tell(page, `/episodes/${episode}/scenes`, {})).id;
  const shot = (await tell(page, `/scenes/${scene}/shots`, {})).id;
  const take = await send(page, shot, 'v.mp4', clip(9, 60, '25', { varies: true }));
  assert.equal(take.media.variable_rate, true);
  await page.goto(`/titles/${title}/review?shot=${shot}&view=loupe`);
  await page.getByText('可变帧率，平均').first().waitFor();
});
