import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addKeys, press } from '../lib/keymap.svelte';
import DrawBar from './DrawBar.svelte';
import DrawLayer from './DrawLayer.svelte';
import { Sketch } from './sketch.svelte';
import { aStroke } from './testing';

let sketch: Sketch;
beforeEach(() => (sketch = new Sketch()));

/** ground is a drawing layer of 200 × 400 pixels at 50, 100. */
function ground(): HTMLElement {
  render(DrawLayer, { props: { strokes: [], sketch, ratio: 0.5 } });
  const element = screen.getByRole('application');
  element.getBoundingClientRect = () => ({ left: 50, top: 100, width: 200, height: 400 }) as DOMRect;
  return element;
}

const pointer = (x: number, y: number, more: object = {}) => ({
  pointerId: 1,
  pointerType: 'mouse',
  button: 0,
  clientX: x,
  clientY: y,
  pressure: 0.5,
  ...more,
});

async function drag(on: HTMLElement, more: object = {}) {
  await fireEvent.pointerDown(on, pointer(70, 180, more));
  await fireEvent.pointerMove(on, pointer(150, 300, more));
  await fireEvent.pointerUp(on, pointer(150, 300, more));
}

const ends = () => {
  const { points } = sketch.strokes[0]!;
  return [points[0], points[1], ...points.slice(-3, -1)];
};

describe('the drawing layer', () => {
  it('turns places on the screen into those of the picture', async () => {
    await drag(ground());
    expect(ends()).toEqual([1000, 2000, 5000, 5000]);
  });
  it('takes every place between two events', async () => {
    const on = ground();
    await fireEvent.pointerDown(on, pointer(70, 180));
    const between = [pointer(110, 180), pointer(110, 300)];
    const e = new PointerEvent('pointermove', { ...pointer(150, 300), bubbles: true });
    Object.assign(e, { getCoalescedEvents: () => [...between, pointer(150, 300)] });
    await fireEvent(on, e);
    await fireEvent.pointerUp(on, pointer(150, 300));
    expect(sketch.strokes[0]!.points.length / 3).toBeGreaterThan(3);
  });
  it('leaves other buttons alone, and the other end of a pen erases', async () => {
    const on = ground();
    await drag(on, { button: 2 });
    expect(sketch.strokes).toEqual([]);
    sketch.load('k1', [aStroke({ points: [1000, 2000, 500, 3000, 2000, 500] })]);
    await drag(on, { button: 5, pointerType: 'pen' });
    expect(sketch.strokes).toEqual([]);
  });
  it('takes the focus, so that Enter does not press the last button again', async () => {
    const on = ground();
    await fireEvent.pointerDown(on, pointer(70, 180));
    expect(document.activeElement).toBe(on);
  });
  it('a text ends by Enter, but not by one that confirms a word, and Escape leaves none', async () => {
    const on = ground();
    sketch.tool = 'text';
    for (const [key, texts] of [
      ['Enter', 1],
      ['Escape', 1],
    ] as const) {
      await drag(on);
      const input = screen.getByRole<HTMLInputElement>('textbox');
      expect(document.activeElement).toBe(input);
      await fireEvent.input(input, { target: { value: '补光' } });
      await fireEvent.keyDown(input, { key, isComposing: true });
      expect(sketch.writing).toBeDefined();
      await fireEvent.keyDown(input, { key });
      expect([sketch.writing, sketch.strokes.length]).toEqual([undefined, texts]);
    }
  });
  it('for reading is a picture that says what is on it, and nothing without strokes', async () => {
    const strokes = [aStroke(), aStroke({ tool: 'text', text: '补光', points: [1, 1, 500] })];
    const { rerender } = render(DrawLayer, { props: { strokes, ratio: 1 } });
    expect(screen.getByRole('img', { name: '画稿 2 笔，补光' })).toBeTruthy();
    await rerender({ strokes: [] });
    expect(screen.queryByRole('img')).toBeNull();
  });
});

describe('the bar', () => {
  const key = (name: string, more: KeyboardEventInit = {}) =>
    press(new KeyboardEvent('keydown', { key: name, cancelable: true, ...more }));

  it('begins and ends by its key, and keeps every other key off while one draws', async () => {
    const onsave = vi.fn();
    const picks = vi.fn();
    const done = addKeys('选片', () => [{ keys: ['p', '3'], label: '选用', run: picks }]);
    render(DrawBar, { props: { sketch, onsave } });
    expect(key(';')).toBe(true);
    await tick();
    expect(sketch.on).toBe(true);
    expect(screen.getByRole('toolbar')).toBeTruthy();
    key('3');
    expect(sketch.colour).toBe(2);
    expect(key('p')).toBe(false);
    key('Escape');
    await tick();
    expect([sketch.on, onsave.mock.calls.length]).toEqual([false, 0]);
    key('3');
    expect([picks.mock.calls.length, sketch.colour]).toEqual([1, 2]);
    done();
  });
  it('takes strokes back and gives them again, and Enter hands the drawing over', async () => {
    const onsave = vi.fn();
    render(DrawBar, { props: { sketch, onsave } });
    sketch.begin();
    await tick();
    key('Enter');
    expect(onsave).not.toHaveBeenCalled();
    sketch.begin();
    sketch.load('k1', [aStroke()]);
    sketch.clear();
    await tick();
    key('z', { ctrlKey: true });
    expect(sketch.strokes).toHaveLength(1);
    key('z', { ctrlKey: true, shiftKey: true });
    expect(sketch.strokes).toHaveLength(0);
    key('z', { ctrlKey: true });
    key('Enter');
    expect([sketch.on, onsave.mock.calls.length]).toEqual([false, 1]);
  });
  it('is not there for readers', () => {
    render(DrawBar, { props: { sketch, may: false } });
    expect(screen.queryByRole('button')).toBeNull();
    expect(key(';')).toBe(false);
  });
});
