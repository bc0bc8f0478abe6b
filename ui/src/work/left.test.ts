import { describe, expect, it } from 'vitest';
import { leftOf, readOf, type Work } from './left';

const work = (change: Partial<Work>): Work => ({
  pending: 0,
  failed: 0,
  missing: 0,
  film_pending: 0,
  reading_left: 0,
  figures_left: 0,
  figures_total: 0,
  reading_total: 0,
  ffmpeg: true,
  ...change,
});

describe('the background', () => {
  it('has pictures, clips and readings left, but nothing that failed', () => {
    expect(leftOf(work({ pending: 2, film_pending: 3, reading_left: 5, figures_left: 4, failed: 7, missing: 1 }))).toBe(
      14,
    );
  });
  it('counts what was read anew', () => {
    expect(readOf(work({ reading_left: 5, reading_total: 20 }))).toBe(15);
    expect(readOf(work({ reading_left: 5, reading_total: 0 }))).toBe(0);
  });
});
