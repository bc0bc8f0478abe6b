import { describe, expect, it } from 'vitest';
import { anchored, begun, differs, inOrder, othersOf, pressed, reached, stretch } from './links';
import { changeOf, compareHref, type Staleness } from './stale';

const ids = ['a', 'b', 'c', 'd', 'e'];

describe('lines of shots', () => {
  const row = (id: string, lines: string[]) => ({ shot: { id, number: id, label: `E01-${id}`, lines } }) as never;
  it('name the other shots that they are linked to', () => {
    const others = othersOf([row('1', ['a']), row('2', ['a', 'b']), row('3', [])], '1');
    expect([...others].map(([line, shots]) => [line, shots.map((s) => s.id)])).toEqual([
      ['a', ['2']],
      ['b', ['2']],
    ]);
  });
});

describe('choosing', () => {
  const sorted = (c: { chosen: string[] }) => inOrder(ids, c.chosen).join('');
  it('toggles one line', () => {
    const c = pressed(begun(['b']), 'd');
    expect([sorted(c), sorted(pressed(c, 'b'))]).toEqual(['bd', 'd']);
  });
  it('draws a stretch that follows the pointer back, and leaves what was chosen outside', () => {
    const c = pressed(begun(['a']), 'c');
    const far = reached(c, ids, 'e');
    expect([sorted(far), sorted(reached(far, ids, 'd')), sorted(reached(far, ids, 'b'))]).toEqual([
      'acde',
      'acd',
      'abc',
    ]);
  });
  it('drops a stretch where it began with a chosen line', () => {
    const c = pressed(begun(['a', 'b', 'c']), 'c');
    expect([sorted(c), sorted(reached(c, ids, 'b')), sorted(reached(c, ids, 'e'))]).toEqual(['ab', 'a', 'ab']);
  });
  it('adds a stretch from an anchor, over what is chosen already', () => {
    const c = reached(anchored(begun(['b']), 'b'), ids, 'd');
    expect([sorted(c), sorted(reached(c, ids, 'b'))]).toEqual(['bcd', 'b']);
  });
  it('begins at the first line that is reached where none was pressed', () => {
    expect(sorted(reached(begun([]), ids, 'c'))).toBe('c');
  });
  it('knows no stretch to a line that is not there', () => expect(stretch(ids, 'a', 'x')).toEqual([]));
  it('differs by its lines, not by their order', () => {
    expect([differs(['a', 'b'], ['b', 'a']), differs(['a'], ['b']), differs([], ['a'])]).toEqual([false, true, true]);
  });
});

describe('a stale shot', () => {
  const stale = { version_id: 'v3', version: 3, at: '', lines: [] } as Staleness;
  const versions = [
    { id: 'v1', number: 1 },
    { id: 'v3', number: 3 },
    { id: 'v2', number: 2 },
    { id: 'v4', number: 4 },
  ];
  it('leads to its version beside the one before', () => {
    expect(compareHref('t', versions, stale)).toBe('/titles/t/script/compare?a=v2&b=v3');
    expect(compareHref('t', [{ id: 'v3', number: 3 }], stale)).toBeUndefined();
    expect(compareHref('t', versions.slice(0, 1), stale)).toBeUndefined();
  });
  it('says what happened to a line', () => {
    const lines = [
      { id: 'a', was: 'x', is: '' },
      { id: 'b', was: '', is: 'y' },
      { id: 'c', was: 'x', is: 'y' },
    ];
    expect(lines.map(changeOf)).toEqual(['gone', 'new', 'edited']);
  });
});
