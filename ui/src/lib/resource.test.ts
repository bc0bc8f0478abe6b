import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hear } from './events.svelte';
import { ApiError } from './problem';
import type { Resource } from './resource.svelte';
import Reader from './testing.Reader.svelte';

type Load = (signal: AbortSignal, key: string) => Promise<string>;
const event = { seq: 1, verb: 'shot.edited', kind: 'shot', object: 's', by: '', by_name: '', at: '' };

function read(load: Load, every?: number) {
  let resource!: Resource<string>;
  const view = render(Reader, {
    props: { load, key: 'a', on: { kind: 'shot' }, give: (r: Resource<string>) => (resource = r), every },
  });
  flushSync();
  return {
    view,
    get r() {
      return resource;
    },
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const turn = () => vi.advanceTimersByTimeAsync(0);

describe('resource', () => {
  it('reads at once and shows the answer', async () => {
    const { r } = read(() => Promise.resolve('one'));
    await turn();
    expect([r.data, r.loading, r.stale]).toEqual(['one', false, false]);
  });
  it('says loading only after a while', async () => {
    const { r } = read(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(299);
    expect(r.loading).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(r.loading).toBe(true);
  });
  it('keeps the old answer while it reads again, and drops an overtaken one', async () => {
    const waits: ((v: string) => void)[] = [];
    const it = read(() => new Promise((resolve) => waits.push(resolve)));
    waits[0]?.('first');
    await turn();
    void it.r.reload();
    void it.r.reload();
    expect([it.r.data, it.r.stale]).toEqual(['first', true]);
    waits[2]?.('third');
    waits[1]?.('second');
    await turn();
    expect([it.r.data, it.r.stale]).toEqual(['third', false]);
  });
  it('aborts what it no longer wants', async () => {
    const signals: AbortSignal[] = [];
    const it = read((signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    void it.r.reload();
    expect(signals.map((s) => s.aborted)).toEqual([true, false]);
    it.view.unmount();
    expect(signals[1]?.aborted).toBe(true);
    await turn();
  });
  it('reads again when a value that it reads changes', async () => {
    const keys: string[] = [];
    const { view } = read((_, key) => {
      keys.push(key);
      return Promise.resolve(key);
    });
    await turn();
    await view.rerender({ key: 'b' });
    await turn();
    expect(keys).toEqual(['a', 'b']);
  });
  it('reads once for a burst of matching events, and not for others', async () => {
    let reads = 0;
    read(() => Promise.resolve(String(++reads)));
    await vi.advanceTimersByTimeAsync(5000);
    for (let seq = 1; seq <= 5; seq++) hear({ type: 'event', event: { ...event, seq } });
    hear({ type: 'event', event: { ...event, kind: 'person' } });
    await vi.advanceTimersByTimeAsync(151);
    expect(reads).toBe(2);
  });
  it('keeps up with a stream of events that never rests, once a second', async () => {
    let reads = 0;
    read(() => Promise.resolve(String(++reads)));
    await vi.advanceTimersByTimeAsync(5000);
    for (let seq = 1; seq <= 100; seq++) {
      hear({ type: 'event', event: { ...event, seq } });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(reads).toBeGreaterThan(8);
    expect(reads).toBeLessThan(13);
  });
  it('reads as seldom as a page wants, and the last event is not lost', async () => {
    let reads = 0;
    read(() => Promise.resolve(String(++reads)), 4000);
    await vi.advanceTimersByTimeAsync(5000);
    for (let seq = 1; seq <= 100; seq++) {
      hear({ type: 'event', event: { ...event, seq } });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(reads).toBe(4);
    await vi.advanceTimersByTimeAsync(4000);
    expect(reads).toBe(5);
  });
  it('keeps the answer beside a later fault', async () => {
    let well = true;
    const { r } = read(() =>
      well
        ? Promise.resolve('one')
        : Promise.reject(new ApiError({ status: 503, code: 'x', title: 'busy', detail: '' })),
    );
    await turn();
    well = false;
    await r.reload();
    expect([r.data, r.error?.code]).toEqual(['one', 'x']);
  });
});
