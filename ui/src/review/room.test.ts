import { cleanup, render, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hear } from '../lib/events.svelte';
import { go, query, setQuery } from '../lib/router.svelte';
import { setMe, type Me } from '../lib/session.svelte';
import type { StudioEvent } from '../lib/stream';
import { toasts } from '../lib/toasts.svelte';
import type { SavedFilter } from './filter';
import type { QueueRow } from './queue';
import type { Queue } from './queue.svelte';
import type { Resume } from './resume.svelte';
import { Saved } from './saved.svelte';
import { aQueueRow } from './testing';
import Beside from './testing.Queue.svelte';

interface Sent {
  body: Record<string, unknown>;
  keepalive: boolean;
}

/** A server of one title's queue, of one person's place and of their saved filters. */
const server = {
  rows: [] as QueueRow[],
  asked: [] as string[],
  gate: undefined as Promise<void> | undefined,
  place: {} as Record<string, unknown>,
  places: [] as Sent[],
  filters: [] as SavedFilter[],
  refuse: false,
};

const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

function review(url: URL): Response {
  server.asked.push(url.search);
  const after = Number(url.searchParams.get('after') ?? 0);
  const to = after + Number(url.searchParams.get('limit'));
  const rows = server.rows.filter((r) => (url.searchParams.get('episode') ?? String(r.episode)) === String(r.episode));
  return answer({ items: rows.slice(after, to), ...(to < rows.length ? { next: String(to) } : {}) });
}

async function serve(text: string, init?: RequestInit): Promise<Response> {
  const url = new URL(text, 'http://x');
  const path = url.pathname.replace('/api/v1', '');
  const body = init?.body ? (JSON.parse(init.body as string) as Record<string, unknown>) : {};
  if (path === '/review') {
    const said = review(url);
    await server.gate;
    return said;
  }
  if (path === '/titles/t1/review-place') {
    if (init?.method !== 'POST') return answer(server.place);
    server.places.push({ body, keepalive: init.keepalive ?? false });
    return answer(body);
  }
  if (path === '/my/prefs') {
    if (server.refuse)
      return answer({ status: 422, code: 'prefs.filters', title: '不行', detail: '太多了', errors: [] }, 422);
    if (body.filters) server.filters = body.filters as SavedFilter[];
    return answer({ keys: {}, filters: server.filters });
  }
  const shot = /^\/shots\/(\w+)$/.exec(path)?.[1];
  return server.rows.some((r) => r.shot_id === shot) ? answer({}) : answer({ status: 404, code: 'unknown' }, 404);
}

const rows = (n: number, from = 1) =>
  Array.from({ length: n }, (_, i) => aQueueRow({ shot_id: `s${from + i}`, label: `E01-S01-${from + i}` }));
const ids = (queue: Queue) => queue.rows?.map((r) => r.shot_id).join(' ');
const event = (verb: string, shot: string, by = 'p2'): StudioEvent => ({
  seq: 1,
  verb,
  kind: verb.split('.')[0]!,
  object: 'o',
  title_id: 't1',
  shot_id: shot,
  by,
  by_name: '王制片',
  at: '',
});
const happens = (e: StudioEvent) => hear({ type: 'event', event: e });

async function open(at: string): Promise<{ queue: Queue; resume: Resume }> {
  await go(at);
  let made: { queue: Queue; resume: Resume } | undefined;
  render(Beside, { give: (queue: Queue, resume: Resume) => (made = { queue, resume }) });
  await waitFor(() => expect(made!.queue.whole).toBe(true));
  return made!;
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  Object.assign(server, {
    rows: rows(3),
    asked: [],
    gate: undefined,
    place: {},
    places: [],
    filters: [],
    refuse: false,
  });
  vi.stubGlobal('fetch', serve);
  setMe({ person: { id: 'p1', name: '李丽' }, memberships: [], rights: [] } as unknown as Me);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the queue', () => {
  it('reads two hundred at once and the rest in the background', async () => {
    server.rows = rows(1300);
    const { queue } = await open('/titles/t1/review?shot=s1');
    expect(server.asked.map((s) => new URLSearchParams(s).get('limit'))).toEqual(['200', '500', '500', '500']);
    expect(queue.rows).toHaveLength(1300);
    expect(queue.count).toBe(1300);
  });
  it('asks for what the address names, and draws anew when that changes', async () => {
    server.rows = [...rows(2), aQueueRow({ shot_id: 's9', episode: 2 })];
    const { queue } = await open('/titles/t1/review?shot=s1&by=p7&hours=24&order=script');
    expect(Object.fromEntries(new URLSearchParams(server.asked[0]))).toEqual({
      title: 't1',
      operator: 'p7',
      hours: '24',
      order: 'script',
      limit: '200',
    });
    setQuery({ by: null, hours: null, order: null, ep: 2 });
    await waitFor(() => expect(ids(queue)).toBe('s9'));
    const asked = server.asked.length;
    setQuery({ take: 'k3', view: 'loupe' });
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.asked).toHaveLength(asked);
  });
  it('counts who arrives and dims who leaves, and moves nothing until it is asked to', async () => {
    const { queue } = await open('/titles/t1/review?shot=s1');
    server.rows = [aQueueRow({ shot_id: 's0' }), ...rows(3).filter((r) => r.shot_id !== 's2')];
    happens(event('take.picked', 's2'));
    expect(queue.gone('s2')).toEqual({ why: 'picked', by: '王制片' });
    expect(queue.count).toBe(2);
    await vi.advanceTimersByTimeAsync(3000);
    expect(queue.fresh).toBe(1);
    expect(queue.count).toBe(3);
    expect(ids(queue)).toBe('s1 s2 s3');
    queue.reveal();
    expect(ids(queue)).toBe('s0 s1 s3');
    expect(queue.fresh).toBe(0);
  });
  it('says what became of a shot, and has it back when it waits again', async () => {
    const { queue } = await open('/titles/t1/review?shot=s1');
    server.rows = rows(1);
    happens(event('attempt.deleted', 's2'));
    happens(event('shot.deleted', 's3', 'p1'));
    expect(queue.gone('s2')).toBeUndefined();
    expect(queue.gone('s3')).toEqual({ why: 'deleted', by: '' });
    await vi.advanceTimersByTimeAsync(3000);
    expect(queue.gone('s2')).toEqual({ why: 'drawing', by: '王制片' });
    server.rows = rows(2);
    happens(event('attempt.logged', 's2'));
    await vi.advanceTimersByTimeAsync(3000);
    expect(queue.gone('s2')).toBeUndefined();
  });
  it('passes over a pick of one’s own before anybody has told of it', async () => {
    const { queue } = await open('/titles/t1/review?shot=s1');
    queue.picked('s1');
    queue.picked('s2');
    expect(queue.next('s2', 1)?.shot_id).toBe('s3');
    expect(queue.next('s3', 1)).toBeUndefined();
    queue.unpicked('s1');
    expect(queue.next('s3', 1)?.shot_id).toBe('s1');
  });
  it('is not misled by an answer that was on its way when somebody picked', async () => {
    const { queue } = await open('/titles/t1/review?shot=s1');
    let open_ = () => undefined as void;
    server.gate = new Promise((r) => (open_ = r));
    happens(event('attempt.logged', 's1'));
    await vi.advanceTimersByTimeAsync(3000);
    happens(event('take.picked', 's2'));
    server.rows = rows(3).filter((r) => r.shot_id !== 's2');
    open_();
    server.gate = undefined;
    await vi.advanceTimersByTimeAsync(100);
    expect(queue.gone('s2')).toEqual({ why: 'picked', by: '王制片' });
    const asked = server.asked.length;
    await vi.advanceTimersByTimeAsync(3000);
    expect(server.asked).toHaveLength(asked + 1);
    expect(queue.gone('s2')).toEqual({ why: 'picked', by: '王制片' });
  });
  it('goes on behind the shot on the screen after it was drawn anew without it', async () => {
    const { queue } = await open('/titles/t1/review?shot=s2');
    queue.picked('s2');
    queue.reveal();
    expect(ids(queue)).toBe('s1 s3');
    expect(queue.next('s2', 1)?.shot_id).toBe('s3');
    expect(queue.next('s2', -1)?.shot_id).toBe('s1');
  });
  it('is read once for many events', async () => {
    await open('/titles/t1/review?shot=s1');
    const asked = server.asked.length;
    for (let i = 0; i < 50; i++) happens(event('attempt.logged', 's1'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.asked).toHaveLength(asked + 1);
  });
});

describe('entering the room', () => {
  it('goes to the first that waits where nothing is remembered', async () => {
    const { resume } = await open('/titles/t1/review');
    await waitFor(() => expect(query('shot')).toBe('s1'));
    expect(resume.resumed).toBe(false);
  });
  it('goes to where the person stopped, with take, view and filter, and from there to the start', async () => {
    server.place = { shot_id: 's3', take_id: 'k7', view: 'loupe', filter: { episode: 1, order: 'script' } };
    const { resume, queue } = await open('/titles/t1/review');
    await waitFor(() => expect(location.search).toBe('?shot=s3&take=k7&view=loupe&ep=1&order=script'));
    expect(resume.resumed).toBe(true);
    await vi.advanceTimersByTimeAsync(3000);
    expect(server.places).toEqual([]);
    await waitFor(() => expect(queue.whole).toBe(true));
    resume.restart();
    await waitFor(() => expect(location.search).toBe('?view=loupe&ep=1&order=script&shot=s1'));
    expect(resume.resumed).toBe(false);
  });
  it('says so only until one goes on', async () => {
    server.place = { shot_id: 's3', filter: {} };
    const { resume } = await open('/titles/t1/review');
    await waitFor(() => expect(resume.resumed).toBe(true));
    setQuery({ shot: 's1' });
    await waitFor(() => expect(resume.resumed).toBe(false));
    setQuery({ shot: 's3' });
    await vi.advanceTimersByTimeAsync(10);
    expect(resume.resumed).toBe(false);
  });
  it.each([
    ['the shot is no longer there', '/titles/t1/review', 'gone'],
    ['a part of the queue is asked for', '/titles/t1/review?ep=1', 's3'],
    ['a shot is asked for', '/titles/t1/review?shot=s1', 's3'],
  ])('does not go there where %s', async (_, at, shot) => {
    server.place = { shot_id: shot, take_id: 'k7', filter: {} };
    const { resume } = await open(at);
    await waitFor(() => expect(query('shot')).toBe('s1'));
    await vi.advanceTimersByTimeAsync(100);
    expect(query('shot')).toBe('s1');
    expect(resume.resumed).toBe(false);
  });
});

describe('leaving the room', () => {
  it('is remembered a moment after the last step, once', async () => {
    await open('/titles/t1/review?shot=s1');
    setQuery({ shot: 's2', take: 'k1' });
    await vi.advanceTimersByTimeAsync(500);
    setQuery({ shot: 's2', take: 'k2', view: 'loupe', ep: 1 });
    await vi.advanceTimersByTimeAsync(900);
    expect(server.places).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    const body = { shot_id: 's2', take_id: 'k2', view: 'loupe', filter: { episode: 1 } };
    expect(server.places).toEqual([{ body, keepalive: false }]);
  });
  it('is remembered at once when the page goes, by a call that outlives it', async () => {
    await open('/titles/t1/review?shot=s2');
    window.dispatchEvent(new Event('pagehide'));
    expect(server.places.map((p) => [p.body.shot_id, p.keepalive])).toEqual([['s2', true]]);
    window.dispatchEvent(new Event('pagehide'));
    expect(server.places).toHaveLength(1);
  });
  it('never writes into the address of the next page, nor remembers it', async () => {
    await open('/titles/t1/review?shot=s2');
    await go('/locations');
    await vi.advanceTimersByTimeAsync(50);
    expect(location.search).toBe('');
    await go('/draw?shot=s3');
    await vi.advanceTimersByTimeAsync(3000);
    expect(server.places.map((p) => p.body.shot_id)).toEqual(['s2']);
  });
});

describe('saved filters', () => {
  const opened = async () => {
    const saved = new Saved(() => 't1');
    await saved.load();
    return saved;
  };
  it('are kept, renamed and removed, each with a way back', async () => {
    const saved = await opened();
    await saved.save('久等的', { hours: 72 });
    expect(server.filters).toEqual([{ name: '久等的', filter: { hours: 72 } }]);
    await saved.rename(saved.list[0]!, '三天以上');
    expect(saved.list.map((s) => s.name)).toEqual(['三天以上']);
    await saved.remove(saved.list[0]!);
    expect(server.filters).toEqual([]);
    toasts().at(-1)!.undo!();
    await waitFor(() => expect(server.filters.map((s) => s.name)).toEqual(['三天以上']));
    expect(saved.list.map((s) => s.name)).toEqual(['三天以上']);
  });
  it('stay as they were where the server refuses, and it says why', async () => {
    server.filters = [{ name: '甲', filter: { hours: 1 } }];
    const saved = await opened();
    server.refuse = true;
    await saved.remove(saved.list[0]!);
    expect(saved.list.map((s) => s.name)).toEqual(['甲']);
    expect(toasts().at(-1)).toMatchObject({ tone: 'error', more: '太多了' });
  });
});
