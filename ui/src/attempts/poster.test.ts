import { describe, expect, it } from 'vitest';
import { fitInto, posterAt } from './poster';

describe('a poster', () => {
  it('is taken half a second in, or earlier in a very short clip', () => {
    expect(posterAt(8)).toBe(0.5);
    expect(posterAt(1)).toBe(0.25);
  });
  it('is the first frame where the length is not known', () => {
    expect(posterAt(NaN)).toBe(0);
    expect(posterAt(Infinity)).toBe(0);
  });
  it('keeps its proportions and never grows', () => {
    expect(fitInto(1080, 1920, 960)).toEqual([540, 960]);
    expect(fitInto(320, 240, 960)).toEqual([320, 240]);
    expect(fitInto(4000, 1, 960)).toEqual([960, 1]);
  });
});
