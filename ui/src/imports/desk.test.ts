import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FigureDesk } from './desk.svelte';
import { aPreview } from './testing';

// The desk talks to the server through fetch; what it asks is kept here, and answered by hand.
interface Asked {
  path: string;
  body: { choice: Record<string, unknown> };
  answer: (value: unknown) => void;
}
let asked: Asked[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    return new Promise((resolve, reject) => {
      const answer = (value: unknown) => resolve(new Response(JSON.stringify(value)));
      asked.push({ path: url, body: JSON.parse(String(init.body)) as Asked['body'], answer });
      init.signal?.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
    });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const kept = { sha256: 'a1', name: '红果日报.csv', choice: {} };

async function opened(): Promise<FigureDesk> {
  const desk = new FigureDesk();
  const ready = desk.reopen(kept);
  asked[0]!.answer(aPreview());
  await ready;
  return desk;
}

describe('the desk of an import', () => {
  it('makes one dry run of several quick choices, and keeps the old answer until the new one is there', async () => {
    const desk = await opened();
    desk.change({ metric: 'heat' });
    desk.change({ region: 'US' });
    expect(desk.reading).toBe(true);
    expect(desk.shown?.choice).toMatchObject({ metric: 'heat', region: 'US' });
    await vi.advanceTimersByTimeAsync(300);
    expect(asked.length).toBe(2);
    expect(asked[1]!.body.choice).toMatchObject({ metric: 'heat', region: 'US', columns: ['title', 'plays'] });
    expect(desk.preview?.count.new).toBe(1);
    const count = { ...aPreview().count, new: 7 };
    asked[1]!.answer(aPreview({ count }));
    await vi.advanceTimersByTimeAsync(0);
    expect([desk.reading, desk.preview?.count.new]).toEqual([false, 7]);
  });
  it('gives up a dry run that a new choice made stale', async () => {
    const desk = await opened();
    desk.change({ metric: 'heat' });
    await vi.advanceTimersByTimeAsync(300);
    desk.change({ metric: 'likes' });
    asked[1]!.answer(aPreview({ name: 'old' }));
    await vi.advanceTimersByTimeAsync(300);
    expect(asked[2]!.body.choice).toMatchObject({ metric: 'likes' });
    asked[2]!.answer(aPreview({ name: 'new' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.preview?.name).toBe('new');
  });
  it('lets another platform bring its own columns, unless they were set by hand', async () => {
    const desk = await opened();
    desk.change({ platform: '抖音' });
    await vi.advanceTimersByTimeAsync(300);
    expect(asked[1]!.body.choice).not.toHaveProperty('columns');
    asked[1]!.answer(aPreview());
    await vi.advanceTimersByTimeAsync(0);
    desk.change({ columns: ['title', 'heat'] });
    desk.change({ platform: '快手' });
    await vi.advanceTimersByTimeAsync(300);
    expect(asked[2]!.body.choice).toMatchObject({ platform: '快手', columns: ['title', 'heat'] });
  });
  it('says where the time of the export was found until somebody types it', async () => {
    const desk = await opened();
    for (const change of [{ metric: 'heat' }, { region: 'US' }] as const) {
      desk.change(change);
      await vi.advanceTimersByTimeAsync(300);
      asked.at(-1)!.answer(aPreview({ exported_from: 'given' }));
      await vi.advanceTimersByTimeAsync(0);
      expect(desk.shown?.exported_from).toBe('file');
    }
    desk.change({ exported_at: '2026-03-06' });
    await vi.advanceTimersByTimeAsync(300);
    asked.at(-1)!.answer(aPreview({ exported_from: 'given' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.shown?.exported_from).toBe('given');
  });
  it('imports nothing while the dry run is not that of what is chosen', async () => {
    const desk = await opened();
    desk.change({ metric: 'heat' });
    expect(await desk.write()).toBeUndefined();
    expect(asked.length).toBe(1);
  });
});
