import { describe, expect, it } from 'vitest';
import { ApiError } from './problem';
import { Queue, type Job, type Transport } from './upload';
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
const states = (q: Queue) => q.list().map((x) => x.state);
const settled = async (q: Queue) => {
  while (q.list().some((x) => x.state === 'waiting' || x.state === 'sending')) await new Promise((r) => setTimeout(r));
};

function queueWith(transport: Transport) {
  let keys = 0;
  return new Queue(
    () => undefined,
    () => `k${keys++}`,
    transport,
    () => Promise.resolve(),
  );
}

describe('the upload queue', () => {
  it('sends at most three at once', async () => {
    let now = 0;
    let most = 0;
    const q = queueWith(async () => {
      most = Math.max(most, ++now);
      await new Promise((r) => setTimeout(r));
      now--;
    });
    q.add(Array.from({ length: 10 }, (_, i) => job(`${i}.png`)));
    await settled(q);
    expect(most).toBe(3);
    expect(states(q)).toEqual(Array(10).fill('done'));
  });
  it('is not stopped by a bad file, and says duplicates', async () => {
    const q = queueWith((j) =>
      j.file.name === 'bad.txt' ? Promise.reject(refused()) : Promise.resolve({ duplicate: j.file.name === 'b' }),
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
  it('tries a lost connection three times more with the same key, and a refusal never', async () => {
    const seen: string[] = [];
    const q = queueWith((j, key) => {
      seen.push(`${j.file.name} ${key}`);
      return Promise.reject(j.file.name === 'a' ? lost() : refused());
    });
    q.add([job('a'), job('b')]);
    await settled(q);
    expect(seen.filter((s) => s === 'a k0')).toHaveLength(4);
    expect(seen.filter((s) => s === 'b k1')).toHaveLength(1);
    expect(states(q)).toEqual(['failed', 'failed']);
  });
  it('sends all failed again on one press, with their old keys', async () => {
    let well = false;
    const keys: string[] = [];
    const q = queueWith((_, key) => {
      keys.push(key);
      return well ? Promise.resolve({}) : Promise.reject(refused());
    });
    q.add([job('a'), job('b')]);
    await settled(q);
    well = true;
    q.retryFailed();
    await settled(q);
    expect(states(q)).toEqual(['done', 'done']);
    expect(keys).toEqual(['k0', 'k1', 'k0', 'k1']);
  });
  it('gives up what waits and what is on its way', async () => {
    const q = queueWith(
      (_, __, ___, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
        ),
    );
    q.add(['a', 'b', 'c', 'd'].map((n) => job(n)));
    expect(states(q)).toEqual(['sending', 'sending', 'sending', 'waiting']);
    q.cancel();
    await settled(q);
    expect(states(q)).toEqual(Array(4).fill('cancelled'));
    q.clear();
    expect(q.list()).toEqual([]);
  });
  it('is told how far a file has come', async () => {
    const told: number[] = [];
    const q: Queue = new Queue(
      () => told.push(q?.list()[0]?.sent ?? 0),
      () => 'k',
      (_, __, progress) => {
        progress(4);
        return Promise.resolve({});
      },
    );
    q.add([job('a')]);
    await settled(q);
    expect(told).toContain(4);
    expect(q.list()[0]?.sent).toBe(8);
  });
});
