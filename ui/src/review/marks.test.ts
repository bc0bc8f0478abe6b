import { describe, expect, it } from 'vitest';
import { aTake } from '../attempts/testing';
import { changes, colourName, labelOf, marked, merged, withPending, wordOf, type TakeRow } from './marks';

const row = (id: string, change = {}): TakeRow => ({
  take: aTake({ id, ...change }),
  generation: {} as TakeRow['generation'],
  attempt_number: 1,
  operator_name: '',
});

describe('a mark before the server has answered', () => {
  it('sets what the key says and nothing else', () => {
    const take = aTake({ stars: 3, verdict: 'usable' });
    expect(marked(take, { stars: 5 })).toMatchObject({ stars: 5, verdict: 'usable' });
    expect(marked(take, { verdict: 'rejected', reason: 'face' })).toMatchObject({ stars: 3, reason: 'face' });
  });
  it('drops the reason with the rejection', () => {
    const take = aTake({ verdict: 'rejected', reason: 'hand', reason_text: '六指' });
    const next = marked(take, { verdict: 'unseen' });
    expect([next.reason, next.reason_text]).toEqual([undefined, undefined]);
  });
  it('keeps the order of several marks on one take', () => {
    const pending = [
      { id: 1, takes: new Set(['a', 'b']), mark: { stars: 3 } },
      { id: 2, takes: new Set(['a']), mark: { stars: 5 } },
    ];
    const rows = withPending([row('a'), row('b'), row('c')], pending);
    expect(rows.map((r) => r.take.stars)).toEqual([5, 3, 0]);
  });
  it('leaves untouched rows as the same objects', () => {
    const rows = [row('a'), row('b')];
    expect(withPending(rows, [{ id: 1, takes: new Set(['a']), mark: { stars: 1 } }])[1]).toBe(rows[1]);
    expect(withPending(rows, [])).toBe(rows);
  });
  it('knows when it would change nothing', () => {
    expect(changes(aTake({ verdict: 'usable' }), { verdict: 'usable' })).toBe(false);
    expect(changes(aTake({ colour: 2 }), { colour: 2 })).toBe(false);
    expect(changes(aTake({ colour: 2 }), { colour: 0 })).toBe(true);
    expect(changes(aTake({ verdict: 'rejected', reason: 'face' }), { verdict: 'rejected', reason: 'hand' })).toBe(true);
  });
});

describe('merged', () => {
  it('takes over the answer for the takes on the screen', () => {
    const rows = merged([row('a'), row('b')], [aTake({ id: 'b', stars: 2 }), aTake({ id: 'z' })]);
    expect(rows.map((r) => [r.take.id, r.take.stars])).toEqual([
      ['a', 0],
      ['b', 2],
    ]);
  });
});

describe('words of a mark', () => {
  it('name the reason and the number of targets', () => {
    expect(wordOf({ verdict: 'rejected', reason: 'face' })).toBe('废片（脸崩）');
    expect(wordOf({ verdict: 'rejected', reason: 'other', reason_text: '糊' })).toBe('废片（糊）');
    expect(wordOf({ stars: 0 })).toBe('无星');
    expect(wordOf({ colour: 1 })).toBe('红');
    expect([0, 4, 9].map(colourName)).toEqual(['none', 'blue', 'none']);
    expect(labelOf([aTake({ number: 8 })], { stars: 4 })).toBe('第 8 条：4 星');
    expect(labelOf([aTake(), aTake()], { verdict: 'usable' })).toBe('2 条：可用');
  });
});
