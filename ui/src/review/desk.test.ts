import { render, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aShot, aTake } from '../attempts/testing';
import { setMe, type Me } from '../lib/session.svelte';
import type { Desk } from './desk.svelte';
import type { Take } from './names';
import type { Stage } from './stage.svelte';
import Room from './testing.Room.svelte';

interface Sent {
  url: string;
  body: Record<string, unknown>;
}

/** A server of one shot, only as wide as these tests. */
const server = {
  takes: [] as Take[],
  pick: undefined as object | undefined,
  refuse: false,
  lost: 0,
  covered: '',
  sent: [] as Sent[],
  acts: [] as Take[][],
};

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

function shotNow() {
  return { ...aShot().shot, state: server.pick ? 'picked' : 'to_review', pick: server.pick };
}

function pickNow(body: Record<string, unknown>): Response {
  if (server.refuse) {
    server.refuse = false;
    server.pick = { take_id: 'k3', number: 3, by: 'p2', by_name: '王制片', at: '2026-03-06T06:32:00Z' };
    return answer({ code: 'pick.taken', status: 409, title: 'Conflict', detail: '王制片已选了第 3 条' }, 409);
  }
  const take = server.takes.find((x) => x.id === body.take_id);
  server.pick = take && {
    take_id: take.id,
    number: take.number,
    by: 'p1',
    by_name: '李丽',
    at: '2026-03-06T06:32:00Z',
  };
  return answer(shotNow());
}

function judged(body: Record<string, unknown>): Response {
  const { takes, ...mark } = body as { takes: string[] };
  server.acts.push(server.takes.filter((x) => takes.includes(x.id)));
  server.takes = server.takes.map((x) => (takes.includes(x.id) ? { ...x, ...mark } : x));
  return answer({ items: server.takes.filter((x) => takes.includes(x.id)) });
}

/** undone puts the takes of the last act back as they were. */
function undone(): Response {
  const takes = server.acts.pop();
  if (!takes) return answer({ code: 'undo.nothing', status: 409, title: 'Conflict', detail: '没有可撤销的操作' }, 409);
  const params = { label: 'E01-S01-001', number: String(takes[0]!.number), n: String(takes.length), verdict: 'usable' };
  const act = { verb: 'take.judged', shot_id: 's1', params };
  if (server.covered) return answer({ act, takes: [], skipped: takes.length, changed: { by_name: server.covered } });
  server.takes = server.takes.map((x) => takes.find((b) => b.id === x.id) ?? x);
  return answer({ act, takes, skipped: 0 });
}

function serve(url: string, init?: RequestInit): Response {
  const path = new URL(url, 'http://x').pathname.replace('/api/v1', '');
  const body = init?.body ? (JSON.parse(init.body as string) as Record<string, unknown>) : {};
  if (init?.method === 'POST') server.sent.push({ url: path, body });
  if (path === '/verdicts') return judged(body);
  if (path === '/undo') return undone();
  if (path === '/shots/s1/pick') return pickNow(body);
  if (path === '/shots/s1') return answer({ ...aShot(), shot: shotNow(), people: [], lines: [] });
  if (path === '/shots/s1/takes') return answer({ items: server.takes.map((take) => ({ take, generation: {} })) });
  return answer({ items: [] });
}

async function open(): Promise<{ desk: Desk; stage: Stage }> {
  let made: { desk: Desk; stage: Stage } | undefined;
  render(Room, { shot: 's1', give: (desk: Desk, stage: Stage) => (made = { desk, stage }) });
  await waitFor(() => expect(made?.stage.current && made.desk.shot).toBeTruthy());
  return made!;
}

const take = (desk: Desk, id: string) => desk.rows!.find((r) => r.take.id === id)!.take;

beforeEach(() => {
  Object.assign(server, { pick: undefined, refuse: false, lost: 0, covered: '', sent: [], acts: [] });
  server.takes = [1, 2, 3].map((n) => aTake({ id: `k${n}`, number: n }));
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (init?.method === 'POST' && server.lost-- > 0) return Promise.reject(new TypeError('no connection'));
    return Promise.resolve(serve(url, init));
  });
  setMe({ person: { id: 'p1', name: '李丽' }, memberships: [], rights: ['take.rate', 'take.pick'] } as unknown as Me);
  localStorage.clear();
});
afterEach(() => vi.unstubAllGlobals());

describe('marks', () => {
  it('show before the server has answered, move on, and come back by undo', async () => {
    const { desk, stage } = await open();
    stage.mark({ verdict: 'usable' });
    expect(take(desk, 'k1').verdict).toBe('usable');
    expect(stage.current).toBe('k2');
    await waitFor(() => expect(server.takes[0]!.verdict).toBe('usable'));
    expect(await desk.undo()).toBe('s1');
    expect(server.sent.at(-1)).toEqual({ url: '/undo', body: { title_id: 't1' } });
    expect(take(desk, 'k1').verdict).toBe('unseen');
    expect(desk.said).toBe('已撤销：E01-S01-001 第 1 条：可用');
    expect(await desk.undo()).toBe('');
    expect(desk.said).toBe('没有可撤销的操作');
  });
  it('that somebody else has changed since stay, and it is said who did', async () => {
    const { desk, stage } = await open();
    stage.mark({ verdict: 'usable' });
    await waitFor(() => expect(server.acts).toHaveLength(1));
    server.covered = '王制片';
    await desk.undo();
    expect(desk.said).toBe('E01-S01-001 第 1 条：可用：王制片 后来改过，没有撤销');
    expect(take(desk, 'k1').verdict).toBe('usable');
  });
  it('wait for the connection and are booked once, by the same key', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { desk, stage } = await open();
    server.lost = 2;
    stage.mark({ stars: 2 });
    await vi.waitFor(() => expect(desk.unsent).toBe(1));
    await vi.advanceTimersByTimeAsync(2000);
    expect(desk.unsent).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    await vi.waitFor(() => expect(desk.unsent).toBe(0));
    expect(server.sent).toHaveLength(1);
    expect(server.takes[0]!.stars).toBe(2);
    vi.useRealTimers();
  });
  it('hit every chosen take in one call and stay where they are', async () => {
    const { stage } = await open();
    stage.all();
    stage.mark({ stars: 4 });
    await waitFor(() => expect(server.takes.map((x) => x.stars)).toEqual([4, 4, 4]));
    expect(server.sent).toHaveLength(1);
    expect(stage.current).toBe('k1');
  });
  it('send nothing when they would change nothing', async () => {
    const { stage } = await open();
    stage.mark({ verdict: 'unseen' });
    await Promise.resolve();
    expect(server.sent).toEqual([]);
  });
  it('reach the server in the order in which they were made', async () => {
    const { desk, stage } = await open();
    stage.mark({ stars: 3 });
    stage.mark({ stars: 5 });
    expect(take(desk, 'k1').stars).toBe(5);
    await waitFor(() => expect(server.sent.map((s) => s.body.stars)).toEqual([3, 5]));
  });
});

describe('picks', () => {
  it('name the pick that was on the screen, and unpick by the same key', async () => {
    const { desk, stage } = await open();
    await stage.choose();
    expect(server.sent.at(-1)?.body).toEqual({ take_id: 'k1' });
    await stage.choose();
    expect(server.sent.at(-1)?.body).toEqual({ replaces: 'k1' });
    expect(desk.pick).toBeUndefined();
  });
  it('that come too late replace nothing until that is asked for', async () => {
    const { desk, stage } = await open();
    server.refuse = true;
    await stage.choose();
    expect(desk.conflict?.sentence).toBe('王制片已选了第 3 条');
    await waitFor(() => expect(desk.pick?.take_id).toBe('k3'));
    await desk.choose(desk.conflict!.take);
    expect(server.sent.at(-1)?.body).toEqual({ take_id: 'k1', replaces: 'k3' });
    expect(desk.conflict).toBeUndefined();
  });
  it('are neither rejected nor taken from a rejection', async () => {
    server.pick = { take_id: 'k1', number: 1, by: 'p1', by_name: '李丽', at: '2026-03-06T06:00:00Z' };
    server.takes[1] = aTake({ id: 'k2', number: 2, verdict: 'rejected', reason: 'face' });
    const { stage } = await open();
    stage.find('k1');
    stage.askReason();
    expect(stage.rejecting).toBe(false);
    stage.find('k2');
    await stage.choose();
    expect(server.sent).toEqual([]);
  });
});

describe('new takes', () => {
  it('are announced and wait until they are asked for', async () => {
    const { desk } = await open();
    server.takes = [...server.takes, aTake({ id: 'k4', number: 4 })];
    await desk.takes.reload();
    expect(desk.fresh).toBe(1);
    expect(desk.rows).toHaveLength(3);
    desk.reveal();
    expect(desk.rows).toHaveLength(4);
    expect(desk.fresh).toBe(0);
  });
});
