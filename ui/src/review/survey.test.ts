import { describe, expect, it } from 'vitest';
import { choose, neighbour, shapeFor } from './survey';

const upright = 9 / 16;
const wide = 16 / 9;
const many = (n: number, ratio: number) => Array.from({ length: n }, () => ratio);

describe('shapeFor', () => {
  it('stands upright pictures beside each other and lays wide ones on top', () => {
    expect(shapeFor(many(2, upright), 1000, 700)).toEqual({ columns: 2, rows: 1 });
    expect(shapeFor(many(2, wide), 700, 1000)).toEqual({ columns: 1, rows: 2 });
    expect(shapeFor(many(4, wide), 1600, 900)).toEqual({ columns: 2, rows: 2 });
    expect(shapeFor(many(9, wide), 1600, 900)).toEqual({ columns: 3, rows: 3 });
    expect(shapeFor(many(9, upright), 1200, 700)).toEqual({ columns: 5, rows: 2 });
  });
  it('finds a place for each of a mixed lot, and for one', () => {
    const { columns, rows } = shapeFor([upright, wide, upright, wide, wide], 1200, 700);
    expect(columns * rows).toBeGreaterThanOrEqual(5);
    expect(shapeFor([upright], 10, 10)).toEqual({ columns: 1, rows: 1 });
    expect(shapeFor([], 0, 0)).toEqual({ columns: 1, rows: 1 });
  });
});

describe('choose', () => {
  const order = Array.from({ length: 12 }, (_, i) => `k${i + 1}`);
  const none = new Set<string>();
  it('is the chosen takes, nine at most', () => {
    expect(choose(order, new Set(['k7', 'k2']), none, 'k1')).toEqual(['k2', 'k7']);
    expect(choose(order, new Set(order), none, 'k1')).toHaveLength(9);
  });
  it('is the undecided ones from the cursor on, in their order', () => {
    expect(choose(order, none, new Set(['k1', 'k11', 'k12']), 'k11')).toEqual(['k1', 'k11', 'k12']);
    expect(choose(order, new Set(['k3']), new Set(order), 'k5')).toEqual(['k1', ...order.slice(4)]);
  });
  it('is what stands around the cursor where all is decided', () => {
    expect(choose(order, none, new Set(['k4']), 'k12')).toEqual(order.slice(3));
    expect(choose(['k1', 'k2'], none, none, 'k2')).toEqual(['k1', 'k2']);
  });
});

describe('neighbour', () => {
  it('goes by panes and by rows and stays at the edges', () => {
    const shape = { columns: 3, rows: 2 };
    expect([neighbour(0, 1, false, shape, 5), neighbour(0, 1, true, shape, 5)]).toEqual([1, 3]);
    expect([neighbour(2, 1, true, shape, 5), neighbour(0, -1, false, shape, 5)]).toEqual([2, 0]);
  });
});
