import { describe, expect, it } from 'vitest';
import {
  barOf,
  fit,
  gridOf,
  labelsOf,
  lengthText,
  middleOf,
  niceBelow,
  pan,
  project,
  toScreen,
  widthOf,
  zoom,
} from './map';

const theatre = { lat: 30.3099, lon: 120.3264 };
const lake = { lat: 30.3189, lon: 120.3264 };
const east = { lat: 30.3099, lon: 120.3368 };
const size = { width: 600, height: 400 };

describe('the plane', () => {
  it('has north up and east to the right, in metres', () => {
    expect(project(theatre, theatre).x).toBeCloseTo(0, 9);
    expect(project(lake, theatre).y).toBeCloseTo(-1000.8, 0);
    expect(project(east, theatre).x).toBeCloseTo(998.4, 0);
    expect(project(east, theatre).y).toBeCloseTo(0, 9);
  });
  it('has its middle between the outermost', () => {
    expect(middleOf([theatre, lake, east]).lat).toBeCloseTo(30.3144, 6);
    expect(middleOf([])).toEqual({ lat: 0, lon: 0 });
  });
});

describe('the view', () => {
  const points = [theatre, lake, east].map((s) => project(s, theatre));
  it('fits all points inside the edge', () => {
    const view = fit(points, size, 50);
    for (const p of points) {
      const at = toScreen(p, view, size);
      expect(at.x).toBeGreaterThanOrEqual(50 - 1e-6);
      expect(at.x).toBeLessThanOrEqual(550 + 1e-6);
      expect(at.y).toBeGreaterThanOrEqual(50 - 1e-6);
      expect(at.y).toBeLessThanOrEqual(350 + 1e-6);
    }
  });
  it('shows a kilometre around a single point, and something without any', () => {
    const view = fit([{ x: 10, y: 20 }], size);
    expect(view.mpp * size.width).toBeCloseTo(2000, 6);
    expect(toScreen({ x: 10, y: 20 }, view, size)).toEqual({ x: 300, y: 200 });
    expect(fit([], size).mpp).toBeGreaterThan(0);
  });
  it('zooms around what is under the pointer, and not beyond its ends', () => {
    const view = { x: 100, y: -50, mpp: 4 };
    const under = (v: typeof view) => ({ x: v.x + (450 - 300) * v.mpp, y: v.y + (100 - 200) * v.mpp });
    const nearer = zoom(view, 0.5, size, { x: 450, y: 100 });
    expect(nearer.mpp).toBe(2);
    expect(under(nearer)).toEqual(under(view));
    expect(zoom(view, 1e-9, size).mpp).toBe(0.05);
    expect(zoom(view, 1e9, size).mpp).toBe(20_000);
  });
  it('pans the way of the hand', () => {
    const view = { x: 0, y: 0, mpp: 2 };
    const before = toScreen({ x: 0, y: 0 }, view, size);
    const after = toScreen({ x: 0, y: 0 }, pan(view, 30, -10), size);
    expect([after.x - before.x, after.y - before.y]).toEqual([30, -10]);
  });
});

describe('the scale', () => {
  it('is a round length', () => {
    expect([0.07, 1, 1.9, 2, 4.99, 5, 9.9, 1234, 20_000].map(niceBelow)).toEqual([
      0.05, 1, 1, 2, 2, 5, 5, 1000, 20_000,
    ]);
  });
  it('is as long as it says', () => {
    const bar = barOf({ x: 0, y: 0, mpp: 8.3 }, 120);
    expect(bar.metres).toBe(500);
    expect(bar.pixels * 8.3).toBeCloseTo(500, 9);
  });
  it('is written in metres or kilometres, cut', () => {
    expect([0.5, 200, 999.9, 1000, 1290, 38_900].map(lengthText)).toEqual([
      '0.5 m',
      '200 m',
      '999 m',
      '1 km',
      '1.2 km',
      '38 km',
    ]);
  });
  it('draws a grid of its own width', () => {
    const view = { x: 0, y: 0, mpp: 10 };
    const { xs, ys } = gridOf(view, size, { metres: 1000, pixels: 100 });
    expect(xs).toEqual([0, 100, 200, 300, 400, 500, 600]);
    expect(ys).toEqual([0, 100, 200, 300, 400]);
  });
});

describe('labels', () => {
  it('never lie on one another, on a point, or over the edge', () => {
    const marks = Array.from({ length: 60 }, (_, i) => ({
      id: String(i),
      name: `取景地${i}`,
      x: (i * 37) % 600,
      y: (i * 53) % 400,
    }));
    const labels = labelsOf(marks, size);
    expect(labels.length).toBeGreaterThan(10);
    const boxes = labels.map((l) => [l.x, l.y, l.x + l.width, l.y + 18] as const);
    boxes.forEach(([left, top, right, bottom], i) => {
      expect(left >= 0 && top >= 0 && right <= 600 && bottom <= 400).toBe(true);
      for (const [l, t, r, b] of boxes.slice(i + 1)) {
        expect(left < r && l < right && top < b && t < bottom).toBe(false);
      }
      for (const m of marks.filter((m) => m.id !== labels[i]!.id)) {
        expect(left < m.x + 9 && m.x - 9 < right && top < m.y + 9 && m.y - 9 < bottom).toBe(false);
      }
    });
  });
  it('give the chosen place its name first', () => {
    const crowd = [
      { id: 'a', name: '金沙湖大剧院', x: 300, y: 200 },
      { id: 'b', name: '金沙湖大剧苑', x: 330, y: 200, first: true },
    ];
    expect(labelsOf(crowd, size)[0]).toMatchObject({ id: 'b', x: 342 });
  });
  it('know how wide a name is', () => {
    expect(widthOf('金沙湖大剧院')).toBe(80);
    expect(widthOf('hall')).toBeLessThan(widthOf('观众厅的'));
  });
});
