import { openStudio, person, startBrowser, startDesk } from './desk.mjs';
const desk = await startDesk(); const browser = await startBrowser();
const boss = await person(browser, desk);
boss.page.on('console', (m) => { if (m.type()==='error') console.log(m.text().slice(0,1500)); });
boss.page.on('pageerror', (e) => console.log('PE', e.message.slice(0,1500)));
await boss.page.goto(desk.link);
await boss.page.waitForTimeout(3000);
console.log(await boss.page.locator('body').innerText());
await browser.close(); await desk.stop();
