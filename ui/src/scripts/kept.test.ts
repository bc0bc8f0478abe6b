import { beforeEach, describe, expect, it } from 'vitest';
import { dropDraft, keepDraft, readDraft, type KeptDraft } from './kept';
import { firstLines, pastedFile } from './pasted';

const hour = 60 * 60 * 1000;
const draft: KeptDraft = { kept: { sha256: 'abc', name: '二稿.txt' }, bytes: 12, at: 1000 };

describe('a draft', () => {
  beforeEach(() => sessionStorage.clear());

  it('is found again by the same person at the same title, for a day', () => {
    keepDraft(sessionStorage, 'p1', 't1', draft);
    expect(readDraft(sessionStorage, 'p1', 't1', 1000 + 23 * hour)).toEqual(draft);
    expect(readDraft(sessionStorage, 'p2', 't1', 1000)).toBeUndefined();
    expect(readDraft(sessionStorage, 'p1', 't2', 1000)).toBeUndefined();
    expect(readDraft(sessionStorage, 'p1', 't1', 1000 + 24 * hour)).toBeUndefined();
    expect(sessionStorage.length).toBe(0);
  });
  it('is gone when it is dropped, and when it is no draft', () => {
    keepDraft(sessionStorage, 'p1', 't1', draft);
    dropDraft(sessionStorage, 'p1', 't1');
    expect(readDraft(sessionStorage, 'p1', 't1', 1000)).toBeUndefined();
    for (const bad of ['{', '[]', '7', '{"at":1,"bytes":1}']) {
      sessionStorage.setItem('chouka.script.p1.t1', bad);
      expect(readDraft(sessionStorage, 'p1', 't1', 1000)).toBeUndefined();
    }
  });
  it('that does not fit leaves nothing half written', () => {
    const full = {
      ...{ getItem: () => null, removeItem: (key: string) => removed.push(key) },
      setItem: () => {
        throw new Error('full');
      },
    };
    const removed: string[] = [];
    keepDraft(full, 'p1', 't1', draft);
    expect(removed).toEqual(['chouka.script.p1.t1']);
  });
});

describe('pasted text', () => {
  const now = new Date(2026, 10, 28, 9, 5);

  it('is a UTF-8 text file, named by the hour unless it has a name', async () => {
    const file = pastedFile('第一集\n沈枝：嗨', '', now);
    expect(file.name).toBe('paste 2026-11-28 0905.txt');
    expect(await file.text()).toBe('第一集\n沈枝：嗨');
    expect(pastedFile('x', ' 二稿 ', now).name).toBe('二稿.txt');
    expect(pastedFile('x', 'Example.fountain', now).name).toBe('Example.fountain');
  });
  it('shows its first lines, cut to a line each', () => {
    const lines = Array.from({ length: 9 }, (_, i) => ({ text: `  ${i} ${'长'.repeat(100)}` }));
    const first = firstLines(lines);
    expect(first).toHaveLength(5);
    expect(first[0]).toHaveLength(80);
    expect(first[0]?.startsWith('0')).toBe(true);
  });
});
