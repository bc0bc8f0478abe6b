// A shoot to plan and to call: a title with a script and a place, and what every screen of it has to pass.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { importScript, openStudio, person, startBrowser, startDesk, tell } from './desk.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const draft = `《金沙湖来信》

第一集 夜场

1-1 日 内 金沙湖大剧院
人物：李丽、顾京
△一束追光打在舞台中央。
李丽：我回来了。

1-2 夜 外 大剧院屋顶
人物：李丽
△风很大，城市灯火在湖面碎开。

1-3 夜 内 后台化妆间
人物：顾京
△镜前灯一盏盏灭掉。
`;

/** A running desk with its lead signed in, a title with a script of three scenes, and 金沙湖大剧院. */
export async function openShoot() {
  const desk = await startDesk();
  const browser = await startBrowser();
  const boss = await person(browser, desk);
  await openStudio(boss.page, desk);
  await boss.page.waitForURL(desk.at + '/');
  const title = (await tell(boss.page, '/titles', { name: '金沙湖来信' })).title.id;
  await tell(boss.page, '/locations', { name: '金沙湖大剧院', address: '杭州市钱塘区金沙大道 97 号' });
  await importScript(boss.page, title, draft);
  return { desk, browser, boss, page: boss.page, title };
}

/** Ends what openShoot began. */
export async function closeShoot(shoot) {
  await shoot?.browser.close();
  assert.equal(await shoot?.desk.stop(), 0, 'the program stopped cleanly');
}

/** What axe calls serious or critical on a page, as one line each. */
export async function sound(on, what) {
  await on.evaluate(axe);
  const found = await on.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const bad = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  assert.deepEqual(
    bad.map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`),
    [],
  );
}

/** No page is wider than its screen. */
export async function fits(on, what) {
  const over = await on.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${what} is ${over} px too wide`);
}
