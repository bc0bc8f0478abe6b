import { afterEach, describe, expect, it, vi } from 'vitest';
import { address, ApiError, del, get, onSignedOut, patch, post, randomKey } from './client';
import { problemOf } from './problem';

const asked: { url: string; init: RequestInit }[] = [];
function answerWith(status: number, body: unknown, headers: Record<string, string> = {}) {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status, headers }));
  });
}
const header = (name: string) => new Headers(asked.at(-1)?.init.headers).get(name);

afterEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});

describe('address', () => {
  it('fills the path and leaves empty query values out', () => {
    const url = address(
      '/titles/{title}/shots',
      { title: 'a/b' },
      { state: 'todo', scene: '', after: undefined, tag: [1, 2] },
    );
    expect(url).toBe('/api/v1/titles/a%2Fb/shots?state=todo&tag=1&tag=2');
  });
});

describe('calls', () => {
  it('read with the language of the page', async () => {
    answerWith(200, { needed: true });
    expect(await get('/setup')).toEqual({ needed: true });
    expect(asked[0]?.url).toBe('/api/v1/setup');
    expect(header('Accept-Language')).toBe('zh-CN');
    expect(header('Idempotency-Key')).toBeNull();
  });
  it('carry the revision that a change rests on', async () => {
    answerWith(200, {});
    await patch('/people/{person}', { path: { person: 'p' }, rev: 7, body: { active: false } });
    expect(header('If-Match')).toBe('"7"');
    expect(asked[0]?.init.body).toBe('{"active":false}');
  });
  it('carry a fresh key when they create, so that a repeated answer books nothing twice', async () => {
    answerWith(201, {});
    await post('/titles', { body: { name: '甲' } });
    const one = header('Idempotency-Key');
    await post('/titles', { body: { name: '甲' } });
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(header('Idempotency-Key')).not.toBe(one);
  });
  it('take an answer without a body', async () => {
    answerWith(204, undefined);
    expect(await del('/session')).toBeUndefined();
  });
});

describe('refusals', () => {
  it('are ApiErrors with their code, words and fields', async () => {
    answerWith(422, {
      code: 'invalid.name',
      title: '输入有误',
      detail: '名称不能为空',
      instance: 'r-1',
      errors: [{ location: 'body.name', message: '请填写名称' }],
    });
    const error = await post('/titles', { body: { name: '' } }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    const refusal = error as ApiError;
    expect([refusal.status, refusal.code, refusal.detail, refusal.requestId]).toEqual([
      422,
      'invalid.name',
      '名称不能为空',
      'r-1',
    ]);
    expect(refusal.field('name')).toBe('请填写名称');
    expect(refusal.field('code')).toBe('');
  });
  it('tell once when the session is gone', async () => {
    answerWith(401, { code: 'signed_out', title: '请先登录', detail: '' });
    let lost = 0;
    onSignedOut(() => lost++);
    await get('/titles').catch(() => undefined);
    onSignedOut(() => undefined);
    expect(lost).toBe(1);
  });
  it('say offline when no answer comes', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    const error = (await get('/titles').catch((e: unknown) => e)) as ApiError;
    expect([error.status, error.code]).toEqual([0, 'offline']);
    expect(error.detail).not.toBe('');
  });
  it('stay aborts when the page gave the call up', async () => {
    const stop = new AbortController();
    stop.abort();
    vi.stubGlobal('fetch', () => Promise.reject(new DOMException('', 'AbortError')));
    const error = await get('/titles', { signal: stop.signal }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DOMException);
  });
  it.each(['', '<html>bad gateway</html>', '[1]', 'null'])('survive a body that is no problem document: %s', (text) => {
    const error = problemOf(502, text, new Headers());
    expect([error.status, error.code]).toEqual([502, 'http_502']);
    expect(error.title).toContain('502');
  });
});

describe('randomKey', () => {
  it('never gives the same key twice', () => {
    expect(new Set(Array.from({ length: 200 }, randomKey)).size).toBe(200);
  });
});
