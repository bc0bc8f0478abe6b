// A calendar feed read by a second reader, ical.js, the one that many calendar programs are built on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import { ask, importScript, openStudio, person, startBrowser, startDesk, tell } from './desk.mjs';

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

/** change tells the API of a change of what stands at a path, as it stands there now. */
async function change(method, path, rev, data) {
  const answer = await page.request[method](`/api/v1${path}`, { data, headers: { 'If-Match': `"${rev}"` } });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? undefined : answer.json();
}

/** Reads calendars as somebody does who has them all: one event is in one state everywhere, and none vanishes. */
async function follow(held, ...paths) {
  const states = new Map();
  const now = [];
  for (const [i, path] of paths.entries()) {
    const events = (await read(path)).events.map((e) => ({
      uid: e.uid,
      seq: e.sequence,
      status: e.component.getFirstPropertyValue('status'),
      says: e.summary,
    }));
    for (const e of events) {
      assert.equal(states.get(e.uid) ?? e.status, e.status, `${e.says}: one event in two states`);
      states.set(e.uid, e.status);
    }
    for (const was of held[i] ?? []) {
      const is = events.find((e) => e.uid === was.uid);
      assert.ok(is, `${was.says} has vanished`);
      if (is.status !== was.status) assert.ok(is.seq > was.seq, `${is.says}: ${is.seq} after ${was.seq}`);
    }
    now.push(events);
  }
  return now;
}

test('a booking that goes to another place is called off where it was, and comes back as itself', async () => {
  const title = (await tell(page, '/titles', { name: '金沙湖来信' })).title.id;
  const [from, to] = [
    await tell(page, '/locations', { name: '旧码头' }),
    await tell(page, '/locations', { name: '水塔', areas: [{ name: '塔顶' }] }),
  ];
  const start = new Date(Date.now() + 10 * 86_400_000).toISOString();
  const end = new Date(Date.now() + 10.5 * 86_400_000).toISOString();
  let b = await tell(page, '/bookings', { location_id: from.id, title_id: title, start, end, status: 'confirmed' });
  const made = [];
  for (const x of [from, to]) made.push((await tell(page, '/feeds', { kind: 'location', object_id: x.id })).path);
  made.push((await tell(page, '/feeds', { kind: 'title', object_id: title })).path);
  const seen = (held) => held.map((events) => events.map((e) => e.status).sort());
  let held = await follow([], ...made);
  const home = held[0][0].uid;
  assert.deepEqual(seen(held), [['CONFIRMED'], [], ['CONFIRMED']]);
  const there = { location_id: to.id, area_id: to.areas[0].id };
  b = await change('patch', `/bookings/${b.id}`, b.rev, there);
  held = await follow(held, ...made);
  assert.deepEqual(seen(held), [['CANCELLED'], ['CONFIRMED'], ['CANCELLED', 'CONFIRMED']]);
  b = await change('patch', `/bookings/${b.id}`, b.rev, { location_id: from.id, area_id: '' });
  held = await follow(held, ...made);
  assert.deepEqual(seen(held), [['CONFIRMED'], ['CANCELLED'], ['CANCELLED', 'CONFIRMED']]);
  assert.equal(held[0][0].uid, home, 'it is the event that it was');
  await change('patch', `/bookings/${b.id}`, b.rev, { status: 'cancelled' });
  held = await follow(held, ...made);
  assert.deepEqual(seen(held), [['CANCELLED'], ['CANCELLED'], ['CANCELLED', 'CANCELLED']]);
});

test('whoever is taken off a call sheet keeps the day as called off', async () => {
  const title = (await tell(page, '/titles', { name: '夜场' })).title.id;
  await importScript(page, title, '《夜场》\n\n第一集 夜场\n\n1-1 日 内 旧码头\n人物：李丽\n李丽：我回来了。\n');
  const date = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const day = (await tell(page, `/titles/${title}/days`, { date })).day.id;
  for (const s of (await ask(page, `/titles/${title}/days`)).pool)
    await tell(page, `/titles/${title}/strips`, { scene_id: s.scene.id, to: day, at: 0, reason: '场地口头答应了' });
  const { sheet } = await tell(page, `/days/${day}/callsheet`, {});
  await change('post', `/callsheets/${sheet.id}/issue`, sheet.rev, { note: '' });
  const me = (await ask(page, '/session')).person.id;
  const put = async () =>
    (await tell(page, `/callsheets/${sheet.id}/recipients`, { name: '', person_id: me })).recipient.id;
  const mine = (await tell(page, '/feeds', { kind: 'person' })).path;
  const whole = (await tell(page, '/feeds', { kind: 'title', object_id: title })).path;
  const shoot = (held) => held.map((events) => events.filter((e) => e.says.includes('《夜场》')).map((e) => e.status));
  let id = await put();
  let held = await follow([], mine, whole);
  assert.deepEqual(shoot(held), [['CONFIRMED'], ['CONFIRMED']]);
  const off = await page.request.delete(`/api/v1/callsheets/${sheet.id}/recipients/${id}`);
  assert.equal(off.status(), 204);
  held = await follow(held, mine, whole);
  assert.deepEqual(shoot(held), [['CANCELLED'], ['CONFIRMED']], 'off for one, on for the title');
  id = await put();
  held = await follow(held, mine, whole);
  assert.deepEqual(shoot(held), [['CONFIRMED'], ['CONFIRMED']]);
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
