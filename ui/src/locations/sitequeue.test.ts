import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../lib/problem';
import { SiteQueue, type SiteItem, type SiteStore } from './sitequeue';

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

  it('says so where nothing can be kept', async () => {
    store.put = () => Promise.reject(new Error('no room'));
    const q = queue();
    await expect(q.add(note('a'))).rejects.toThrow('no room');
    expect(q.list()).toEqual([]);
  });
});
