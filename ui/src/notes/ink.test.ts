import { describe, expect, it } from 'vitest';
import {
  arrow,
  boxOf,
  drawnPoints,
  inked,
  outline,
  placed,
  shortened,
  simplified,
  stored,
  textAt,
  touches,
  wideOf,
} from './ink';
import type { Pt } from './ink';
import { aStroke } from './testing';

const portrait = boxOf(9 / 16);
const pt = (x: number, y: number, p = 0.5): Pt => [x, y, p];

/** shaky is a wavy line of n points, as a mouse leaves it. */
function shaky(n: number): Pt[] {
  return Array.from({ length: n }, (_, i) => pt(100 + (i * 800) / n, 500 + Math.sin(i / 9) * 60 + (i % 3) * 0.3));
}

describe('measures', () => {
  it('give the shorter side 1000', () => {
    expect(portrait.w).toBe(1000);
    expect(portrait.h).toBeCloseTo(1777.78, 1);
    expect(boxOf(2)).toEqual({ w: 2000, h: 1000 });
    expect(boxOf(NaN)).toEqual({ w: 1000, h: 1000 });
    expect(boxOf(0)).toEqual({ w: 1000, h: 1000 });
  });
  it('come back as they were stored', () => {
    const points = [0, 0, 0, 10_000, 10_000, 1000, 1234, 5678, 333];
    expect(stored(placed(points, portrait), portrait)).toEqual(points);
  });
  it('keep what left the picture at its edge, in whole numbers', () => {
    expect(stored([pt(-50, 5000, 1.4), pt(333.3333, 1, -1)], portrait)).toEqual([0, 10_000, 1000, 3333, 6, 0]);
  });
  it('leave out a point that is not whole', () => expect(placed([1, 2, 3, 4], portrait)).toHaveLength(1));
});

describe('inked', () => {
  it('gives a mouse less pressure where it is fast', () => {
    const slow = inked(
      Array.from({ length: 60 }, (_, i) => pt(i, 0)),
      8,
      false,
    );
    const fast = inked(
      Array.from({ length: 60 }, (_, i) => pt(i * 20, 0)),
      8,
      false,
    );
    expect(fast.at(-1)![2]).toBeLessThan(0.2);
    expect(slow.at(-1)![2]).toBeGreaterThan(fast.at(-1)![2] + 0.2);
  });
  it('leaves the pressure of a pen', () => {
    const drawn = inked(
      Array.from({ length: 40 }, (_, i) => pt(i * 20, 0, i / 40)),
      8,
      true,
    );
    expect(drawn.at(-1)![2]).toBeCloseTo(39 / 40);
  });
  it('ends where the pointer is', () => {
    const drawn = inked([pt(0, 0), pt(200, 0), pt(500, 90)], 8, false);
    expect(drawn.at(-1)!.slice(0, 2)).toEqual([500, 90]);
  });
  it('makes a dot of a single point', () => expect(outline(inked([pt(5, 5)], 8, false), 8)).toMatch(/^M.*Z$/));
});

describe('simplified', () => {
  const drawn = inked(shaky(2000), 8, false);
  it('keeps few points and moves none of the rest by more than it may', () => {
    const few = simplified(drawn, 8, 0.5);
    expect(few.length).toBeLessThan(500);
    for (const p of drawn) {
      const near = Math.min(...few.slice(1).map((b, i) => distance(p, few[i]!, b)));
      expect(near).toBeLessThanOrEqual(0.51);
    }
  });
  it('keeps the ends, and pressure that changes on a straight line', () => {
    const line = [pt(0, 0, 0.1), pt(50, 0, 1), pt(100, 0, 0.1)];
    expect(simplified(line, 20, 0.5)).toEqual(line);
    expect(
      simplified(
        line.map((p) => pt(p[0], 0)),
        20,
        0.5,
      ),
    ).toHaveLength(2);
  });
  it('shortens whatever it is given', () => {
    const noise = Array.from({ length: 3000 }, (_, i) => pt((i * 7919) % 1000, (i * 104_729) % 1000));
    expect(shortened(noise, 8, 500).length).toBeLessThanOrEqual(500);
    expect(shortened(noise, 8, 500).at(-1)).toEqual(noise.at(-1));
    expect(shortened(drawn, 8, 500)).toEqual(simplified(drawn, 8, 0.5));
  });
});

function distance(p: Pt, a: Pt, b: Pt): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const t = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p[0] - a[0] - dx * t, p[1] - a[1] - dy * t);
}

describe('shapes', () => {
  it('an outline surrounds its points', () => {
    const numbers = outline([pt(100, 100), pt(300, 100)], 20)
      .match(/-?[\d.]+/g)!
      .map(Number);
    const ys = numbers.filter((_, i) => i % 2 === 1);
    expect([Math.min(...ys) < 96, Math.max(...ys) > 104]).toEqual([true, true]);
  });
  it('an arrow ends at its point, a short one too', () => {
    expect(arrow(pt(0, 0), pt(400, 0), 8).head).toMatch(/^M400\.0 0\.0L/);
    expect(arrow(pt(0, 0), pt(0, 0), 8).head).not.toMatch(/NaN/);
  });
  it('Chinese is wider than English', () => expect(wideOf('手', 10)).toBeGreaterThan(wideOf('a', 10)));
  it('counts points', () => expect(drawnPoints([aStroke(), aStroke()])).toBe(4));
});

describe('the eraser touches', () => {
  const at = (x: number, y: number) => pt((x / 10_000) * portrait.w, (y / 10_000) * portrait.h);
  const hit = (s: Parameters<typeof aStroke>[0], x: number, y: number) => touches(aStroke(s), at(x, y), 6, portrait);

  it('a pen anywhere between its points', () => {
    expect([hit({}, 2000, 5000), hit({}, 2000, 5050), hit({}, 2000, 5200), hit({}, 3300, 5000)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
  it('a dot', () => {
    expect([hit({ points: [500, 500, 500] }, 505, 505), hit({ points: [500, 500, 500] }, 700, 500)]).toEqual([
      true,
      false,
    ]);
  });
  it('a thick stroke farther off', () => expect(hit({ size: 60 }, 2000, 5200)).toBe(true));
  it('the edge of a box that was drawn upwards, and not its middle', () => {
    const box = { tool: 'box' as const, points: [8000, 8000, 500, 2000, 2000, 500] };
    expect([hit(box, 2000, 5000), hit(box, 5000, 8000), hit(box, 5000, 5000), hit(box, 1000, 5000)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
  it('a text anywhere on its words', () => {
    const text = { tool: 'text' as const, size: 60, text: '手', points: [1000, 1000, 500] };
    expect([hit(text, 1300, 1150), hit(text, 1900, 1150), hit(text, 1300, 2000)]).toEqual([true, false, false]);
  });
  it('a text near the edge where it is drawn, not where it would run out of the picture', () => {
    const text = { tool: 'text' as const, size: 100, text: '手部穿帮', points: [9500, 9900, 500] };
    expect(textAt(aStroke(text), portrait)).toEqual({ x: 600, y: portrait.h - 120 });
    expect([hit(text, 6500, 9600), hit(text, 5000, 9600)]).toEqual([true, false]);
  });
  it('nothing where there is nothing', () => expect(hit({ points: [] }, 0, 0)).toBe(false));
});
