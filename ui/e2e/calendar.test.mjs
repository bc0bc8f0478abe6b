// A calendar feed read by a second reader, ical.js, the one that many calendar programs are built on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import { ask, openStudio, person, startBrowser, startDesk, tell } from './desk.mjs';

let desk, browser, page;

before(async () => {
  desk = await startDesk();
  browser = await startBrowser();
  ({ page } = await person(browser, desk));
  await openStudio(page, desk);
  await page.waitForURL(desk.at + '/');
  await tell(page, '/demo', {});
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

/** read subscribes like a calendar program: without a cookie, by the address alone. */
async function read(path) {
  const answer = await fetch(`${desk.at}/api/v1${path}`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/calendar; charset=utf-8/);
  const text = await answer.text();
  for (const line of text.split('\r\n'))
    assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets: ${line}`);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((v) => new ICAL.Event(v));
  return { text, name: calendar.getFirstPropertyValue('x-wr-calname'), events };
}

test('a place is subscribed to, in both languages', async () => {
  const [place] = (await ask(page, `/locations?q=${encodeURIComponent('金沙湖')}`)).items;
  const long = '金沙湖大剧院'.repeat(12);
  const answer = await page.request.patch(`/api/v1/locations/${place.id}`, {
    data: { name: long.slice(0, 60), address: `浙江省杭州市, 钱塘区; 金沙湖\\${long}` },
    headers: { 'If-Match': `"${place.rev}"` },
  });
  assert.equal(answer.status(), 200, await answer.text());
  for (const [lang, booked] of [
    ['zh', /档期$/],
    ['en', /bookings$/],
  ]) {
    const made = await tell(page, '/feeds', { kind: 'location', object_id: place.id, lang });
    const { name, events, text } = await read(made.path);
    assert.match(name, booked);
    assert.ok(events.length > 3, text);
    for (const e of events) {
      assert.ok(e.location.includes(`, 浙江省杭州市, 钱塘区; 金沙湖\\${long}`), e.location);
      assert.ok(e.endDate.compare(e.startDate) > 0);
      assert.match(e.uid, /^[0-9a-f-]{36}@chouka$/);
    }
    assert.ok(!text.includes('000-0000'), 'a phone number');
  }
});

test('an address that was revoked reads nothing', async () => {
  const made = await tell(page, '/feeds', { kind: 'person' });
  await read(made.path);
  const answer = await page.request.delete(`/api/v1/feeds/${made.feed.id}`, {
    headers: { 'If-Match': `"${made.feed.rev}"` },
  });
  assert.equal(answer.status(), 204);
  assert.equal((await fetch(`${desk.at}/api/v1${made.path}`)).status, 404);
});
