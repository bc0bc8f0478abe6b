import { describe, expect, it } from 'vitest';
import { nextSort, readSort, sorted, writeSort } from './sort';

const usual = { id: 'takes', down: true };

describe('an order', () => {
  it('comes out of the address and goes back into it', () => {
    expect(readSort('-hit', ['takes', 'hit'], usual)).toEqual({ id: 'hit', down: true });
    expect(readSort('hit', ['takes', 'hit'], usual)).toEqual({ id: 'hit', down: false });
    expect(writeSort({ id: 'hit', down: true }, usual)).toBe('-hit');
  });
  it('is the usual one where the address names none that is there', () => {
    for (const text of ['', '-', 'nothing', '-nothing']) expect(readSort(text, ['takes'], usual)).toBe(usual);
    expect(writeSort({ ...usual }, usual)).toBe('');
  });
  it('turns round on the same head, and begins with the greatest figure on another', () => {
    expect(nextSort(usual, 'takes', true)).toEqual({ id: 'takes', down: false });
    expect(nextSort(usual, 'hit', true)).toEqual({ id: 'hit', down: true });
    expect(nextSort(usual, 'name', false)).toEqual({ id: 'name', down: false });
  });
});

describe('sorted', () => {
  const rows = [{ v: 2 }, { v: undefined }, { v: 10 }, { v: 2, second: true }];
  it('goes by figures and keeps equals in their order', () => {
    expect(sorted(rows, (r) => r.v, true)).toEqual([{ v: 10 }, { v: 2 }, { v: 2, second: true }, { v: undefined }]);
  });
  it('puts what has no value last either way', () => {
    expect(sorted(rows, (r) => r.v, false).at(-1)).toEqual({ v: undefined });
    expect(sorted(rows, (r) => r.v, true).at(-1)).toEqual({ v: undefined });
  });
  it('leaves the list that it was given alone', () => {
    const before = [...rows];
    sorted(rows, (r) => r.v, true);
    expect(rows).toEqual(before);
  });
});
