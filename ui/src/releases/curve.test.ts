import { describe, expect, it } from 'vitest';
import { nearest, pictureOf } from './curve';

const point = (day: number, value: number) => ({
  at: new Date(Date.UTC(2026, 2, day)).toISOString(),
  value,
  reading: `x${day}`,
});
const size = { width: 600, height: 100 };
const levels = [10, 50, 100, 200, 500];

describe('pictureOf', () => {
  it('draws time from the release on and values from zero', () => {
    const picture = pictureOf([point(3, 0), point(11, 100)], levels, size, Date.UTC(2026, 2, 1));
    expect(picture.spots.map((s) => Math.round(s.x))).toEqual([120, 600]);
    expect(picture.spots[0]?.y).toBe(100);
    expect(picture.line).toMatch(/^M120\.0 100\.0L600\.0 /);
  });
  it('stays inside the plot with one point, none, or two of one instant', () => {
    expect(pictureOf([], levels, size)).toMatchObject({ spots: [], line: '', area: '', ticks: [] });
    const one = pictureOf([point(3, 7)], levels, size);
    expect(one.spots[0]?.x).toBe(300);
    for (const s of pictureOf([point(3, 7), point(3, 9)], levels, size).spots) {
      expect(Number.isFinite(s.x) && s.x >= 0 && s.x <= 600 && s.y >= 0).toBe(true);
    }
  });
  it('shows the thresholds that were reached and the next one only where it is near', () => {
    const far = pictureOf([point(1, 0), point(2, 120)], levels, size).thresholds;
    expect(far.map((l) => [l.value, l.reached])).toContainEqual([100, true]);
    expect(far.some((l) => l.value === 200)).toBe(false);
    const near = pictureOf([point(1, 0), point(2, 190)], levels, size).thresholds;
    expect(near.find((l) => l.value === 200)?.reached).toBe(false);
  });
  it('never writes two labels onto each other', () => {
    const ys = pictureOf([point(1, 0), point(2, 500)], levels, size).thresholds.map((l) => l.y);
    for (let i = 1; i < ys.length; i++) expect(Math.abs(ys[i]! - ys[i - 1]!)).toBeGreaterThanOrEqual(14);
  });
  it('writes a date only once however few days there are', () => {
    const ticks = pictureOf([point(1, 0), point(2, 5)], levels, size).ticks;
    expect(ticks).toHaveLength(2);
  });
});

describe('nearest', () => {
  it('finds the point under the pointer', () => {
    const { spots } = pictureOf([point(1, 0), point(5, 5), point(11, 10)], levels, size);
    expect([nearest(spots, -50), nearest(spots, 250), nearest(spots, 9999)]).toEqual([0, 1, 2]);
    expect(nearest([], 10)).toBe(-1);
  });
});
