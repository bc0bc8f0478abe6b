import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetUndo, undoLast } from '../lib/undo.svelte';
import {
  claimAgain,
  firstsOf,
  originBody,
  originDraft,
  rankAgain,
  rankText,
  saveRank,
  strikeClaim,
  strikeRank,
  type Claim,
  type Rank,
} from './ranks';

const meta = { rev: 3, created: '2026-03-06T02:00:00Z', updated: '2026-03-06T02:00:00Z' };

function aRank(change: Partial<Rank> = {}): Rank {
  return {
    ...meta,
    id: 'k1',
    title_id: 't1',
    list: '红果热播榜',
    place: 1,
    date: '2026-03-05',
    origin: { kind: 'press', note: '日榜', evidence: ['e1'] },
    by: 'p1',
    by_name: '罗运营',
    ...change,
  };
}

function aClaim(change: Partial<Claim> = {}): Claim {
  return {
    ...meta,
    id: 'c1',
    title_id: 't1',
    text: '2026年首部破2亿',
    date: '2026-03-06',
    origin: { kind: 'press', url: 'https://example.com/1' },
    by: 'p1',
    by_name: '罗运营',
    earlier: [],
    ...change,
  };
}

interface Sent {
  path: string;
  method: string;
  rev: string | null;
  body: unknown;
}

/** Answers every call with one record and keeps what was sent. */
function server(answer: object): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', (url: string, o: RequestInit) => {
    const headers = o.headers as Headers;
    const body: unknown = o.body ? JSON.parse(o.body as string) : undefined;
    sent.push({ path: url, method: o.method ?? '', rev: headers.get('If-Match'), body });
    return Promise.resolve(new Response(JSON.stringify(answer), { status: 200 }));
  });
  return sent;
}

afterEach(() => {
  forgetUndo();
  vi.unstubAllGlobals();
});

describe('ranks', () => {
  it('of one day on several lists are told together, withdrawn ones aside', () => {
    const list = [
      aRank(),
      aRank({ id: 'k2', list: '抖音短剧榜' }),
      aRank({ id: 'k3', list: '快手榜', place: 2 }),
      aRank({ id: 'k4', date: '2026-03-06' }),
      aRank({ id: 'k5', date: '2026-03-06', list: '抖音短剧榜', ended: '2026-03-07T00:00:00Z' }),
    ];
    expect(firstsOf(list)).toEqual([{ date: '2026-03-05', lists: ['红果热播榜', '抖音短剧榜'] }]);
  });
  it('count one list once, whatever the platform', () => {
    expect(firstsOf([aRank(), aRank({ id: 'k2', release_id: 'r2' })])).toEqual([]);
  });
  it('are said with their list and place', () => {
    expect(rankText(aRank({ place: 3 }))).toBe('红果热播榜 第 3');
  });
  it('go back to what they were, pictures too', () => {
    expect(rankAgain(aRank())).toEqual({
      release_id: '',
      list: '红果热播榜',
      place: 1,
      date: '2026-03-05',
      origin: { kind: 'press', note: '日榜', evidence: ['e1'] },
    });
  });
  it('that were just entered are withdrawn by undo, changed ones changed back', async () => {
    const sent = server(aRank({ rev: 7 }));
    await saveRank('t1', undefined, { list: '红果热播榜', place: 1 }, () => undefined);
    await undoLast();
    await saveRank('t1', aRank(), { place: 2 }, () => undefined);
    await undoLast();
    expect(sent.map((s) => [s.method, s.path, s.rev])).toEqual([
      ['POST', '/api/v1/titles/t1/ranks', null],
      ['POST', '/api/v1/ranks/k1/withdraw', '"7"'],
      ['PATCH', '/api/v1/ranks/k1', '"3"'],
      ['PATCH', '/api/v1/ranks/k1', '"7"'],
    ]);
    expect(sent[3]?.body).toEqual(rankAgain(aRank()));
  });
  it('that are withdrawn stand again by undo, and the other way round', async () => {
    const sent = server(aRank({ rev: 4 }));
    await strikeRank(aRank(), '看错日期', () => undefined);
    await undoLast();
    await strikeRank(aRank({ ended: '2026-03-07T00:00:00Z', why: '看错日期' }), '', () => undefined);
    await undoLast();
    expect(sent.map((s) => s.body)).toEqual([{ why: '看错日期' }, { why: '' }, { why: '' }, { why: '看错日期' }]);
  });
});

describe('claims', () => {
  it('go back to what they were', () => {
    expect(claimAgain(aClaim({ milestone_id: 'm1' }))).toEqual({
      release_id: '',
      milestone_id: 'm1',
      text: '2026年首部破2亿',
      date: '2026-03-06',
      origin: { kind: 'press', url: 'https://example.com/1' },
    });
  });
  it('are withdrawn with a reason and stand again by undo', async () => {
    const sent = server(aClaim({ rev: 4 }));
    await strikeClaim(aClaim(), '没有出处', () => undefined);
    await undoLast();
    expect(sent.map((s) => [s.path, s.rev, s.body])).toEqual([
      ['/api/v1/claims/c1/withdraw', '"3"', { why: '没有出处' }],
      ['/api/v1/claims/c1/withdraw', '"4"', { why: '' }],
    ]);
  });
});

describe('an origin', () => {
  it('sends only what is filled in', () => {
    expect(originBody({ kind: 'press', note: ' ', url: '' }, [])).toEqual({ kind: 'press' });
  });
  it('that came with a file is printed matter for a form', () => {
    expect(originDraft({ kind: 'file', note: 'a.csv' })).toEqual({ kind: 'press', note: 'a.csv', url: '' });
  });
});
