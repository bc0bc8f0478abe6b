// What the review room costs at size: a board of 200 takes and a queue of 10,000 shots are scrolled, 500 shots are gone
// through. It prints frames and memory and asserts nothing: `node e2e/large.mjs`, after `make build`. SHOTS=1000 for less.
import { ask, openStudio, person, send, startBrowser, startDesk, tell, until } from './desk.mjs';
import { png } from './files.mjs';

const many = Number(process.env.SHOTS ?? 10_000);
const walked = Math.min(500, many);
const desk = await startDesk();
const browser = await startBrowser();

/** Runs so many at once. */
async function each(list, atOnce, run) {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < list.length) await run(list[next++], next);
    }),
  );
}

/** Uploads at the pace that the desk allows one person. */
async function push(page, shot, name, data) {
  for (;;)
    try {
      return await send(page, shot, name, data);
    } catch (cause) {
      if (!/: 429 /.test(cause.message)) throw cause;
      await page.waitForTimeout(1000);
    }
}

/** Scrolls an element by hand for some seconds and gives what the frames were like. */
function scroll([selector, step, seconds]) {
  const box = [...document.querySelectorAll(selector)].find((e) => e.scrollHeight > e.clientHeight + 10);
  return new Promise((done) => {
    const times = [];
    let last = performance.now();
    const end = last + seconds * 1000;
    const turn = (now) => {
      times.push(now - last);
      last = now;
      box.scrollTop += step;
      if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) box.scrollTop = 0;
      if (now < end) requestAnimationFrame(turn);
      else {
        const sorted = [...times.slice(2)].sort((a, b) => a - b);
        const late = sorted.filter((t) => t > 25).length;
        const at = (p) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]);
        done({ frames: sorted.length, late, p50: at(0.5), p95: at(0.95), longest: at(1) });
      }
    };
    requestAnimationFrame(turn);
  });
}

const tellFrames = (name, f) =>
  console.log(
    `${name}: ${f.frames} frames, ${f.late} later than 25 ms (${Math.round((100 * f.late) / f.frames)} %), median ${f.p50} ms, p95 ${f.p95} ms, longest ${f.longest} ms`,
  );

try {
  const { page, context, faults } = await person(browser, desk, { viewport: { width: 1440, height: 900 } });
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  const title = (await tell(page, '/titles', { name: '一万个镜头' })).title.id;
  const episode = (await tell(page, `/titles/${title}/episodes`, { number: 1 })).id;
  const shots = [];
  for (let left = many; left > 0; left -= 1000) {
    const scene = (await tell(page, `/episodes/${episode}/scenes`, {})).id;
    const lines = Array.from({ length: Math.min(1000, left) }, (_, i) => `${i + 1}\t画面 ${i + 1}`);
    await tell(page, `/scenes/${scene}/shot-table`, { text: ['镜号\t画面', ...lines].join('\n') });
    shots.push(...(await ask(page, `/scenes/${scene}/shots`)).items.map((r) => r.shot.id));
  }
  await each(shots, 8, (shot, i) => push(page, shot, `${i}.png`, png(18, 32, i)));
  await each(Array.from({ length: 199 }), 8, (_, i) => push(page, shots[0], `big-${i}.png`, png(180, 320, i)));
  for (const shot of shots.slice(1, walked)) await push(page, shot, 'b.png', png(180, 320, 7));
  await until(page, async () => (await ask(page, '/work')).pending === 0, Boolean, 600_000);

  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  const metrics = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics: list } = await cdp.send('Performance.getMetrics');
    const value = (name) => list.find((m) => m.name === name)?.value ?? 0;
    return { heap: value('JSHeapUsedSize') / 1e6, nodes: value('Nodes'), listeners: value('JSEventListeners') };
  };

  await page.goto(`/titles/${title}/review?shot=${shots[0]}`);
  await page.getByRole('option').first().waitFor();
  await until(
    page,
    async () => /^待选镜头 [\d,]+$/.test(await page.locator('nav h2').first().innerText()),
    Boolean,
    120_000,
  );
  tellFrames('a board of 200 takes, 30 px a frame', await page.evaluate(scroll, ['[role=listbox]', 30, 6]));
  tellFrames('a board of 200 takes, 300 px a frame', await page.evaluate(scroll, ['[role=listbox]', 300, 4]));
  tellFrames(`a queue of ${many} shots, 30 px a frame`, await page.evaluate(scroll, ['nav *', 30, 6]));
  tellFrames(`a queue of ${many} shots, 600 px a frame`, await page.evaluate(scroll, ['nav *', 600, 6]));
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  console.log(`elements on the page after that: ${nodes}`);

  await page.goto(`/titles/${title}/review?shot=${shots[1]}`);
  await page.getByRole('option').first().waitFor();
  const rows = [['before', await metrics()]];
  for (let i = 1; i <= walked; i++) {
    const was = await page.locator('h1').innerText();
    await page.keyboard.press(i % 10 === 0 ? 'e' : i % 10 === 1 ? 'g' : 'j');
    await page.keyboard.press('n');
    await page.waitForFunction((w) => document.querySelector('h1')?.textContent !== w, was);
    if (i === 50 || i === 250 || i === walked) rows.push([`after ${i} shots`, await metrics()]);
  }
  for (const [when, m] of rows)
    console.log(`${when}: heap ${m.heap.toFixed(1)} MB, ${m.nodes} nodes, ${m.listeners} listeners`);
  if (faults.length > 0) console.log(faults);
} finally {
  await browser.close();
  await desk.stop();
}
