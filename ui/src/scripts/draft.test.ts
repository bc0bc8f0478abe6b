import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import '../lib/testing';
import { ScriptDraft } from './draft.svelte';
import type { KeptScript } from './kept';
import { aLine, aPreview, aVersion } from './testing';

/** The server of these tests: it remembers what was asked, and answers with what it is told to. */
const asked: { url: string; body: KeptScript }[] = [];
const answers: { status: number; body: unknown }[] = [];
const preview = aPreview([aLine(1, 'unknown', '沈枝'), aLine(2, 'action')]);

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  asked.length = 0;
  answers.length = 0;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push({ url, body: JSON.parse(init.body as string) as KeptScript });
    const { status, body } = answers.shift() ?? { status: 200, body: preview };
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A draft that is taken up again has no need of an upload. */
async function resumed(kept: Partial<KeptScript> = {}): Promise<ScriptDraft> {
  const whole = { sha256: 'abc', name: '一稿.txt', ...kept };
  sessionStorage.setItem('chouka.script..t1', JSON.stringify({ kept: whole, bytes: 9, at: Date.now() }));
  const draft = new ScriptDraft('t1');
  await draft.resume();
  asked.length = 0;
  return draft;
}

describe('a draft', () => {
  it('has the file read again once after several quick corrections, with all of them', async () => {
    const draft = await resumed();
    draft.correct([1], 'speech');
    draft.correct([2], 'note');
    expect(draft.reading).toBe(true);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(asked.map((a) => a.url)).toEqual(['/api/v1/titles/t1/script-preview/again']);
    expect(asked[0]?.body).toMatchObject({
      sha256: 'abc',
      corrections: [
        { line: 1, kind: 'speech' },
        { line: 2, kind: 'note' },
      ],
    });
    expect(draft.reading).toBe(false);
  });
  it('takes steps back one by one, links as well as kinds', async () => {
    const draft = await resumed();
    draft.correct([1], 'speech');
    draft.link(0, 's9');
    expect(draft.steps).toBe(2);
    draft.back();
    expect([draft.corrections.length, draft.links.length]).toEqual([1, 0]);
    draft.back();
    draft.back();
    expect([draft.corrections.length, draft.steps]).toEqual([0, 0]);
    await vi.advanceTimersByTimeAsync(300);
    expect(asked.at(-1)?.body).toMatchObject({ corrections: [], links: [] });
  });
  it('is found again after it was put aside, with every correction and the note', async () => {
    const draft = await resumed();
    draft.correct([1], 'speech');
    draft.note = '二稿';
    draft.close();
    expect(draft.preview).toBeUndefined();
    const again = new ScriptDraft('t1');
    expect(again.waiting?.kept).toMatchObject({ corrections: [{ line: 1, kind: 'speech' }], note: '二稿' });
    await again.resume();
    expect([again.corrections.length, again.note, again.name]).toEqual([1, '二稿', '一稿.txt']);
  });
  it('imports what was looked at, and is no draft any more', async () => {
    const draft = await resumed({ corrections: [{ line: 1, kind: 'speech' }] });
    draft.note = ' 改了结尾 ';
    answers.push({ status: 201, body: aVersion(2) });
    expect((await draft.write())?.id).toBe('v2');
    expect(asked[0]?.url).toBe('/api/v1/titles/t1/scripts/kept');
    expect(asked[0]?.body).toMatchObject({ sha256: 'abc', encoding: 'utf-8', note: '改了结尾' });
    expect(new ScriptDraft('t1').waiting).toBeUndefined();
  });
  it('imports nothing while it is being read again', async () => {
    const draft = await resumed();
    draft.correct([1], 'speech');
    expect(await draft.write()).toBeUndefined();
    expect(asked).toEqual([]);
  });
  it('imports nothing that the preview does not show, and can be read again', async () => {
    const draft = await resumed();
    answers.push({ status: 503, body: { title: '忙', detail: '请稍后再试' } });
    draft.correct([1], 'speech');
    await vi.advanceTimersByTimeAsync(300);
    expect([draft.behind, draft.reading, draft.fault?.detail]).toEqual([true, false, '请稍后再试']);
    expect(await draft.write()).toBeUndefined();
    await draft.again();
    expect([draft.behind, draft.fault]).toEqual([false, undefined]);
    expect(asked.map((a) => a.url.split('/').at(-1))).toEqual(['again', 'again']);
  });
  it('keeps the preview and says why where an import is refused', async () => {
    const draft = await resumed();
    answers.push({ status: 409, body: { title: '冲突', detail: '请重新预览', code: 'script.changed' } });
    expect(await draft.write()).toBeUndefined();
    expect(draft.fault?.detail).toBe('请重新预览');
    expect(draft.preview).toBeDefined();
    expect(draft.writing).toBe(false);
  });
  it('forgets a draft whose file the server no longer keeps', async () => {
    answers.push({ status: 409, body: { title: '没有了', detail: '请重新选择文件', code: 'kept.gone' } });
    const draft = await resumed();
    expect(draft.fault?.code).toBe('kept.gone');
    expect(new ScriptDraft('t1').waiting).toBeUndefined();
  });
  it('drops what rested on another decoding', async () => {
    const draft = await resumed({ corrections: [{ line: 1, kind: 'speech' }] });
    await draft.readAs('gb18030');
    expect(asked[0]?.body).toMatchObject({ encoding: 'gb18030', corrections: [] });
  });
});
