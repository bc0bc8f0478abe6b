import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../lib/problem';
import { byServer, SiteQueue, type SiteItem, type SiteStore } from './sitequeue';

const gone = () => new ApiError({ status: 0, code: 'offline', title: '断线', detail: '' });
const refused = () => new ApiError({ status: 422, code: 'invalid.text', title: '不行', detail: '太长了' });

/** A store in memory, as the browser's: what was put is a copy. */
function memory(): SiteStore & { kept: Map<string, SiteItem> } {
  const kept = new Map<string, SiteItem>();
  return {
    kept,
    all: () => Promise.resolve([...kept.values()].map((i) => ({ ...i }))),
    put: (i) => Promise.resolve(void kept.set(i.id, { ...i })),
    remove: (id) => Promise.resolve(void kept.delete(id)),
  };
}

const note = (id: string, at = '2026-11-22T02:00:00Z') => ({ id, place: 'l1', area: '', text: id, at });

describe('the queue of a phone on site', () => {
  let store: ReturnType<typeof memory>;
  let sent: string[];
  let line: (item: SiteItem) => void;
  const deliver = (item: SiteItem) =>
    Promise.resolve().then(() => {
      line(item);
      sent.push(item.id);
    });
  const queue = (person = 'p1') => new SiteQueue(person, store, deliver, () => undefined);

  beforeEach(() => {
    store = memory();
    sent = [];
    line = () => undefined;
  });

  it('sends in the order of writing, though the clock stands still', async () => {
    line = () => {
      throw gone();
    };
    const q = queue();
    for (const id of ['c', 'a', 'b']) await q.add(note(id));
    await q.flush();
    expect(q.list().map((i) => i.id)).toEqual(['c', 'a', 'b']);
    line = () => undefined;
    await q.flush();
    expect(sent).toEqual(['c', 'a', 'b']);
    expect(store.kept.size).toBe(0);
    expect(q.list()).toEqual([]);
  });

  it('keeps everything over a reload, in order', async () => {
    line = () => {
      throw gone();
    };
    const q = queue();
    await q.add(note('a', '2026-11-22T05:00:00Z'));
    await q.add(note('b', '2026-11-22T02:00:00Z'));
    await q.flush();
    const next = queue();
    await next.load();
    expect(next.list().map((i) => i.id)).toEqual(['a', 'b']);
    line = () => undefined;
    await next.flush();
    expect(sent).toEqual(['a', 'b']);
  });

  it('sends with the same key after a lost answer', async () => {
    const keys: string[] = [];
    let lost = true;
    line = (i) => {
      keys.push(i.id);
      if (lost) throw gone();
    };
    const q = queue();
    await q.add(note('a'));
    await q.flush();
    lost = false;
    await q.flush();
    expect(new Set(keys)).toEqual(new Set(['a']));
    expect(sent).toEqual(['a']);
  });

  it('sends nothing that another tab has sent', async () => {
    line = () => {
      throw gone();
    };
    const q = queue();
    await q.add(note('a'));
    await q.add(note('b'));
    await q.flush();
    store.kept.delete('a');
    line = () => undefined;
    await q.flush();
    expect(sent).toEqual(['b']);
  });

  it('goes on past a refused one, which waits for a person and says why', async () => {
    line = (i) => {
      if (i.id === 'a') throw refused();
    };
    const q = queue();
    await q.add(note('a'));
    await q.add(note('b'));
    await q.flush();
    expect(sent).toEqual(['b']);
    expect(q.list().map((i) => i.fault)).toEqual(['太长了']);
    expect(store.kept.get('a')!.fault).toBe('太长了');
    await q.flush();
    expect(sent).toEqual(['b']);
    line = () => undefined;
    await q.retry('a');
    expect(sent).toEqual(['b', 'a']);
  });

  it('drops what is discarded', async () => {
    line = () => {
      throw refused();
    };
    const q = queue();
    await q.add(note('a'));
    await q.flush();
    await q.discard('a');
    expect(q.list()).toEqual([]);
    expect(store.kept.size).toBe(0);
  });

  it('sends each once though it is asked twice at a time', async () => {
    const q = queue();
    await q.add(note('a'));
    await Promise.all([q.flush(), q.flush(), q.retry()]);
    expect(sent).toEqual(['a']);
  });

  it('leaves alone what somebody else wrote on this phone', async () => {
    line = () => {
      throw gone();
    };
    const q = queue('p1');
    await q.add(note('a'));
    await q.flush();
    line = () => undefined;
    const other = queue('p2');
    await other.load();
    await other.flush();
    expect(sent).toEqual([]);
    expect(store.kept.size).toBe(1);
  });

  it('holds in the page what a full device does not keep, says so, and sends it first to last', async () => {
    line = () => {
      throw gone();
    };
    const q = queue();
    await q.add(note('a'));
    store.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await q.add(note('b'));
    expect(q.list().map((i) => i.loose)).toEqual([undefined, true]);
    await q.flush();
    await q.load();
    expect(q.list().map((i) => i.id)).toEqual(['a', 'b']);
    line = () => undefined;
    await q.flush();
    expect(sent).toEqual(['a', 'b']);
    expect(q.list()).toEqual([]);
    expect(store.kept.size).toBe(0);
  });

  it('says why one was refused though the device is full by now, and goes on', async () => {
    line = (i) => {
      if (i.id === 'a') throw refused();
    };
    const q = queue();
    await q.add(note('a'));
    await q.add(note('b'));
    store.put = () => Promise.reject(new Error('full'));
    await q.flush();
    expect(sent).toEqual(['b']);
    expect(q.list().map((i) => i.fault)).toEqual(['太长了']);
    await q.flush();
    expect(sent).toEqual(['b']);
  });

  it('sends nothing twice where the store does not let go', async () => {
    store.remove = () => Promise.reject(new Error('no'));
    const q = queue();
    await q.add(note('a'));
    await q.flush();
    await q.flush();
    expect(sent).toEqual(['a']);
    expect(q.list()).toEqual([]);
  });

  it('sends what another page wrote after this one was opened', async () => {
    const q = queue();
    await q.load();
    const other = queue();
    line = () => {
      throw gone();
    };
    await other.add(note('a'));
    await other.flush();
    line = () => undefined;
    await q.add(note('b', '2026-11-22T03:00:00Z'));
    await q.flush();
    expect(sent).toEqual(['a', 'b']);
  });

  it.each([401, 429, 502, 503, 504])('waits without a word against the item after %i', async (status) => {
    line = () => {
      throw new ApiError({ status, code: 'x', title: 'x', detail: '' });
    };
    const q = queue();
    await q.add(note('a'));
    await q.flush();
    expect(q.list().map((i) => i.fault)).toEqual([undefined]);
    expect(store.kept.size).toBe(1);
  });

  it.each([409, 413, 422, 500])('keeps the item and the word of the server after %i', async (status) => {
    line = () => {
      throw new ApiError({ status, code: 'x', title: '不行', detail: '为什么' });
    };
    const q = queue();
    await q.add(note('a'));
    await q.flush();
    expect(q.list().map((i) => i.fault)).toEqual(['为什么']);
    expect(store.kept.size).toBe(1);
  });

  it('mends once what needs no person, and keeps it before it is sent', async () => {
    const at: string[] = [];
    line = (i) => {
      at.push(i.at);
      expect(store.kept.get('a')!.at).toBe(i.at);
      if (!i.at.startsWith('2026')) throw refused();
    };
    const mend = (i: SiteItem) => Promise.resolve({ ...i, at: '2026-11-22T02:00:00Z' });
    const q = new SiteQueue('p1', store, deliver, () => undefined, mend);
    await q.add(note('a', '2031-01-01T00:00:00Z'));
    await q.flush();
    expect(at).toEqual(['2031-01-01T00:00:00Z', '2026-11-22T02:00:00Z']);
    expect(store.kept.size).toBe(0);
    const never = new SiteQueue(
      'p1',
      store,
      deliver,
      () => undefined,
      (i) => Promise.resolve({ ...i }),
    );
    await never.add(note('a', '2031-01-01T00:00:00Z'));
    await never.flush();
    expect(never.list().map((i) => i.fault)).toEqual(['太长了']);
  });
});

describe('the clock of a phone', () => {
  const day = 86_400_000;
  it('tells how long ago something was written, by the clock of the server', () => {
    const server = Date.parse('2026-11-28T12:00:00Z');
    expect(byServer('2031-01-01T00:00:00Z', Date.parse('2031-01-02T00:00:00Z'), server)).toBe(
      new Date(server - day).toISOString(),
    );
  });
  it('never says that something was written in the time to come', () => {
    const server = Date.parse('2026-11-28T12:00:00Z');
    expect(byServer('2031-01-02T00:00:00Z', Date.parse('2031-01-01T00:00:00Z'), server)).toBe(
      new Date(server).toISOString(),
    );
  });
});
