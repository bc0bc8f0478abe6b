import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Looks } from './looks';

const sent: string[][] = [];
let refuse = false;

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  refuse = false;
  vi.stubGlobal('fetch', (_: string, init?: RequestInit) => {
    if (refuse) return Promise.reject(new TypeError('no connection'));
    sent.push((JSON.parse(init?.body as string) as { takes: string[] }).takes);
    return Promise.resolve(new Response(null, { status: 204 }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('looks', () => {
  it('are told together and each once', async () => {
    const looks = new Looks();
    looks.see(['a', 'b']);
    looks.see(['b', 'c', '']);
    await vi.advanceTimersByTimeAsync(2000);
    looks.see(['a', 'd']);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toEqual([['a', 'b', 'c'], ['d']]);
  });
  it('are told again when they did not get through', async () => {
    const looks = new Looks();
    refuse = true;
    looks.see(['a']);
    await vi.advanceTimersByTimeAsync(2000);
    refuse = false;
    looks.see(['a']);
    await looks.send();
    expect(sent).toEqual([['a']]);
  });
});
