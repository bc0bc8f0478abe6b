import { describe, expect, it } from 'vitest';
import { columnsFor, firstRow, itemOf, scrollTo, slotRows, type Grid } from './window';

const grid: Grid = { count: 10_000, columns: 6, rowHeight: 300, height: 900, extra: 2 };
const rows = Math.ceil(grid.count / grid.columns);

describe('the grid window', () => {
  it('needs few slots however long the list is', () => {
    expect(slotRows(grid) * grid.columns).toBeLessThan(60);
    expect(slotRows({ ...grid, count: 7 })).toBe(2);
    expect(slotRows({ ...grid, count: 0 })).toBe(0);
  });
  it('shows every item in sight, each in exactly one slot, at any scroll position', () => {
    for (let top = 0; top <= rows * grid.rowHeight; top += 137) {
      const first = firstRow(grid, top);
      const items = Array.from({ length: slotRows(grid) * grid.columns }, (_, slot) => itemOf(grid, slot, first));
      expect(new Set(items).size).toBe(items.length);
      const from = Math.floor(top / grid.rowHeight) * grid.columns;
      const last = Math.min(grid.count, Math.ceil((top + grid.height) / grid.rowHeight) * grid.columns);
      for (let i = from; i < last; i++) if (!items.includes(i)) throw new Error(`item ${i} is missing at ${top}`);
    }
  });
  it('changes one row of slots for one row of scroll', () => {
    const slots = slotRows(grid) * grid.columns;
    const at = (first: number) => Array.from({ length: slots }, (_, slot) => itemOf(grid, slot, first));
    const [a, b] = [at(100), at(101)];
    expect(a.filter((item, slot) => item !== b[slot])).toHaveLength(grid.columns);
  });
  it('never leaves the list at either end', () => {
    expect(firstRow(grid, -50)).toBe(0);
    expect(firstRow(grid, 1e9)).toBe(rows - slotRows(grid));
  });
  it('scrolls only as far as it takes to see an item', () => {
    expect(scrollTo(grid, 0, 500)).toBe(0);
    expect(scrollTo(grid, 7, 0)).toBe(0);
    expect(scrollTo(grid, 18, 0)).toBe(300);
  });
  it('fits at least one column', () => {
    expect(columnsFor(100, 180, 8)).toBe(1);
    expect(columnsFor(368, 180, 8)).toBe(2);
  });
});
