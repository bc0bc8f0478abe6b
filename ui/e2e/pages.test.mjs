// Every page of the demonstration studio in both languages and both lights:
// nothing serious for people who use a keyboard or a screen reader, nothing
// that the content policy reports, nothing in the console.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, openDemo, person, picture, startBrowser, startDesk, tell } from './desk.mjs';
import { settled } from './steady.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let desk, browser, state, routes;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  const { page, context } = await person(browser, desk);
  await openDemo(page, desk);
  await page.getByText('娇藏京枝').first().waitFor();
  state = await context.storageState();
  const titles = (await ask(page, '/titles')).items.map((b) => b.title);
  const making = titles.find((t) => t.code === 'JCJZ').id;
  const on = titles.find((t) => t.code === 'WPS').id;
  const rows = (await ask(page, `/titles/${making}/shots`)).items;
  const shot = rows.reduce((most, r) => (r.takes > most.takes ? r : most)).shot.id;
  const episode = rows[0].shot.episode_id;
  const attempt = (await ask(page, `/shots/${shot}/attempts?limit=1`)).items[0].attempt.id;
  const sheet = (await ask(page, `/titles/${making}/references`)).items[0].id;
  const place = (await ask(page, '/locations')).items[0].id;
  const plan = await ask(page, `/titles/${making}/days`);
  const day = plan.days[0]?.day ?? (await tell(page, `/titles/${making}/days`, { date: '2027-03-01' })).day;
  if (!plan.days[0]?.scenes.length) {
    const move = { scene_id: plan.pool[0].scene.id, to: day.id, at: 0, reason: '场地已口头答应' };
    await tell(page, `/titles/${making}/strips`, move);
  }
  const opened = await tell(page, `/days/${day.id}/callsheet`);
  const issue = { data: {}, headers: { 'If-Match': `"${opened.sheet.rev}"` } };
  if (opened.sheet.issued === 0) await page.request.post(`/api/v1/callsheets/${opened.sheet.id}/issue`, issue);
  const { secret } = await tell(page, `/callsheets/${opened.sheet.id}/recipients`, { name: '周小满' });
  routes = {
    home: '/',
    titles: '/titles',
    title: `/titles/${making}`,
    script: `/titles/${making}/script`,
    compare: `/titles/${making}/script/compare`,
    episode: `/titles/${making}/e/1`,
    board: `/titles/${making}/e/1/board`,
    tables: `/titles/${making}/tables`,
    breakdown: `/titles/${making}/breakdown`,
    'breakdown-scenes': `/titles/${making}/breakdown?view=scenes`,
    references: `/titles/${making}/references`,
    sheet: `/titles/${making}/references/${sheet}`,
    shots: `/titles/${making}/shots`,
    shot: `/titles/${making}/shots/${shot}`,
    draw: `/draw?shot=${shot}`,
    inspector: `/draw?shot=${shot}&attempt=${attempt}`,
    records: `/draw?shot=${shot}&attempt=${attempt}&tab=raw`,
    review: `/titles/${making}/review?shot=${shot}`,
    play: `/titles/${making}/play?ep=${episode}`,
    funnel: `/titles/${making}/funnel`,
    'funnel-episode': `/titles/${making}/funnel?ep=${episode}`,
    'funnel-shot': `/titles/${making}/funnel?shot=${shot}`,
    notes: `/titles/${making}/notes`,
    members: `/titles/${making}/members`,
    places: `/titles/${making}/places`,
    days: `/titles/${making}/days`,
    callsheet: `/callsheets/${opened.sheet.id}`,
    'callsheet-mine': `/callsheets/${opened.sheet.id}/mine`,
    call: `/call/${secret}`,
    locations: '/locations',
    'locations-wall': '/locations?view=wall',
    'locations-map': '/locations?view=map&near=30.31,120.35&within=5',
    location: `/locations/${place}`,
    schedule: '/schedule',
    'schedule-day': '/schedule?view=day',
    'schedule-month': '/schedule?view=month',
    'schedule-import': '/schedule/import',
    releases: '/releases',
    'releases-table': '/releases?view=table',
    'releases-health': '/releases/health',
    'releases-import': '/releases/import',
    imports: '/imports',
    'imports-names': '/imports/names',
    figures: `/titles/${on}/releases`,
    'figures-ranks': `/titles/${on}/releases?part=ranks`,
    'figures-return': `/titles/${on}/releases?part=return`,
    'figures-table': `/titles/${on}/releases?as=table`,
    'compare-titles': `/releases/compare?titles=${titles
      .map((t) => t.id)
      .slice(0, 8)
      .join()}`,
    'compare-none': '/releases/compare',
    'compare-groups': '/releases/compare?by=platform',
    people: '/people',
    settings: '/settings',
    keys: '/settings/keys',
    tokens: '/settings?tab=tokens',
    work: '/settings?tab=work',
    activity: '/activity',
    missing: '/no-such-page',
  };
  await context.close();
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

/** What axe calls serious or critical, as one line each. */
async function serious(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map(
      (v) =>
        `${v.id}: ${v.nodes
          .map((n) => n.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    );
}

for (const language of ['zh-CN', 'en'])
  for (const theme of ['light', 'dark'])
    test(`every page is sound in ${language}, ${theme}`, async () => {
      const p = await person(browser, desk, { storageState: state });
      await p.context.addCookies([
        { name: 'chouka_lang', value: language, url: desk.at },
        { name: 'chouka_theme', value: theme, url: desk.at },
      ]);
      const wrong = [];
      for (const [name, path] of Object.entries(routes)) {
        await p.page.goto(path);
        await p.page.getByRole('heading', { level: 1 }).first().waitFor();
        await settled(p.page);
        if ((await p.page.locator('html').getAttribute('lang')) !== language) wrong.push(`${name}: not in ${language}`);
        wrong.push(
          ...(await serious(p.page)).map((w) => `${name}: ${w}`),
          ...p.faults.splice(0).map((f) => `${name}: ${f}`),
        );
        if (theme === 'light' || name === 'home')
          await picture(p.page, `${name}.${language}${theme === 'dark' ? '.dark' : ''}`);
      }
      await p.context.close();
      assert.deepEqual(wrong, []);
    });

test('places fit a phone', async () => {
  const p = await person(browser, desk, { storageState: state, viewport: { width: 390, height: 844 } });
  for (const name of ['home', 'releases', 'locations', 'location', 'schedule', 'places', 'days', 'callsheet', 'call']) {
    await p.page.goto(routes[name]);
    await p.page.getByRole('heading', { level: 1 }).first().waitFor();
    const over = await p.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${name} is ${over} px wider than the phone`);
  }
  assert.deepEqual(p.faults, []);
  await p.context.close();
});

test('a title that one may not see is said to be missing, and the way back is shown', async () => {
  const p = await person(browser, desk, { storageState: state });
  await p.page.goto('/titles/01900000-0000-7000-8000-000000000000');
  await p.page.getByText('没有这个剧目').waitFor();
  assert.deepEqual(p.faults, []);
  await p.context.close();
});
