import { describe, expect, it } from 'vitest';
import { chase } from './deck.svelte';
import { place, Zoom } from './zoom.svelte';

describe('chase', () => {
  const frame = 1 / 24;
  it('leaves a clip alone that is less than a quarter of a frame off', () => {
    expect(chase(0.009, 1, frame)).toEqual({ speed: 1, jump: false });
    expect(chase(-0.009, 0.5, frame)).toEqual({ speed: 0.5, jump: false });
  });
  it('bends the speed by at most eight parts in a hundred', () => {
    expect(chase(0.05, 1, frame).speed).toBeCloseTo(1.05);
    expect(chase(0.11, 1, frame).speed).toBeCloseTo(1.08);
    expect(chase(-0.11, 2, frame).speed).toBeCloseTo(1.84);
  });
  it('jumps when it is too far off', () => {
    expect(chase(0.2, 1, frame)).toEqual({ speed: 1, jump: true });
    expect(chase(-3, 1, frame)).toEqual({ speed: 1, jump: true });
  });
});

describe('place', () => {
  const pane = { width: 400, height: 800 };
  const fit = { scale: 0, x: 0.5, y: 0.5 };
  it('fits a picture and puts it in the middle', () => {
    expect(place(pane, { width: 1080, height: 1920 }, fit)).toEqual({
      left: 0,
      top: (800 - 7680 / 10.8) / 2,
      width: 400,
      height: 7680 / 10.8,
    });
    expect(place(pane, { width: 1920, height: 1080 }, fit)).toEqual({ left: 0, top: 287.5, width: 400, height: 225 });
  });
  it('shows every pixel at 100 %, on dense screens too, and never leaves a gap', () => {
    const large = { width: 2160, height: 3840 };
    expect(place(pane, large, { scale: 1, x: 0, y: 0 })).toEqual({ left: 0, top: 0, width: 2160, height: 3840 });
    expect(place(pane, large, { scale: 1, x: 1, y: 1 })).toEqual({
      left: -1760,
      top: -3040,
      width: 2160,
      height: 3840,
    });
    expect(place(pane, large, { scale: 1, x: 0.5, y: 0.5 }, 2)).toEqual({
      left: -340,
      top: -560,
      width: 1080,
      height: 1920,
    });
    expect(place(pane, { width: 100, height: 100 }, { scale: 2, x: 0, y: 0 })).toEqual({
      left: 100,
      top: 300,
      width: 200,
      height: 200,
    });
  });
  it('is nothing for a pane or a picture without a size', () => {
    expect(place({ width: 0, height: 0 }, { width: 9, height: 16 }, fit).width).toBe(0);
    expect(place(pane, { width: 0, height: 0 }, fit).width).toBe(0);
  });
});

describe('Zoom', () => {
  it('goes round and looks at the middle again when it fits', () => {
    const zoom = new Zoom();
    zoom.look(2, -1);
    expect([zoom.x, zoom.y]).toEqual([1, 0]);
    const seen = [1, 2, 3].map(() => (zoom.cycle(), zoom.scale));
    expect(seen).toEqual([1, 2, 0]);
    expect([zoom.x, zoom.y]).toEqual([0.5, 0.5]);
  });
});
