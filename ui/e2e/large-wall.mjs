// What the pages of figures cost at size: 50 titles are out on two platforms each, then 5,000, and every release has been silent
// for months. It prints the time to the first rows of each page with many titles against few, and how many elements the page has
// then; it asserts nothing: `node e2e/large-wall.mjs`, after `make build`. TITLES=500 for less.
import { ask, openStudio, person, startBrowser, startDesk, tell } from './desk.mjs';

const few = 50;
const many = Number(process.env.TITLES ?? 5000);
const desk = await startDesk();
const browser = await startBrowser();

/** Runs so many at once. */
async function each(list, atOnce, run) {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < list.length) await run(list[next++]);
    }),
  );
}

async function fill(page, from, to) {
  const start = Date.now();
  const numbers = Array.from({ length: to - from }, (_, i) => from + i);
  await each(numbers, 32, async (i) => {
    const made = { name: `剧 ${i}`, company: `公司 ${i % 40}`, kind: i % 3 ? 'AI漫剧' : '真人', stage: 'on' };
    const title = (await tell(page, '/titles', made)).title.id;
    for (const [k, platform] of ['红果', '抖音'].entries()) {
      const release = await tell(page, `/titles/${title}/releases`, { platform, date: '2026-03-01' });
      for (const observed of ['2026-03-07', '2026-03-08']) {
        const text = String((i + 1) * 40_000 + k + Number(observed.slice(-1)));
        await tell(page, `/releases/${release.id}/readings`, {
          metric: 'plays',
          text,
          observed,
          origin: { kind: 'platform' },
        });
      }
    }
    if (i % 5 === 0)
      await tell(page, `/titles/${title}/ranks`, {
        list: '红果热播榜',
        place: 1 + (i % 100),
        date: '2026-03-08',
        origin: { kind: 'press' },
      });
  });
  console.log(`${to} titles after ${Math.round((Date.now() - start) / 1000)} s`);
}

/** The pages: an address, and what stands there once its first rows do. */
const pages = (ids) => [
  ['home', '/', 'main h1'],
  ['wall, cards', '/releases', '#wall li'],
  ['wall, table', '/releases?view=table', '#wall tbody tr'],
  ['wall, by plays', '/releases?order=plays', '#wall li'],
  ['wall, by growth', '/releases?order=yesterday', '#wall li'],
  ['health', '/releases/health', '#stale ~ .lines li'],
  ['ranks of the house', '/releases', 'section[aria-labelledby=ranks] li'],
  ['eight titles', `/releases/compare?titles=${ids}`, '[role=slider] canvas'],
  ['groups by company', '/releases/compare?by=company', 'main tbody tr'],
  ['groups by platform', '/releases/compare?by=platform', 'main tbody tr'],
  ['groups by model', '/releases/compare?by=model', 'main tbody tr'],
  ['groups by team', '/releases/compare?by=team', 'main tbody tr'],
];

async function measure(page, list) {
  const out = {};
  for (const [name, path, selector] of list) {
    const times = [];
    for (let i = 0; i < 3; i++) {
      await page.goto('about:blank');
      const start = Date.now();
      await page.goto(path, { waitUntil: 'commit' });
      await page.locator(selector).first().waitFor({ timeout: 120_000 });
      times.push(Date.now() - start);
    }
    out[name] = { ms: Math.min(...times), nodes: await page.evaluate(() => document.querySelectorAll('*').length) };
  }
  return out;
}

/** Presses for more until so many cards stand there, then narrows to a word that is in the last page. */
async function walk(page) {
  await page.goto('/releases');
  await page.locator('#wall li').first().waitFor();
  for (let i = 0; i < 5; i++) {
    const was = await page.locator('[data-board]').count();
    const start = Date.now();
    await page.getByRole('button', { name: /^(再显示|显示更多)/ }).click();
    await page.waitForFunction((n) => document.querySelectorAll('[data-board]').length > n, was);
    console.log(`more of the wall, ${was} before: ${Date.now() - start} ms`);
  }
  const search = page.getByRole('searchbox');
  await search.fill('剧 7');
  const all = page.getByRole('button', { name: /载入/ });
  const start = Date.now();
  await all.click();
  await all.waitFor({ state: 'detached', timeout: 120_000 });
  console.log(`all titles loaded to be narrowed: ${Date.now() - start} ms`);
  const typed = Date.now();
  await search.fill('剧 77');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-title]')].every((e) => e.textContent.includes('77')),
  );
  console.log(`narrowed to another word: ${Date.now() - typed} ms`);
}

try {
  const { page, faults } = await person(browser, desk, { viewport: { width: 1440, height: 900 } });
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  await fill(page, 0, few);
  const ids = (await ask(page, '/titles?limit=8')).items.map((b) => b.title.id).join(',');
  const before = await measure(page, pages(ids));
  await fill(page, few, many);
  const after = await measure(page, pages(ids));
  for (const [name, now] of Object.entries(after)) {
    const was = before[name];
    const ratio = (now.ms / was.ms).toFixed(2);
    console.log(
      `${name}: ${now.ms} ms with ${many} titles, ${was.ms} ms with ${few} (${ratio}), ${now.nodes} elements`,
    );
  }
  await walk(page);
  if (faults.length > 0) console.log(faults);
} finally {
  await browser.close();
  await desk.stop();
}
