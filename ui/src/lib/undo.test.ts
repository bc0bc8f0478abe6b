import { beforeEach, describe, expect, it, vi } from 'vitest';
import { post } from './client';
import { ApiError } from './problem';
import { closeToast, toast, toastError, toasts } from './toasts.svelte';
import { did, forgetUndo, undoLast } from './undo.svelte';

beforeEach(() => {
  forgetUndo();
  toasts().forEach((x) => closeToast(x.id));
});

describe('undo', () => {
  it('takes acts back from the newest on', async () => {
    const log: string[] = [];
    did('甲', () => void log.push('甲'));
    did('乙', () => void log.push('乙'));
    expect([await undoLast(), await undoLast(), await undoLast()]).toEqual([true, true, false]);
    expect(log).toEqual(['乙', '甲']);
  });
  it('works once, from the toast or from the key', async () => {
    let times = 0;
    did('甲', () => void times++);
    toasts()[0]?.undo?.();
    expect(await undoLast()).toBe(false);
    expect(times).toBe(1);
  });
  it('remembers fifty acts', async () => {
    let times = 0;
    for (let i = 0; i < 60; i++) did(String(i), () => void times++, true);
    while (await undoLast());
    expect(times).toBe(50);
  });
  it('takes back the act whose answer is on its way, not the one before', async () => {
    const log: string[] = [];
    did('甲', () => void log.push('甲'));
    let answer: (a: Response) => void = () => undefined;
    vi.stubGlobal('fetch', () => new Promise<Response>((done) => (answer = done)));
    const act = (async () => {
      await post('/verdicts', { body: { takes: [], verdict: 'shortlisted' } });
      did('乙', () => void log.push('乙'));
    })();
    const back = undoLast();
    answer(new Response('{}'));
    await Promise.all([act, back]);
    expect(log).toEqual(['乙']);
    vi.unstubAllGlobals();
  });
  it('says why it failed', async () => {
    did('甲', () => Promise.reject(new ApiError({ status: 409, code: 'x', title: '已被别人改动', detail: '' })), true);
    await undoLast();
    expect(toasts().map((x) => [x.tone, x.text])).toEqual([['error', '已被别人改动']]);
  });
});

describe('toasts', () => {
  it('stand at most three, and errors outlast the others', () => {
    const error = (title: string) => toastError(new ApiError({ status: 500, code: 'x', title, detail: '' }));
    error('坏一');
    ['1', '2', '3', '4'].forEach((x) => toast(x));
    expect(toasts()).toHaveLength(3);
    expect(toasts().some((x) => x.text === '坏一')).toBe(true);
    expect(toasts().at(-1)?.text).toBe('4');
  });
  it('say the same fault only once', () => {
    const fault = new ApiError({ status: 500, code: 'x', title: '坏', detail: '了' });
    toastError(fault);
    toastError(fault);
    expect(toasts()).toHaveLength(1);
  });
  it('leave by themselves, errors do not', () => {
    vi.useFakeTimers();
    toast('好');
    toastError(new Error('坏'));
    vi.advanceTimersByTime(20_000);
    expect(toasts().map((x) => x.tone)).toEqual(['error']);
    vi.useRealTimers();
  });
});
