// Keys in a real browser: under a Chinese input method, inside fields and outside, and as a person sets them for themself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, openDemo, person, picture, startBrowser, startDesk, until } from './desk.mjs';

let desk, browser, boss, page, cdp, review;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openDemo(page, desk);
  const making = (await ask(page, '/titles')).items.find((b) => b.title.code === 'JCJZ').title.id;
  const queue = (await ask(page, `/review?title=${making}`)).items;
  const shot = queue.reduce((most, r) => (r.takes > most.takes ? r : most)).shot_id;
  review = `/titles/${making}/review?shot=${shot}`;
  cdp = await boss.context.newCDPSession(page);
});

after(async () => {
  await browser?.close();
  await desk?.stop();
});

/** A press as an input method lets the page see it: the key itself is hidden, its place is told. */
async function press(code, { key = 'Process', vk = 229, modifiers = 0, autoRepeat = false } = {}) {
  const event = { code, key, windowsVirtualKeyCode: vk, modifiers };
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', autoRepeat, ...event });
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}

/** Types pinyin into whatever has the focus, letter by letter, as Chromium does while an input method composes. */
async function compose(pinyin) {
  for (let n = 1; n <= pinyin.length; n++) {
    await press(`Key${pinyin[n - 1].toUpperCase()}`);
    const at = { selectionStart: n, selectionEnd: n };
    await cdp.send('Input.imeSetComposition', { text: pinyin.slice(0, n), ...at });
  }
}

const current = () => page.getByRole('listbox').first().getAttribute('aria-activedescendant');

async function openReview() {
  await page.goto(review);
  await page.getByRole('option').nth(1).waitFor();
}

test('composing 张伟 in a field works no key, and the Enter that takes the word submits nothing', async () => {
  await page.goto('/titles');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel('剧名');
  await field.focus();
  await compose('zhangwei');
  await press('Enter');
  await press('Enter', { key: 'Enter' });
  await cdp.send('Input.insertText', { text: '张伟' });
  assert.equal(await field.inputValue(), '张伟');
  assert.ok(await dialog.isVisible(), 'the form is still open');
  await page.keyboard.press('Escape');

  // The browser hides a dialog a frame before the page hears of it, which then gives the keys back and empties it.
  await page.locator('dialog').getByLabel('剧名').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  const find = page.getByRole('combobox');
  await find.focus();
  await compose('gui');
  await press('Enter');
  await press('ArrowDown');
  await cdp.send('Input.insertText', { text: '上线' });
  await press('Enter', { key: 'Enter' });
  assert.equal(await find.inputValue(), '上线');
  assert.equal(new URL(page.url()).pathname, '/titles', 'no way was taken');
  await page.getByRole('option', { name: /^上线/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/releases');
  assert.deepEqual(boss.faults, []);
});

test('outside fields an input method hides no key', async () => {
  await openReview();
  const first = await current();
  await press('KeyJ');
  await until(page, async () => (await current()) !== first);
  await press('KeyK');
  await until(page, async () => (await current()) === first);
  await press('KeyE');
  await page.waitForURL(/view=loupe/);
  await press('KeyG');
  await page.waitForURL((u) => !u.search.includes('view='));
  await press('Slash', { key: '？', vk: 191, modifiers: 8 });
  await page.getByRole('dialog', { name: '快捷键' }).waitFor();
  await page.keyboard.press('Escape');
  // The legend is drawn from the keys in force: they are the room's again once it is back.
  await page.locator('.legend').getByText('选用').waitFor();
  await press('KeyG');
  await press('ShiftLeft', { modifiers: 8 });
  await press('KeyT');
  await page.waitForURL(desk.at + '/');
  assert.deepEqual(boss.faults, []);
});

test('what is composed outside fields goes nowhere, and a held key judges once', async () => {
  await openReview();
  const takes = async () => (await ask(page, `/shots/${new URL(page.url()).searchParams.get('shot')}/takes`)).items;
  const judged = async () => (await takes()).filter((t) => t.take.verdict === 'shortlisted').length;
  const before = await judged();
  await cdp.send('Input.insertText', { text: '张伟' });
  await press('KeyX');
  await page.getByText('为什么是废片').waitFor();
  await page.keyboard.press('Escape');
  const unseen = (await takes()).find((t) => t.take.verdict !== 'shortlisted').take.id;
  await page.goto(`${review}&take=${unseen}`);
  await page.getByRole('option').nth(1).waitFor();
  await press('KeyH');
  for (let i = 0; i < 20; i++) await press('KeyH', { autoRepeat: true });
  // Marks reach the server one after another, so that these stars come after all that the held key did.
  await press('Digit5');
  await until(page, async () => (await takes()).some((t) => t.take.stars === 5));
  assert.equal(await judged(), before + 1);
  assert.deepEqual(boss.faults, []);
});

test('a person moves a key, and it holds after a reload, in the hints and in the help', async () => {
  await page.goto('/settings/keys');
  const line = page.getByRole('listitem').filter({ hasText: /^大图/ });
  await line.getByRole('button', { name: /的按键 e$/ }).click();
  await press('KeyE', { modifiers: 8 });
  await page.getByText('「大图」改为 E').waitFor();
  await picture(page, 'keys.zh-CN');
  await openReview();
  assert.deepEqual((await ask(page, '/my/prefs')).keys, { 'review.loupe': ['E'] });
  await page.locator('.legend').getByText('大图').waitFor();
  assert.match(await page.locator('.legend li').filter({ hasText: '大图' }).innerText(), /^E\s/);
  await page.keyboard.press('e');
  await press('KeyE', { modifiers: 8 });
  await page.waitForURL(/view=loupe/);
  await page.keyboard.press('g');
  const other = await person(browser, desk, { storageState: await boss.context.storageState() });
  await other.page.addInitScript(() => localStorage.removeItem('chouka.keys'));
  await other.page.goto(review);
  await other.page
    .locator('.legend li')
    .filter({ hasText: /^E\s*大图/ })
    .waitFor();
  await other.context.close();
  assert.deepEqual(boss.faults, []);
});

test('a key that is taken is swapped, shared or left, by choice; reserved ones are refused', async () => {
  await page.goto('/settings/keys');
  const line = (name) => page.getByRole('listitem').filter({ hasText: new RegExp(`^${name}`) });
  const ask_ = (name, key) =>
    line(name)
      .getByRole('button', { name: new RegExp(`的按键 ${key}$`) })
      .first()
      .click();
  await ask_('选用', 'p');
  await page.keyboard.press('Tab');
  await page.getByText('Tab 用来在页面上移动焦点').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Enter 用来确认').first().waitFor();
  await page.keyboard.press('o');
  const doubt = page.getByRole('group', { name: '按键冲突' });
  await doubt.getByText('o 已用于「写批注」（批注）').waitFor();
  await picture(page, 'keys-doubt.zh-CN');
  await doubt.getByRole('button', { name: '取消' }).click();
  assert.deepEqual((await ask(page, '/my/prefs')).keys, { 'review.loupe': ['E'] });
  await ask_('选用', 'p');
  await page.keyboard.press('o');
  await doubt.getByRole('button', { name: '交换' }).click();
  await page.getByText('「选用」改为 o').waitFor();
  assert.deepEqual((await ask(page, '/my/prefs')).keys, {
    'review.loupe': ['E'],
    'review.pick': ['o'],
    'notes.write': ['p'],
  });
  await page.keyboard.press('Control+z');
  await page.getByText('已撤销：「选用」改为 o').waitFor();
  assert.deepEqual((await ask(page, '/my/prefs')).keys, { 'review.loupe': ['E'] });
  await ask_('选用', 'p');
  await page.keyboard.press('Backspace');
  await page.getByText('「选用」不再有按键').waitFor();
  await line('选用')
    .getByRole('button', { name: /^没有按键/ })
    .click();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await doubt.getByText('g p 已用于').waitFor();
  await doubt.getByRole('button', { name: '都保留' }).click();
  await line('选用').getByText('用同一按键').waitFor();
  await page.getByRole('button', { name: '全部恢复默认' }).click();
  await page.getByText('快捷键已全部恢复默认').waitFor();
  assert.deepEqual((await ask(page, '/my/prefs')).keys, {});
  await openReview();
  await page.keyboard.press('e');
  await page.waitForURL(/view=loupe/);
  assert.deepEqual(boss.faults, []);
});
