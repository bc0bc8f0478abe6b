import { describe, expect, it } from 'vitest';
import { ApiError } from './problem';
import { bodyOf, isReadable, worthRetry, type Job, type Late, type Transport } from './upload';
import { Queue, type Way } from './uploadqueue';
import { summaryOf } from './uploads.svelte';

const file = (name: string) => new File(['12345678'], name);
const job = (name: string, more: Partial<Job> = {}): Job => ({
  file: file(name),
  url: `/x?name=${name}`,
  where: 'E01',
  ...more,
});
const lost = () => new ApiError({ status: 0, code: 'offline', title: '', detail: '' });
const refused = () => new ApiError({ status: 415, code: 'media.type', title: '', detail: '' });
const busy = () => new ApiError({ status: 503, code: 'busy', title: '', detail: '' });
const states = (q: Queue) => q.list().map((x) => x.state);
const settled = async (q: Queue) => {
  while (q.list().some((x) => x.state === 'waiting' || x.state === 'sending')) await turn();
};
const turn = () => new Promise<void>((r) => setTimeout(r));
const turns = async (n: number) => {
  for (let i = 0; i < n; i++) await turn();
};
const nameIn = (url: string) => url.slice(url.indexOf('=') + 1);
/** hanging is a body that never arrives until it is given up. */
const hanging = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))));

function queueWith(transport: Transport, more: Partial<Way> = {}) {
  let keys = 0;
  const way = { transport, wait: () => Promise.resolve(), answers: () => Promise.resolve(true), ...more };
  return new Queue(
    () => undefined,
    () => `k${keys++}`,
    way,
  );
}

describe('the upload queue', () => {
  it('sends at most three at once', async () => {
    let now = 0;
    let most = 0;
    const q = queueWith(async () => {
      most = Math.max(most, ++now);
      await turn();
      now--;
    });
    q.add(Array.from({ length: 10 }, (_, i) => job(`${i}.png`)));
    await settled(q);
    expect(most).toBe(3);
    expect(states(q)).toEqual(Array(10).fill('done'));
  });
  it('is not stopped by a bad file, and says duplicates', async () => {
    const q = queueWith(({ url }) =>
      nameIn(url) === 'bad.txt' ? Promise.reject(refused()) : Promise.resolve({ duplicate: nameIn(url) === 'b' }),
    );
    const onDone: Job['onDone'] = (a) => ((a as { duplicate: boolean }).duplicate ? 'duplicate' : undefined);
    q.add([job('a', { onDone }), job('bad.txt', { onDone }), job('b', { onDone })]);
    await settled(q);
    expect(states(q)).toEqual(['done', 'failed', 'duplicate']);
    expect(summaryOf(q.list())).toMatchObject({
      all: 3,
      done: 1,
      duplicate: 1,
      failed: 1,
      open: 0,
      bytes: 24,
      sent: 16,
    });
  });
  it('is told how far a file has come', async () => {
    const told: number[] = [];
    const way = { wait: () => turn(), answers: () => Promise.resolve(true) };
    const q: Queue = new Queue(
      () => told.push(q?.list()[0]?.sent ?? 0),
      () => 'k',
      {
        ...way,
        transport: (_, __, progress) => {
          progress(4);
          return Promise.resolve({});
        },
      },
    );
    q.add([job('a')]);
    await settled(q);
    expect(told).toContain(4);
    expect(q.list()[0]?.sent).toBe(8);
  });
  it('makes a late file only when its turn comes, and a file that cannot be made fails alone', async () => {
    let made = 0;
    const late = (name: string, open: Late['open']): Late => ({ name, size: 3, open });
    const bodies: string[] = [];
    const q = queueWith(async ({ body }) => {
      bodies.push(await body.text());
    });
    const good = late('a', () => Promise.resolve(new Blob([`n${++made}`])));
    q.pause();
    q.add([job('a', { file: good }), job('b', { file: late('b', () => Promise.reject(refused())) })]);
    expect(made).toBe(0);
    q.resume();
    await settled(q);
    expect(bodies).toEqual(['n1']);
    expect(states(q)).toEqual(['done', 'failed']);
  });
});

describe('a refusal', () => {
  it('is never tried again by itself', async () => {
    let tries = 0;
    const q = queueWith(() => (tries++, Promise.reject(refused())));
    q.add([job('a')]);
    await settled(q);
    expect(tries).toBe(1);
    expect(q.list()[0]?.error?.code).toBe('media.type');
  });
  it('is tried again on one press, all or one, with the old keys', async () => {
    let well = false;
    const keys: string[] = [];
    const q = queueWith((_, key) => {
      keys.push(key);
      return well ? Promise.resolve({}) : Promise.reject(refused());
    });
    const [a] = q.add([job('a'), job('b')]);
    await settled(q);
    well = true;
    expect(q.retry(a)).toBe(true);
    await settled(q);
    expect(states(q)).toEqual(['done', 'failed']);
    q.retry();
    await settled(q);
    expect(states(q)).toEqual(['done', 'done']);
    expect(keys).toEqual(['k0', 'k1', 'k0', 'k1']);
    expect(q.retry(a)).toBe(false);
  });
  it('is forgotten alone when somebody has seen it', async () => {
    const q = queueWith(() => Promise.reject(refused()));
    const [a] = q.add([job('a'), job('b')]);
    await settled(q);
    q.clear(a);
    expect(q.list().map((x) => x.name)).toEqual(['b']);
  });
});

describe('a dropped line', () => {
  it('holds the whole queue until the program answers again, and costs no file', async () => {
    let line = false;
    const keys: string[] = [];
    const q = queueWith((_, key) => (keys.push(key), line ? Promise.resolve({}) : Promise.reject(lost())), {
      answers: () => Promise.resolve(line),
      wait: () => turn(),
    });
    q.add(['a', 'b', 'c', 'd', 'e'].map((n) => job(n)));
    await turns(20);
    expect(q.down).toBe(true);
    expect(states(q)).toEqual(Array(5).fill('waiting'));
    expect(keys).toEqual(['k0', 'k1', 'k2']);
    line = true;
    await settled(q);
    expect(q.down).toBe(false);
    expect(states(q)).toEqual(Array(5).fill('done'));
    expect(keys.slice(3)).toEqual(['k0', 'k1', 'k2', 'k3', 'k4']);
  });
  it('is asked about at once when the browser says that it is online', async () => {
    let line = false;
    const q = queueWith(() => (line ? Promise.resolve({}) : Promise.reject(lost())), {
      answers: () => Promise.resolve(line),
      wait: () => new Promise(() => undefined),
    });
    q.add([job('a')]);
    await turns(5);
    expect(q.down).toBe(true);
    line = true;
    await turns(5);
    expect(states(q)).toEqual(['waiting']);
    q.tryNow();
    await settled(q);
    expect(states(q)).toEqual(['done']);
  });
  it('that drops only this file lets it fail after some tries, all with one key', async () => {
    const seen: string[] = [];
    const q = queueWith((_, key) => (seen.push(key), Promise.reject(lost())));
    q.add([job('a')]);
    await settled(q);
    expect(seen).toEqual(Array(5).fill('k0'));
    expect(states(q)).toEqual(['failed']);
  });
  it('is told from a file that left the disk', async () => {
    const away = { name: 'a', size: 8, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) };
    const q = queueWith(() => Promise.reject(lost()));
    q.add([job('a', { file: away as unknown as File })]);
    await settled(q);
    expect(q.list()[0]?.error?.code).toBe('upload.gone');
    expect(await isReadable(file('x'))).toBe(true);
  });
  it('does not undo a cancel', async () => {
    const q = queueWith(() => Promise.reject(lost()), {
      answers: () => Promise.resolve(false),
      wait: () => turn(),
    });
    q.add([job('a')]);
    await turns(5);
    q.cancel();
    await turns(5);
    expect(states(q)).toEqual(['cancelled']);
  });
});

describe('a busy server', () => {
  it('is waited for, a few times', async () => {
    let tries = 0;
    const q = queueWith(() => (++tries < 3 ? Promise.reject(busy()) : Promise.resolve({})));
    q.add([job('a')]);
    await settled(q);
    expect(states(q)).toEqual(['done']);
    expect([429, 503, 500, 415].map((status) => worthRetry(new ApiError({ ...base, status })))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
const base = { code: 'x', title: '', detail: '' };

describe('holding and giving up', () => {
  it('pauses at once and goes on with what was on its way', async () => {
    let hang = true;
    const q = queueWith((_, __, progress, signal) => {
      progress(5);
      return hang ? hanging(signal) : Promise.resolve({});
    });
    q.add(['a', 'b', 'c', 'd'].map((n) => job(n)));
    await turns(2);
    q.pause();
    await turns(2);
    expect(q.paused).toBe(true);
    expect(q.list().map((x) => [x.state, x.sent])).toEqual(Array(4).fill(['waiting', 0]));
    hang = false;
    q.resume();
    await settled(q);
    expect(states(q)).toEqual(Array(4).fill('done'));
  });
  it('gives up what waits and what is on its way, and says so', async () => {
    const told: string[] = [];
    const q = queueWith((_, __, ___, signal) => hanging(signal));
    q.add(['a', 'b', 'c', 'd'].map((n) => job(n, { onCancelled: () => void told.push(n) })));
    expect(states(q)).toEqual(['sending', 'sending', 'sending', 'waiting']);
    q.cancel();
    await settled(q);
    expect(states(q)).toEqual(Array(4).fill('cancelled'));
    expect(told.sort()).toEqual(['a', 'b', 'c', 'd']);
    q.clear();
    expect(q.list()).toEqual([]);
  });
  it('gives up one file only', async () => {
    const q = queueWith((_, __, ___, signal) => hanging(signal));
    const [a] = q.add([job('a'), job('b')]);
    await turns(2);
    q.cancel(a);
    await turns(2);
    expect(states(q)).toEqual(['cancelled', 'sending']);
  });
});

describe('a file that belongs to another', () => {
  it('goes after it, to the address that came with the answer', async () => {
    let to = '';
    const urls: string[] = [];
    const q = queueWith(async ({ url }) => (await turn(), void urls.push(url)));
    const main = job('a.mp4', { onDone: () => void (to = '/attempts/a7') });
    q.add([main, job('a.txt', { after: main, url: () => to })]);
    expect(states(q)).toEqual(['sending', 'waiting']);
    await settled(q);
    expect(urls).toEqual(['/x?name=a.mp4', '/attempts/a7']);
  });
  it('is not sent when that one was refused, and goes with it when that is tried again', async () => {
    let well = false;
    const q = queueWith(() => (well ? Promise.resolve({}) : Promise.reject(refused())));
    const main = job('a.mp4');
    const [id] = q.add([main, job('a.txt', { after: main })]);
    await settled(q);
    expect(states(q)).toEqual(['failed', 'failed']);
    expect(q.list()[1]?.error?.code).toBe('upload.main');
    well = true;
    q.retry(id);
    await settled(q);
    expect(states(q)).toEqual(['done', 'done']);
  });
  it('is given up with it', async () => {
    const q = queueWith((_, __, ___, signal) => hanging(signal));
    const main = job('a.mp4');
    const [id] = q.add([main, job('a.txt', { after: main })]);
    await turns(2);
    q.cancel(id);
    await settled(q);
    expect(states(q)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('bodyOf', () => {
  it('takes a file as it is', async () => {
    const f = file('a');
    expect(await bodyOf(f, new AbortController().signal)).toBe(f);
  });
});
