import { describe, expect, it } from 'vitest';
import { fitTile, placeOf, secondsAt, tileAt } from './scrub';

const strip = { tiles: 18, columns: 10, width: 160, height: 284 };

describe('tileAt', () => {
  it('divides the width evenly, the last pixel to the last frame', () => {
    expect([0, 9.9, 10, 179, 180, 500].map((x) => tileAt(x, 180, 18))).toEqual([0, 0, 1, 17, 17, 17]);
  });
  it('stays inside when a finger leaves the picture', () => expect(tileAt(-40, 180, 18)).toBe(0));
  it('does not divide by nothing', () => expect([tileAt(5, 0, 18), tileAt(5, 100, 0)]).toEqual([0, 0]));
});

describe('secondsAt', () => {
  it('is the middle of the share of a frame', () => {
    expect(secondsAt(0, 10, 5)).toBeCloseTo(0.25);
    expect(secondsAt(9, 10, 5)).toBeCloseTo(4.75);
    expect(secondsAt(0, 0, 5)).toBe(0);
  });
});

describe('a frame in its box', () => {
  it('fits by the narrower side', () => {
    expect(fitTile(strip, 132, 116).height).toBeCloseTo(116);
    expect(fitTile({ ...strip, width: 284, height: 160 }, 132, 116).width).toBeCloseTo(132);
  });
  it('is nothing in no box', () => expect(fitTile(strip, 0, 116)).toEqual({ width: 0, height: 0 }));
  it('shows frame 12 from the second row', () => {
    expect(placeOf(strip, 12, { width: 80, height: 142 })).toEqual({ x: -160, y: -142, width: 800, height: 284 });
  });
  it('takes a strip of one row as one row', () => {
    expect(placeOf({ ...strip, tiles: 5, columns: 5 }, 4, { width: 80, height: 142 })).toMatchObject({
      y: -0,
      height: 142,
    });
  });
});
