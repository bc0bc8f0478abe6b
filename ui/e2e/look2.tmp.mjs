import { ask, openStudio, person, picture, startBrowser, startDesk } from './desk.mjs';
import { clip } from './clips.mjs';
import { a1111, png } from './files.mjs';
const desk = await startDesk();
const browser = await startBrowser();
const boss = await person(browser, desk);
const page = boss.page;
try {
await openStudio(page, desk);
await page.waitForURL(desk.at + '/');
async function tell(path, data, raw) {
  const answer = await page.request.post(`/api/v1${path}`, { data, headers: raw ? {'Content-Type':'application/octet-stream'} : {} });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
const title = (await tell('/titles', { name: '金沙湖来信', first_frame: 1001 })).title.id;
const episode = await tell(`/titles/${title}/episodes`, { number: 1 });
const scene = await tell(`/episodes/${episode.id}/scenes`, { place: '金沙湖大剧院' });
const shot = await tell(`/scenes/${scene.id}/shots`, { description: '林小满推开剧院的门，逆光里一条蛇' , size: '特写', dialogue: '林小满：这里有人吗？', milliseconds: 2500});
const shot2 = await tell(`/scenes/${scene.id}/shots`, { description: '空镜，湖面', size: '全景', milliseconds: 2000});
for (let i = 0; i < 7; i++) await tell(`/shots/${shot.id}/files?name=a${i}.png`, png(i%3===1?640:360, i%3===1?360:640, i, {parameters: a1111(`一条蛇，${'逆光'.repeat(i%2+1)}，第${i}稿, lake theatre, wide shot`, String(1000+i))}), true);
await tell(`/shots/${shot.id}/files?name=c.mp4`, clip(1, 90, 24), true);
await tell(`/shots/${shot.id}/files?name=d.mp4`, clip(2, 120, '30000/1001'), true);
const rows = (await ask(page, `/shots/${shot.id}/takes`)).items;
await tell(`/takes/${rows[7].take.id}/notes`, { text: '这一帧手指多了一根，@罗总，请重抽', frame: 57, drawing: [{tool:'arrow', colour: 0, size: 8, points: [2000,2000,500,5000,5000,500]}, {tool:'box', colour: 1, size: 6, points: [4500,4500,500,7000,6500,500]}, {tool:'text', colour: 2, size: 50, points:[2000,1500,500], text:'手崩'}] });
await tell(`/takes/${rows[7].take.id}/notes`, { text: '整条节奏偏慢' });
await tell(`/verdicts`, { takes: [rows[0].take.id, rows[1].take.id], verdict: 'rejected', reason: 'face' });
await tell(`/verdicts`, { takes: [rows[2].take.id], verdict: 'shortlisted' });
const go = async (q, name, wait=900) => { await page.goto(q); await page.getByRole('heading', {level:1}).first().waitFor(); await page.waitForTimeout(wait); await picture(page, name); };
const r = `/titles/${title}/review?shot=${shot.id}`;
for (const lang of ['zh-CN','en']) {
await boss.context.addCookies([{ name: 'chouka_lang', value: lang, url: desk.at }]);
const note = (await ask(page, `/shots/${shot.id}/notes`)).items[0];
await go(`${r}&take=${rows[7].take.id}&f=57&note=${note.id}`, `n-note.${lang}`, 1500);
await go(`${r}`, `n-grid.${lang}`);
await page.getByRole('tab').nth(2).click(); await page.waitForTimeout(600); await picture(page, `n-history.${lang}`);
if (lang==='zh-CN') await tell(`/shots/${shot.id}/pick`, { take_id: rows[7].take.id });
await go(`/titles/${title}/play?ep=${episode.id}`, `n-play.${lang}`, 1500);
await go(`/titles/${title}/funnel`, `n-funnel.${lang}`);
await go(`/titles/${title}/notes`, `n-notes.${lang}`);
await go(`/settings/keys`, `n-keys.${lang}`);
await go(`/`, `n-home.${lang}`);
}
await page.setViewportSize({width: 390, height: 844}); await go(r, 'n-390'); await go(`/titles/${title}/play?ep=${episode.id}`, 'n-play-390');
console.log(boss.faults);
} finally { await browser.close(); await desk.stop(); }
