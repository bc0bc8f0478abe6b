import { describe, expect, it } from 'vitest';
import {
  groupsOf,
  indexAt,
  inOrder,
  layoutOf,
  pictureOf,
  placeOf,
  reordered,
  sheetPictures,
  shownIn,
  spotOf,
  stepped,
  type Group,
  type ShotRow,
} from './board';
import type { SceneRow } from '../titles/outline';

const row = (id: string, scene = 'a', shot: object = {}, more: object = {}) =>
  ({ shot: { id, scene_id: scene, cast: [], ...shot }, attempts: 0, takes: 0, ...more }) as unknown as ShotRow;
const scene = (id: string, archived = false) => ({ id, archived }) as SceneRow;
const ids = (rows: ShotRow[]) => rows.map((r) => r.shot.id).join(' ');

describe('groups', () => {
  it('are the scenes in order; one that left the script stays only with its shots', () => {
    const scenes = [scene('a'), scene('b'), scene('old', true), scene('gone', true)];
    const groups = groupsOf(scenes, [row('1'), row('2', 'old'), row('3')]);
    expect(groups.map((g) => [g.scene.id, ids(g.rows)])).toEqual([
      ['a', '1 3'],
      ['b', ''],
      ['old', '2'],
    ]);
  });
});

describe('the picture', () => {
  const sheet = (id: string, element_id: string, change: object = {}) =>
    ({
      id,
      element_id,
      edition: 2,
      archived: false,
      pictures: [
        { id: 'p1', edition: 1 },
        { id: 'p2', edition: 2 },
      ],
      ...change,
    }) as never;
  const sheets = sheetPictures([
    sheet('s0', 'x', { pictures: [] }),
    sheet('s1', 'x'),
    sheet('s2', 'x'),
    sheet('s3', 'y', { archived: true }),
    sheet('s4', ''),
  ]);
  it('of a sheet is the first of its present edition', () => {
    expect([...sheets]).toEqual([['x', '/api/v1/references/s1/pictures/p2/thumb']]);
  });
  it('is the pick, else the newest take, else a sheet, else none', () => {
    const pick = { take_id: 't1' };
    expect(pictureOf(row('1', 'a', { pick, cast: ['x'] }, { last_take: 't2' }), sheets)).toMatchObject({
      from: 'pick',
    });
    expect(pictureOf(row('1', 'a', { cast: ['x'] }, { last_take: 't2' }), sheets)?.src).toBe('/api/v1/takes/t2/thumb');
    expect(pictureOf(row('1', 'a', { cast: ['y', 'x'] }), sheets)?.from).toBe('sheet');
    expect(pictureOf(row('1', 'a', { cast: ['y'] }), sheets)).toBeUndefined();
  });
});

const size = { width: 340, cell: 100, height: 50, gap: 10, head: 30, empty: 20 };

describe('the layout', () => {
  const layout = layoutOf([4, 0, 2], size);
  it('places scenes below one another, cells beside one another', () => {
    expect(layout.blocks.map((b) => [b.y, b.height, b.columns])).toEqual([
      [0, 150, 3],
      [150, 50, 3],
      [200, 90, 3],
    ]);
    expect([layout.height, Math.round(layout.cellWidth)]).toEqual([290, 107]);
    expect(placeOf(layout, layout.blocks[0]!, 3)).toEqual({ x: 0, y: 90 });
    expect(layoutOf([2], { ...size, width: 20 }).blocks[0]!.columns).toBe(1);
  });
  it('draws what is in sight and a little around it', () => {
    expect(shownIn(layout, 0, 100, 0)).toEqual([{ at: 0, from: 0, to: 4 }]);
    expect(shownIn(layout, 205, 290, 0)).toEqual([{ at: 2, from: 0, to: 2 }]);
    const long = layoutOf([900], size);
    const [part] = shownIn(long, 6000, 6600, 1);
    expect(part!.to - part!.from).toBeLessThan(50);
    expect(part!.from).toBeLessThanOrEqual(Math.floor((6000 - 30) / 60) * 3);
  });
  it('finds the cell under a point, the nearest one beside it', () => {
    const [a] = layout.blocks;
    expect(indexAt(layout, a!, 120, 40)).toBe(1);
    expect(indexAt(layout, a!, 5, 95)).toBe(3);
    expect(indexAt(layout, a!, 900, 900)).toBe(3);
    expect(indexAt(layout, a!, -5, -5)).toBe(0);
  });
  it('finds every cell at its own middle', () => {
    for (const b of layout.blocks)
      for (let i = 0; i < b.count; i++) {
        const { x, y } = placeOf(layout, b, i);
        expect(indexAt(layout, b, x + layout.cellWidth / 2, b.y + y + size.height / 2)).toBe(i);
      }
  });
});

describe('steps', () => {
  const groups: Group[] = [
    { scene: scene('a'), rows: [row('1'), row('2'), row('3'), row('4')] },
    { scene: scene('b'), rows: [] },
    { scene: scene('c'), rows: [row('5', 'c'), row('6', 'c')] },
  ];
  const at = (id: string, dx: number, dy: number) => {
    const to = stepped(groups, 3, spotOf(groups, id)!, dx, dy);
    return groups[to.group]!.rows[to.index]!.shot.id;
  };
  it('go on to the next scene over an empty one and stop at the ends', () => {
    expect([at('4', 1, 0), at('5', -1, 0), at('1', -1, 0), at('6', 1, 0)]).toEqual(['5', '4', '1', '6']);
  });
  it('keep their column where there is one', () => {
    expect([at('1', 0, 1), at('3', 0, 1), at('4', 0, 1), at('6', 0, -1), at('2', 0, -1)]).toEqual([
      '4',
      '4',
      '5',
      '4',
      '2',
    ]);
  });
  it('find no shot that is not there', () => expect(spotOf(groups, 'x')).toBeUndefined());
});

describe('reordering', () => {
  const rows = [row('1'), row('2'), row('3'), row('9', 'b')];
  it('moves within the scene and leaves the others', () => {
    expect(ids(reordered(rows, 'a', 0, 2))).toBe('2 3 1 9');
    expect(reordered(rows, 'a', 1, 1)).toBe(rows);
    expect(reordered(rows, 'b', 0, 1)).toBe(rows);
  });
  it('is taken back by the ids of before', () => {
    expect(ids(inOrder(reordered(rows, 'a', 0, 2), 'a', ['1', '2', '3']))).toBe('1 2 3 9');
  });
});
