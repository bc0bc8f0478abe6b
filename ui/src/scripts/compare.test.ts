import { describe, expect, it } from 'vitest';
import { changedTags, changesOf, newestStanding, pairOf, partsOf } from './compare';
import { aCompared, aVersion } from './testing';

const lines: [string, string][] = [
  ['a', 'a'],
  ['b', 'b'],
  ['c', 'c'],
  ['d', 'D'],
  ['', 'e'],
  ['f', 'f'],
  ['g', 'g'],
  ['h', 'h'],
  ['i', 'i'],
  ['j', 'j'],
  ['k', ''],
];

describe('changes', () => {
  it('are runs of lines that differ, and scenes of which only the place or the heading does', () => {
    const moved = aCompared([['a', 'a']], { change: 'same', moved: true });
    const same = aCompared([['a', 'a']], { change: 'same' });
    expect(changesOf([aCompared(lines), same, moved])).toEqual([
      { scene: 0, line: 3, lines: 2 },
      { scene: 0, line: 10, lines: 1 },
      { scene: 2, line: -1, lines: 0 },
    ]);
  });
  it('name a scene whose label is another', () => {
    const head = { episode: 1, label: '1-2', heading: '1-2 夜' };
    expect(changedTags(aCompared([], { change: 'same', is: head }))).toEqual(['renumbered']);
    expect(changedTags(aCompared([], { change: 'removed', is: undefined }))).toEqual(['removed']);
    expect(changedTags(aCompared([], { change: 'same' }))).toEqual(['same']);
  });
});

describe('parts', () => {
  it('leave out what is the same, but for two lines around each change', () => {
    const parts = partsOf(aCompared(lines).lines, false);
    expect(parts.map((p) => ('left' in p ? `${p.from} −${p.left}` : `${p.from} +${p.lines.length}`))).toEqual([
      '0 +1',
      '1 +6',
      '7 +1',
      '8 +3',
    ]);
    const longer = aCompared([...lines.slice(0, 5), ...lines.slice(5, 10), ...lines.slice(5, 10), ...lines.slice(10)]);
    const left = partsOf(longer.lines, false).filter((p) => 'left' in p);
    expect(left).toEqual([{ from: 7, left: 6 }]);
  });
  it('lose no line, whatever is drawn', () => {
    for (const whole of [true, false]) {
      const parts = partsOf(aCompared(lines).lines, whole);
      expect(parts.reduce((n, p) => n + ('left' in p ? p.left : p.lines.length), 0)).toBe(lines.length);
    }
    expect(partsOf([], true)).toEqual([]);
  });
});

describe('two versions', () => {
  const versions = [aVersion(3, { undone: '2026-11-21T00:00:00Z' }), aVersion(2), aVersion(1)];

  it('are the newest two that stand, unless the address names others', () => {
    expect(pairOf(versions, '', '')).toMatchObject({ a: { id: 'v1' }, b: { id: 'v2' } });
    expect(pairOf(versions, 'v1', 'v3')).toMatchObject({ a: { id: 'v1' }, b: { id: 'v3' } });
  });
  it('stand the older first, whatever order the address has', () => {
    expect(pairOf(versions, 'v3', 'v1')).toMatchObject({ a: { id: 'v1' }, b: { id: 'v3' } });
  });
  it('are two, or none', () => {
    expect(pairOf(versions, 'v2', 'v2')).toBeUndefined();
    expect(pairOf([aVersion(1)], '', '')).toBeUndefined();
    expect(pairOf([], '', '')).toBeUndefined();
    expect(pairOf([versions[0]!, aVersion(1)], '', '')).toMatchObject({ a: { id: 'v1' }, b: { id: 'v3' } });
  });
  it('know the newest that was not taken back', () => {
    expect(newestStanding(versions)?.id).toBe('v2');
    expect(newestStanding([])).toBeUndefined();
  });
});
