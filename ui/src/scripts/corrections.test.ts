import { describe, expect, it } from 'vitest';
import {
  correct,
  countsNow,
  filterNow,
  kindKeys,
  kindNow,
  kindsByKey,
  marksOf,
  nextDoubtful,
  stretch,
  withoutLines,
} from './corrections';
import { kindOrder } from './lines';
import { aLine } from './testing';

describe('kinds set by hand', () => {
  const have = correct(correct([], [9, 2], 'speech'), [5], 'note');

  it('stand once for each line, in the order of the file, and the last word counts', () => {
    expect(have).toEqual([
      { line: 2, kind: 'speech' },
      { line: 5, kind: 'note' },
      { line: 9, kind: 'speech' },
    ]);
    expect(correct(have, [2, 5], 'action').map((c) => `${c.line} ${c.kind}`)).toEqual([
      '2 action',
      '5 action',
      '9 speech',
    ]);
  });
  it('may be left to the reader again', () => {
    expect(withoutLines(have, [2, 9])).toEqual([{ line: 5, kind: 'note' }]);
  });
  it('are shown, counted and filtered before the server has read again', () => {
    const lines = [aLine(2, 'unknown'), aLine(5, 'unknown'), aLine(7, 'scene')];
    const marks = marksOf(have);
    expect(lines.map((line) => kindNow(line, marks))).toEqual(['speech', 'note', 'scene']);
    expect(countsNow(lines, marks)).toEqual([
      { kind: 'scene', n: 1 },
      { kind: 'speech', n: 1 },
      { kind: 'note', n: 1 },
    ]);
    expect(filterNow(lines, marks, 'speech').map((l) => l.n)).toEqual([2]);
    expect(filterNow(lines, marks, 'unknown')).toEqual([]);
    expect(filterNow(lines, marks, '')).toHaveLength(3);
  });
  it('have a key each, one key for one kind', () => {
    expect(new Set(Object.values(kindKeys)).size).toBe(kindOrder.length);
    expect(kindsByKey.map((k) => kindKeys[k]).join('')).toBe('1234567890u');
  });
});

describe('lines to look at', () => {
  const lines = [aLine(1, 'unknown'), aLine(2, 'action'), aLine(3, 'speech', 'x', { low: true }), aLine(4, 'action')];

  it('are walked in both directions and round the ends', () => {
    const none = marksOf([]);
    expect(nextDoubtful(lines, none, 0, 1)).toBe(2);
    expect(nextDoubtful(lines, none, 2, 1)).toBe(0);
    expect(nextDoubtful(lines, none, 0, -1)).toBe(2);
  });
  it('are done with once set by hand', () => {
    const marks = marksOf(correct([], [3], 'action'));
    expect(nextDoubtful(lines, marks, 1, 1)).toBe(0);
    expect(nextDoubtful(lines, marksOf(correct([], [1, 3], 'action')), 1, 1)).toBe(-1);
    expect(nextDoubtful([], marks, 0, 1)).toBe(-1);
  });
});

describe('stretch', () => {
  it('takes all lines between two places, whichever came first', () => {
    const lines = [3, 5, 6, 9].map((n) => aLine(n, 'action'));
    expect(stretch(lines, 1, 2)).toEqual([5, 6]);
    expect(stretch(lines, 3, 1)).toEqual([5, 6, 9]);
    expect(stretch(lines, 0, 0)).toEqual([3]);
    expect(stretch([], 0, 0)).toEqual([]);
  });
});
