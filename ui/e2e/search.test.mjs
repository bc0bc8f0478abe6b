// The palette finds what the studio holds, by characters, pinyin and initials, and leads there by keys alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStudio, person, picture, startBrowser, startDesk, tell, until } from './desk.mjs';

let desk, browser, page;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  ({ page } = await person(browser, desk));
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  await tell(page, '/demo', {});
  await page.goto(desk.at + '/locations');
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

const box = () => page.getByRole('dialog').getByRole('combobox');

async function seek(typed) {
  // A page that has just come, or a dialog that has just closed, takes the keys a moment later.
  await until(page, async () => {
    await page.keyboard.press('Control+k');
    return box().isVisible();
  });
  await box().fill(typed);
}

const options = () => page.getByRole('dialog').getByRole('option');

test('initials lead to the theatre', async () => {
  await seek('jshdjy');
  const first = options().filter({ hasText: '金沙湖大剧院' }).first();
  await first.waitFor();
  await picture(page, 'search-zh');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/locations\//);
  await page.getByRole('heading', { name: '金沙湖大剧院' }).waitFor();
});

test('words of a script lead to its scene', async () => {
  await seek('剧院');
  await options().filter({ hasText: /^场/ }).first().waitFor();
  await box().fill('没有这样的话');
  await page.getByRole('dialog').getByRole('status').filter({ hasText: /没有/ }).waitFor();
  assert.equal(await options().count(), 0);
});

test('English, on a phone', async () => {
  await page.keyboard.press('Escape');
  await page.context().addCookies([{ name: 'chouka_lang', value: 'en', url: desk.at }]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await seek('jinsha');
  await options().filter({ hasText: '金沙湖' }).first().waitFor();
  await picture(page, 'search-en-390');
});
