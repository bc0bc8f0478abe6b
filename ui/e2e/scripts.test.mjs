// A script on its way in, in the browser: every line is sorted before anything is written, the second draft says what it
// would do to each scene, nothing that was drawn is lost, and two drafts stand side by side. Then once more on a phone, in
// English and in the dark.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ask, openStudio, person, picture, send, startBrowser, startDesk, tell as tellAs, until } from './desk.mjs';
import { png } from './files.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const first = `《金沙湖来信》

第一集

1-1 夜 内 金沙湖大剧院·观众厅
人物：沈枝、顾京
△ 一束追光打在舞台中央，观众席空无一人。
沈枝：我回来了。
顾京（OS）：三年了，她还是老样子。
沈枝：这座剧院，我一天也没有忘记过。

1-2 夜 外 金沙湖大剧院·屋顶
人物：沈枝
△ 风很大，城市灯火在湖面碎开。
沈枝：你在哪里？
△ 她把信纸折成一只船，放进雨水里。

1-3 日 内 后台化妆间
人物：沈枝、林老师
林老师：今晚的票只卖出去三张。
沈枝：三张也要演。
△ 林老师把三张票根摆在镜前。

1-4 日 外 湖边栈道
人物：顾京
△ 顾京沿着栈道慢慢走，手里攥着旧信。
顾京：她不会原谅我的。
`;
// 1-1 has another line, 1-3 now stands before 1-2, 1-4 is gone, and a new scene comes last.
const second = `《金沙湖来信》

第一集

1-1 夜 内 金沙湖大剧院·观众厅
人物：沈枝、顾京
△ 一束追光打在舞台中央，观众席空无一人。
沈枝：我终于回来了。
顾京（OS）：三年了，她还是老样子。
沈枝：这座剧院，我一天也没有忘记过。

1-3 日 内 后台化妆间
人物：沈枝、林老师
林老师：今晚的票只卖出去三张。
沈枝：三张也要演。
△ 林老师把三张票根摆在镜前。

1-2 夜 外 金沙湖大剧院·屋顶
人物：沈枝
△ 风很大，城市灯火在湖面碎开。
沈枝：你在哪里？
△ 她把信纸折成一只船，放进雨水里。

1-5 晨 外 老火车站
人物：沈枝
△ 绿皮火车进站，蒸汽漫过站台。
沈枝：下一站，金沙湖。
`;
let desk, browser, boss, page, title;
const tell = (path, data) => tellAs(page, path, data);
const script = () => `/titles/${title}/script`;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  boss = await person(browser, desk);
  page = boss.page;
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  title = (await tell('/titles', { name: '金沙湖来信' })).title.id;
});

after(async () => {
  await browser?.close();
  assert.equal(await desk?.stop(), 0, 'the program stopped cleanly');
});

let broken = false;
function step(name, run) {
  test(name, async () => {
    assert.ok(!broken, 'an earlier step failed');
    broken = true;
    await run();
    broken = false;
  });
}

/** What axe calls serious or critical, as one line each. */
async function sound(p) {
  await p.evaluate(axe);
  const found = await p.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const bad = found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical');
  assert.deepEqual(
    bad.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3)}`),
    [],
  );
}

const outline = async () => (await ask(page, `/titles/${title}/outline`)).items;
const labels = async () => (await outline()).flatMap((e) => e.scenes.filter((s) => !s.archived).map((s) => s.label));

async function paste(p, text, name, words) {
  await p.goto(script());
  await p.getByRole('button', { name: words.paste }).waitFor();
  await p.keyboard.press('v');
  const dialog = p.getByRole('dialog');
  await dialog.getByLabel(words.text).fill(text);
  await dialog.getByLabel(words.name).fill(name);
  await dialog.getByRole('button', { name: words.preview }).click();
  await p.getByText(words.complete).waitFor();
}

/** The file is read again a moment after the last step by hand; until then there is nothing to compare with. */
const idle = (p) => p.getByText('点「导入」之前不会写入任何内容').waitFor();
const zh = {
  paste: /^粘贴剧本/,
  text: '剧本文字',
  name: '名称',
  preview: '预览',
  complete: '每一行都有归类',
};

step('an empty page teaches, and a refused file says what to do', async () => {
  await page.goto(script());
  await page.getByRole('heading', { name: '导入第一稿' }).waitFor();
  await page.getByRole('button', { name: '用这段试试' }).waitFor();
  await sound(page);
  await picture(page, 'scripts-empty.zh-CN');
  await page.locator('input[type=file]').setInputFiles({
    name: '旧稿.doc',
    mimeType: 'application/msword',
    buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  });
  await page.getByRole('alert').getByText('读不了「旧稿.doc」').waitFor();
  await picture(page, 'scripts-refused.zh-CN');
  await page.keyboard.press('Escape');
  await page.getByRole('alert').getByText('旧稿.doc').waitFor({ state: 'hidden' });
});

step('a pasted script: lines are corrected from the keyboard, taken back, put aside and taken up again', async () => {
  const odd = first.replace('沈枝：我回来了。', '3\t全景\t大雨\n4\t特写\t旧信\n沈枝：我回来了。');
  await paste(page, odd, '一稿', zh);
  const list = page.getByRole('listbox', { name: '剧本的每一行' });
  await page.getByText('2 行未识别').waitFor();
  await page.getByRole('button', { name: /^⚠?\s*未识别 2/ }).click();
  await list.getByRole('option', { name: /旧信/ }).click();
  const kinds = async () => (await page.getByRole('group', { name: '按类型筛选' }).innerText()).replace(/\s+/g, ' ');
  const before = await kinds();
  await page.keyboard.press('K');
  await page.getByText('选中的 2 行改为').waitFor();
  const again = page.waitForResponse((r) => r.url().endsWith('/script-preview/again'));
  await page.keyboard.press('6');
  assert.equal((await again).status(), 200);
  await page.getByText('手动更正 2 行').waitFor();
  await list.getByRole('option', { name: /字幕\/备注 手动改过.*旧信/ }).waitFor();
  await idle(page);
  await sound(page);
  await picture(page, 'scripts-preview.zh-CN');
  await page.keyboard.press('Control+z');
  await until(page, kinds, (now) => now === before);
  await idle(page);
  await page.getByRole('button', { name: /^⚠?\s*未识别 2/ }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('6');
  await page.getByText('手动更正 2 行').waitFor();
  await page.getByRole('button', { name: '先收起' }).click();
  await page.reload();
  await page.getByText('一稿.txt 预览过还没有导入').waitFor();
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByText('手动更正 2 行').waitFor();
  assert.deepEqual(await labels(), [], 'nothing is written before the import');
  await page.getByRole('button', { name: '换一个文件' }).waitFor();
  await page.getByRole('button', { name: /^导入/ }).click();
  await page.getByText('已导入第 1 版').waitFor();
  assert.deepEqual(await labels(), ['1-1', '1-2', '1-3', '1-4']);
  const version = (await ask(page, `/titles/${title}/scripts`)).items[0];
  assert.equal(version.corrections.length, 2);
});

step('the second draft says what it would do to each scene, and does just that', async () => {
  const scenes = (await outline())[0].scenes;
  const shots = [];
  for (const s of scenes) shots.push(await tell(`/scenes/${s.id}/shots`, { description: `画面 ${s.label}` }));
  await send(page, shots[3].id, 'boat.png', png(360, 640, 7));
  await paste(page, second, '二稿', zh);
  await page.getByRole('tab', { name: /^改动/, selected: true }).waitFor();
  const plan = page.getByRole('region', { name: '导入后各场的变化' });
  const row = (text) => plan.getByRole('listitem').filter({ hasText: text });
  for (const [text, tag] of [
    ['1-1 夜 内', '改文字'],
    ['1-4 日 外', '移出'],
    ['1-5 晨 外', '新增'],
  ])
    await row(text).getByText(tag, { exact: true }).waitFor();
  assert.ok((await plan.getByText('移动', { exact: true }).count()) > 0, 'the exchanged scenes moved');
  assert.match(await row('1-1 夜 内').innerText(), /待复核.*E01-S01-001/s);
  await sound(page);
  await picture(page, 'scripts-plan.zh-CN');
  await row('1-4 日 外')
    .getByRole('button', { name: /^改对应/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/1-5 晨 外/).check();
  await picture(page, 'scripts-link.zh-CN');
  await dialog.getByRole('button', { name: '对应', exact: true }).click();
  await page.getByText('手动对应 1 场').waitFor();
  await row('1-4 日 外').getByText('移出', { exact: true }).waitFor({ state: 'hidden' });
  await idle(page);
  await page.keyboard.press('Control+z');
  await row('1-4 日 外').getByText('移出', { exact: true }).waitFor();
  await page.getByLabel('版本说明').fill('改了开场，去掉湖边');
  await idle(page);
  await page.getByRole('button', { name: /^导入/ }).click();
  await page.getByText('已导入第 2 版').waitFor();
  assert.deepEqual(await labels(), ['1-1', '1-3', '1-2', '1-5']);
  const stale = (await ask(page, `/titles/${title}/shots`)).items.filter((r) => r.shot.stale).map((r) => r.shot.id);
  assert.deepEqual(stale, [shots[0].id], 'only the shot of the changed line is marked');
  assert.equal((await ask(page, `/shots/${shots[3].id}/takes`)).items.length, 1, 'what was drawn is there');
});

step('two drafts stand side by side, word by word, and the keyboard walks the changes', async () => {
  await page.getByRole('link', { name: '对比两版' }).click();
  await page.getByRole('heading', { name: '版本对比' }).waitFor();
  await page.locator('ins', { hasText: '终于' }).waitFor();
  const count = await page.getByText(/^\d+ 处改动$/).innerText();
  await page.keyboard.press('j');
  await page.getByText(`第 1 处，共 ${count.match(/\d+/)[0]} 处`).waitFor();
  await sound(page);
  await picture(page, 'scripts-compare.zh-CN');
  await page.getByLabel('只看有改动的').uncheck();
  await page.getByText('她把信纸折成一只船').first().waitFor();
});

step('a locked episode stays as it is, and an import is undone with nothing lost', async () => {
  await page.goto(`/titles/${title}/e/1`);
  await page.getByRole('button', { name: '锁定本集' }).click();
  await page.getByText('导入新稿不会改这一集').waitFor();
  await sound(page);
  await picture(page, 'scripts-locked.zh-CN');
  await paste(page, second.replace('下一站，金沙湖。', '终点站到了。'), '三稿', zh);
  await page.getByRole('group', { name: '按变化筛选' }).getByText('已锁定').waitFor();
  await page.getByRole('button', { name: '先收起' }).click();
  await page.getByRole('button', { name: '放弃' }).click();
  await page.goto(`/titles/${title}/e/1`);
  await page.getByRole('button', { name: '解锁本集' }).click();
  await page.getByRole('button', { name: '锁定本集' }).waitFor();

  await page.goto(script());
  await page.getByRole('button', { name: '第 2 版的更多操作' }).click();
  await page.getByRole('menuitem', { name: /Fountain/ }).waitFor();
  await picture(page, 'scripts-versions.zh-CN');
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: '导出 Word（.docx）' }).click();
  assert.match((await saved).suggestedFilename(), /\.docx$/);
  await page.getByRole('button', { name: '第 2 版的更多操作' }).click();
  await page.getByRole('menuitem', { name: '撤销这次导入' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click();
  await page.getByText('已撤销第 2 版的导入').waitFor();
  await page
    .getByRole('row', { name: /第 2 版/ })
    .getByText('已撤销')
    .waitFor();
  await until(page, labels, (now) => now.join() === '1-1,1-2,1-3,1-4');
  const marked = (await ask(page, `/titles/${title}/shots`)).items.filter((r) => r.shot.stale);
  assert.deepEqual(marked, []);
  await sound(page);
});

step('on a phone, in English and in the dark, it is the same', async () => {
  const state = await boss.context.storageState();
  const phone = await person(browser, desk, { storageState: state, viewport: { width: 390, height: 844 } });
  await phone.context.addCookies([
    { name: 'chouka_lang', value: 'en', url: desk.at },
    { name: 'chouka_theme', value: 'dark', url: desk.at },
  ]);
  const en = { paste: /^Paste a script/, text: 'Text of the script', name: 'Name', preview: 'Preview' };
  await paste(phone.page, second, 'Draft two', { ...en, complete: 'Every line is accounted for' });
  const fits = async (what) => {
    const over = await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${what} is ${over} px wider than the phone`);
    await sound(phone.page);
    await phone.page.evaluate(() => window.scrollTo(0, 0));
  };
  await phone.page.getByRole('tab', { name: /^Changes/ }).scrollIntoViewIfNeeded();
  await picture(phone.page, 'scripts-plan.phone.en');
  await fits('the plan');
  await phone.page.getByRole('tab', { name: /^Lines/ }).click();
  await phone.page.getByRole('toolbar', { name: 'Make it' }).scrollIntoViewIfNeeded();
  await picture(phone.page, 'scripts-preview.phone.en');
  await fits('the preview');
  await phone.page.goto(`${script()}/compare`);
  await phone.page.locator('ins', { hasText: '终于' }).scrollIntoViewIfNeeded();
  await picture(phone.page, 'scripts-compare.phone.en');
  await fits('the comparison');
  await phone.page.goto(script());
  await phone.page.getByText('Undone').first().waitFor();
  await fits('the versions');
  await picture(phone.page, 'scripts-versions.phone.en');
  assert.deepEqual([...boss.faults, ...phone.faults], []);
  await phone.context.close();
});
