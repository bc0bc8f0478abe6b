import { beforeEach, describe, expect, it } from 'vitest';
import { boxOf, drawnPoints, type Pt } from './ink';
import { mostPoints, mostStrokes, Sketch, type Pointer } from './sketch.svelte';
import { aStroke } from './testing';

const box = boxOf(1);
const mouse: Pointer = { id: 1, kind: 'mouse' };
const finger = (id: number): Pointer => ({ id, kind: 'touch' });
const pen: Pointer = { id: 9, kind: 'pen' };
const at = (x: number, y: number, p = 0.5): Pt => [x, y, p];

let s: Sketch;
beforeEach(() => (s = new Sketch()));

/** draw makes one stroke from a to b by a pointer. */
function draw(a: Pt, b: Pt, p = mouse) {
  const taken = s.down(p, a, box);
  s.move(p.id, [at((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b]);
  s.up(p.id);
  return taken;
}

describe('a stroke', () => {
  it('is seen while it is drawn and kept at its end', () => {
    s.down(mouse, at(100, 100), box);
    s.move(1, [at(300, 100)]);
    expect(s.live?.tool).toBe('pen');
    expect(s.strokes).toEqual([]);
    s.up(1);
    expect(s.live).toBeUndefined();
    expect(s.strokes).toHaveLength(1);
    expect(s.strokes[0]).toMatchObject({ tool: 'pen', colour: 0, size: 12 });
  });
  it('has whole numbers in the measures of the API', () => {
    draw(at(-20, 0), at(1500, 999.7));
    const points = s.strokes[0]!.points;
    expect(points.length % 3).toBe(0);
    for (const [i, n] of points.entries()) {
      expect(Number.isInteger(n) && n >= 0 && n <= (i % 3 === 2 ? 1000 : 10_000)).toBe(true);
    }
  });
  it('of a pen keeps the pressure that it felt', () => {
    s.down(pen, at(100, 100, 0.9), box);
    s.move(
      9,
      Array.from({ length: 60 }, (_, i) => at(100 + i * 10, 100, 0.9)),
    );
    s.up(9);
    expect(s.strokes[0]!.points.at(-1)).toBe(900);
  });
  it('of a mouse gets some from its speed', () => {
    draw(at(100, 100), at(900, 100));
    expect(s.strokes[0]!.points.at(-1)).toBeLessThan(500);
  });
  it('takes colour and size; arrow and box have two points', () => {
    s.colour = 4;
    s.size = 2;
    for (const tool of ['arrow', 'box'] as const) {
      s.tool = tool;
      draw(at(100, 200), at(500, 600));
      expect(s.strokes.at(-1)).toEqual({ tool, colour: 4, size: 24, points: [1000, 2000, 500, 5000, 6000, 500] });
    }
  });
  it('a slip with arrow or box leaves nothing, a tap with the pen a dot', () => {
    s.tool = 'arrow';
    draw(at(100, 100), at(103, 100));
    expect(s.strokes).toHaveLength(0);
    s.tool = 'pen';
    draw(at(100, 100), at(100, 100));
    expect(s.strokes).toHaveLength(1);
  });
});

describe('the way back', () => {
  it('goes stroke by stroke, and forward again until something new is drawn', () => {
    draw(at(0, 0), at(100, 0));
    draw(at(0, 100), at(100, 100));
    const both = s.strokes;
    s.undo();
    expect(s.strokes).toHaveLength(1);
    s.redo();
    expect(s.strokes).toEqual(both);
    s.undo();
    draw(at(0, 200), at(100, 200));
    expect(s.canRedo).toBe(false);
    s.undo();
    s.undo();
    expect([s.strokes.length, s.canUndo]).toEqual([0, false]);
    s.undo();
    expect(s.strokes).toEqual([]);
  });
  it('brings back what was cleared', () => {
    draw(at(0, 0), at(100, 0));
    s.clear();
    expect(s.strokes).toEqual([]);
    s.undo();
    expect(s.strokes).toHaveLength(1);
  });
  it('does not lead into the drawing of another take', () => {
    draw(at(0, 0), at(100, 0));
    s.load('k2', [aStroke()]);
    expect([s.of, s.strokes.length, s.canUndo]).toEqual(['k2', 1, false]);
  });
});

describe('the eraser', () => {
  beforeEach(() => {
    draw(at(100, 100), at(900, 100));
    draw(at(100, 500), at(900, 500));
    draw(at(100, 900), at(900, 900));
  });
  it('takes each stroke that it passes, as one step back', () => {
    s.tool = 'eraser';
    s.down(mouse, at(500, 0), box);
    s.move(1, [at(500, 50), at(500, 102), at(500, 300), at(500, 498)]);
    s.up(1);
    expect(s.strokes).toHaveLength(1);
    s.undo();
    expect(s.strokes).toHaveLength(3);
  });
  it('is the other end of a pen', () => {
    s.down({ ...pen, erases: true }, at(500, 100), box);
    s.up(9);
    expect(s.strokes).toHaveLength(2);
  });
  it('that touched nothing leaves no step', () => {
    s.tool = 'eraser';
    draw(at(500, 200), at(600, 200));
    s.undo();
    expect(s.strokes).toHaveLength(2);
  });
  it('gives back what it took when it is cancelled', () => {
    s.tool = 'eraser';
    s.down(mouse, at(500, 100), box);
    expect(s.strokes).toHaveLength(2);
    s.cancel(1);
    expect(s.strokes).toHaveLength(3);
  });
});

describe('fingers and a palm', () => {
  it('one finger draws', () => {
    expect(draw(at(0, 0), at(100, 0), finger(2))).toBe(true);
    expect(s.strokes).toHaveLength(1);
  });
  it('the second finger cancels the stroke, and nothing is drawn until both are off', () => {
    s.down(finger(2), at(100, 100), box);
    s.move(2, [at(200, 100)]);
    expect(s.down(finger(3), at(500, 500), box)).toBe(false);
    expect(s.live).toBeUndefined();
    s.move(2, [at(300, 100)]);
    s.up(3);
    expect(s.down(finger(4), at(500, 500), box)).toBe(false);
    s.up(4);
    s.up(2);
    expect(s.strokes).toEqual([]);
    expect(draw(at(0, 0), at(100, 0), finger(5))).toBe(true);
  });
  it('a pen that comes after the palm takes over, and fingers are ignored from then on', () => {
    s.down(finger(2), at(800, 900), box);
    expect(draw(at(100, 100), at(400, 100), pen)).toBe(true);
    s.up(2);
    expect(s.strokes).toHaveLength(1);
    expect(draw(at(0, 0), at(100, 0), finger(3))).toBe(false);
    expect(s.strokes).toHaveLength(1);
  });
  it('a palm that falls while the pen draws disturbs nothing', () => {
    s.down(pen, at(100, 100), box);
    s.down(finger(2), at(800, 900), box);
    s.move(9, [at(400, 100)]);
    s.up(2);
    s.up(9);
    expect(s.strokes).toHaveLength(1);
  });
  it('a gesture that the browser takes away leaves nothing', () => {
    s.down(finger(2), at(0, 0), box);
    s.move(2, [at(100, 0)]);
    s.cancel(2);
    expect(s.strokes).toEqual([]);
  });
});

describe('a text', () => {
  beforeEach(() => {
    s.tool = 'text';
    draw(at(500, 250), at(500, 250));
  });
  it('is typed where the pointer went up, and put down', () => {
    expect(s.writing).toEqual({ x: 5000, y: 2500, text: '' });
    s.writing!.text = ' 手部穿帮 ';
    s.write();
    expect(s.strokes).toEqual([{ tool: 'text', colour: 0, size: 72, points: [5000, 2500, 500], text: '手部穿帮' }]);
    expect(s.writing).toBeUndefined();
  });
  it('without words leaves nothing', () => {
    s.write();
    expect(s.strokes).toEqual([]);
  });
  it('a press elsewhere ends it and begins no other', () => {
    s.writing!.text = '补光';
    expect(draw(at(10, 10), at(10, 10))).toBe(false);
    expect([s.strokes.length, s.writing]).toEqual([1, undefined]);
  });
  it('is kept when drawing ends', () => {
    s.begin();
    s.writing!.text = '补光';
    s.end();
    expect([s.on, s.strokes.length]).toEqual([false, 1]);
  });
  it('is cut to what the server takes', () => {
    s.writing!.text = '长'.repeat(500);
    s.write();
    expect(s.strokes[0]!.text).toHaveLength(200);
  });
});

describe('limits', () => {
  it('a drawing with as many strokes as the server takes can only be erased', () => {
    s.load(
      'k1',
      Array.from({ length: mostStrokes }, () => aStroke()),
    );
    expect(s.full).toBe(true);
    expect(draw(at(0, 0), at(100, 0))).toBe(false);
    s.tool = 'eraser';
    draw(at(200, 500), at(200, 500));
    expect(s.full).toBe(false);
  });
  it('the longest scribble keeps few enough points, and many of them stay under the limit', () => {
    const noise = Array.from({ length: 6000 }, (_, i) => at((i * 7919) % 1000, (i * 104_729) % 1000));
    for (let n = 0; n < 12 && !s.full; n++) {
      s.down(mouse, at(0, 0), box);
      s.move(1, noise);
      s.up(1);
      expect(s.strokes.at(-1)!.points.length / 3).toBeLessThanOrEqual(2000);
    }
    expect(drawnPoints(s.strokes)).toBeLessThanOrEqual(mostPoints);
    expect(s.full).toBe(true);
  });
});
