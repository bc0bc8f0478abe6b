import { describe, expect, it } from 'vitest';
import { readPages } from './pages';

const all = Array.from({ length: 25 }, (_, i) => i);
const calls: number[] = [];
const read = (limit: number, after: string | undefined) => {
  calls.push(limit);
  const from = Number(after ?? 0);
  const to = Math.min(from + limit, all.length);
  return Promise.resolve({ items: all.slice(from, to), next: to < all.length ? String(to) : undefined });
};

describe('readPages', () => {
  it('joins pages until enough is there', async () => {
    calls.length = 0;
    const got = await readPages(read, 15, 10);
    expect(got.items).toEqual(all.slice(0, 15));
    expect(got.next).toBe('15');
    expect(calls).toEqual([10, 5]);
  });
  it('stops at the end of the list', async () => {
    const got = await readPages(read, 100, 10);
    expect(got.items).toEqual(all);
    expect(got.next).toBeUndefined();
  });
});
