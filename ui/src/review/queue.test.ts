import { describe, expect, it } from 'vitest';
import {
  arrivals,
  behind,
  departed,
  drawn,
  drawsOf,
  grown,
  nextOf,
  refreshed,
  returned,
  type Drawn,
  type Gone,
} from './queue';
import { aQueueRow } from './testing';

const row = (id: string, change = {}) => aQueueRow({ shot_id: id, ...change });
const rows = (ids: string) => [...ids].map((id) => row(id));
const ids = (list: readonly { shot_id: string }[]) => list.map((r) => r.shot_id).join('');
const picked: Gone = { why: 'picked', by: '王制片' };

describe('the drawn queue', () => {
  it('keeps every shot in its place when others arrive and leave', () => {
    const d = refreshed(drawn(rows('abc')), rows('xcya'));
    expect(ids(d.rows)).toBe('abc');
    expect([...d.gone]).toEqual([['b', { why: 'left', by: '' }]]);
    expect(arrivals(d)).toBe(2);
    expect(ids(drawn(d.waiting).rows)).toBe('xcya');
  });
  it('says what is new of a shot in its place', () => {
    const d = refreshed(drawn(rows('ab')), [row('b', { takes: 9, unseen: 4 }), row('a')]);
    expect(d.rows[1]).toMatchObject({ shot_id: 'b', takes: 9, unseen: 4 });
  });
  it('says why a shot left: by what was seen of it, else by what was told, else not at all', () => {
    const d = departed(drawn(rows('abc')), 'a', picked);
    const later = refreshed(d, rows('c'), new Map([['b', { why: 'drawing', by: '' } as Gone]]));
    expect(later.gone.get('a')).toEqual(picked);
    expect(later.gone.get('b')).toEqual({ why: 'drawing', by: '' });
    expect(ids(later.waiting)).toBe('c');
  });
  it('has a shot wait again in its place', () => {
    const d = returned(departed(drawn(rows('abc')), 'b', picked), 'b');
    expect(d.gone.size).toBe(0);
    expect(ids(d.rows)).toBe('abc');
    expect(ids(d.waiting)).toBe('acb');
    expect(returned(d, 'z')).toBe(d);
  });
  it('grows at its end while it is first read, and counts nobody twice', () => {
    const d = grown(departed(drawn(rows('abc')), 'b', picked), rows('cde'));
    expect(ids(d.rows)).toBe('abcde');
    expect(ids(d.waiting)).toBe('acde');
    expect(d.gone.get('b')).toEqual(picked);
  });
  it('forgets an arrival that left before it was drawn', () => {
    const d = departed(refreshed(drawn(rows('a')), rows('ax')), 'x', picked);
    expect(arrivals(d)).toBe(0);
    expect(d.gone.size).toBe(0);
  });
});

describe('the next shot', () => {
  const gone = (d: Drawn, those: string) => [...those].reduce((x, id) => departed(x, id, picked), d);
  it.each<[string, string, string, string, 1 | -1, string | undefined]>([
    ['is the one behind', 'abcd', '', 'b', 1, 'c'],
    ['is the one before', 'abcd', '', 'b', -1, 'a'],
    ['begins again at the start', 'abcd', '', 'd', 1, 'a'],
    ['begins again at the end', 'abcd', '', 'a', -1, 'd'],
    ['stood behind the one just picked', 'abcd', 'b', 'b', 1, 'c'],
    ['passes over what left', 'abcd', 'bc', 'a', 1, 'd'],
    ['passes over what left, round the end', 'abcd', 'da', 'c', 1, 'b'],
    ['passes over what left, backwards', 'abcd', 'ab', 'c', -1, 'd'],
    ['is the first from a shot that is not here', 'abcd', 'a', 'z', 1, 'b'],
    ['is the last from a shot that is not here, backwards', 'abcd', 'd', 'z', -1, 'c'],
    ['is none where nothing else waits', 'ab', 'b', 'a', 1, undefined],
    ['is none where nothing is', '', '', 'a', -1, undefined],
  ])('%s', (_, all, left, from, by, want) => {
    expect(nextOf(gone(drawn(rows(all)), left), from, by)?.shot_id).toBe(want);
  });
  it.each<[string, string, string, 1 | -1, string]>([
    ['goes on behind a picked shot after the list was drawn anew', 'acd', 'b', 1, 'c'],
    ['goes back before it', 'acd', 'b', -1, 'a'],
    ['begins again where the picked one was the last', 'ab', 'd', 1, 'a'],
    ['begins at the first that is left behind it', 'xyd', 'b', 1, 'd'],
  ])('%s', (_, after, from, by, want) => {
    const before = drawn(rows('abcd'));
    const now = drawn(rows(after));
    expect(nextOf(now, from, by, behind(before, now, from))?.shot_id).toBe(want);
  });
});

describe('draws against the usual', () => {
  it.each([
    [24, 6, true],
    [12, 6, true],
    [11, 6, false],
    [4, 2, false],
    [5, 2, true],
    [40, 0, false],
  ])('%i of %i', (attempts, median, much) => {
    const usual = median ? { usual: { median, n: 30, size: '' } } : {};
    expect(drawsOf(row('a', { attempts, ...usual })).much).toBe(much);
  });
});

/** A small generator, so that a failure can be run again by its seed. */
function dice(seed: number): (sides: number) => number {
  let x = seed;
  return (sides) => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return Math.floor((x / 2 ** 32) * sides);
  };
}

describe('whatever happens to a queue', () => {
  it.each([...Array(60).keys()])('nothing drawn moves or goes until it is asked for (seed %i)', (seed) => {
    const roll = dice(seed + 1);
    let world = Array.from({ length: roll(30) }, (_, i) => `s${i}`);
    let d = drawn(world.map((id) => row(id)));
    let screen = ids(d.rows);
    for (let step = 0; step < 120; step++) {
      const act = roll(6);
      const one = world[roll(world.length)];
      if (act === 0) world.splice(roll(world.length + 1), 0, `n${step}`);
      else if (act === 1 && one) {
        world = world.filter((id) => id !== one);
        if (roll(2)) d = departed(d, one, picked);
      } else if (act === 2) {
        const back = d.rows[roll(d.rows.length)]?.shot_id;
        if (back && !world.includes(back)) {
          world.push(back);
          d = returned(d, back);
        }
      } else if (act === 3)
        d = refreshed(
          d,
          world.map((id) => row(id)),
        );
      else if (act === 4 && roll(4) === 0) {
        d = drawn(d.waiting);
        screen = ids(d.rows);
      }
      expect(ids(d.rows)).toBe(screen);
      expect(new Set(d.waiting.map((r) => r.shot_id)).size).toBe(d.waiting.length);
      expect(d.waiting.length).toBe(d.rows.length - d.gone.size + arrivals(d));
      const from = d.rows[roll(d.rows.length)]?.shot_id ?? '';
      const next = nextOf(d, from, roll(2) ? 1 : -1);
      if (next) expect(d.gone.has(next.shot_id) || next.shot_id === from).toBe(false);
      else expect(d.rows.filter((r) => !d.gone.has(r.shot_id) && r.shot_id !== from)).toEqual([]);
    }
    d = refreshed(
      d,
      world.map((id) => row(id)),
    );
    expect(ids(drawn(d.waiting).rows)).toBe(world.join(''));
  });
  it('every waiting shot is met once on a walk round', () => {
    const d = departed(drawn(rows('abcdefg')), 'c', picked);
    const met: string[] = [];
    for (let at = nextOf(d, '', 1); at && !met.includes(at.shot_id); at = nextOf(d, at.shot_id, 1))
      met.push(at.shot_id);
    expect(met.join('')).toBe('abdefg');
  });
});
