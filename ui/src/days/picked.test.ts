import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DayBoard } from './days';
import { Picked, rangeOf } from './picked.svelte';

const scenes = (...ids: string[]) => ids.map((id) => ({ scene: { id } }));
const board = {
  pool: scenes('1', '2', '3', '4'),
  days: [{ day: { id: 'a' }, scenes: scenes('5', '6', '7') }],
} as unknown as DayBoard;
let shown: string[];
let picked: Picked;
beforeEach(() => {
  shown = ['1', '2', '4'];
  picked = new Picked({ board: () => board, shown: () => shown });
});
const ids = () => picked.items.map((c) => c.strip.scene.id).join(' ');
const mouse = (more: object = {}) => ({ shiftKey: false, ctrlKey: false, metaKey: false, ...more }) as MouseEvent;
const key = (name: string, more: object = {}) =>
  ({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }) as KeyboardEvent;

describe('choosing strips', () => {
  it('reaches over a column in either direction', () => {
    expect(rangeOf(['a', 'b', 'c', 'd'], 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(rangeOf(['a', 'b', 'c', 'd'], 'c', 'a')).toEqual(['a', 'b', 'c']);
    expect(rangeOf(['a', 'b'], 'x', 'b')).toEqual(['b']);
    expect(rangeOf(['a', 'b'], 'a', 'x')).toEqual([]);
  });

  it('adds one with Ctrl or Cmd, and gives them in the order of the board', () => {
    expect(picked.click(mouse({ ctrlKey: true }), 'a', '6')).toBe(true);
    picked.click(mouse({ metaKey: true }), '', '2');
    expect(ids()).toBe('2 6');
    expect(picked.items.map((c) => c.from)).toEqual([
      { day: '', at: 0 },
      { day: 'a', at: 1 },
    ]);
    picked.click(mouse({ ctrlKey: true }), 'a', '6');
    expect(ids()).toBe('2');
    expect(picked.click(mouse(), '', '1')).toBe(false);
  });

  it('takes what lies between with Shift, as the filter shows it, and begins anew in another column', () => {
    picked.click(mouse({ ctrlKey: true }), '', '1');
    picked.click(mouse({ shiftKey: true }), '', '4');
    expect(ids()).toBe('1 2 4');
    picked.click(mouse({ shiftKey: true }), '', '2');
    expect(ids()).toBe('1 2');
    picked.click(mouse({ shiftKey: true }), 'a', '7');
    expect(ids()).toBe('7');
  });

  it('is done by keys', () => {
    expect(picked.key(key('ArrowDown', { shiftKey: true }), 'a', '5')).toBe('6');
    expect(ids()).toBe('5 6');
    expect(picked.key(key('ArrowDown', { shiftKey: true }), 'a', '6')).toBe('7');
    expect(picked.key(key('ArrowDown', { shiftKey: true }), 'a', '7')).toBe('7');
    expect(picked.key(key('ArrowUp', { shiftKey: true }), 'a', '7')).toBe('6');
    expect(ids()).toBe('5 6');
    expect(picked.key(key('x'), 'a', '5')).toBe('');
    expect(ids()).toBe('6');
    picked.key(key('a', { ctrlKey: true }), '', '1');
    expect(ids()).toBe('1 2 4');
    expect(picked.key(key('x', { ctrlKey: true }), '', '1')).toBeUndefined();
    expect(picked.key(key('ArrowDown'), '', '1')).toBeUndefined();
    expect(picked.key(key('Escape'), '', '1')).toBe('');
    expect(picked.key(key('Escape'), '', '1')).toBeUndefined();
    expect(ids()).toBe('');
  });
});

describe('a finger', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const touch = (x = 0, y = 0) => ({ pointerType: 'touch', clientX: x, clientY: y }) as PointerEvent;

  it('begins to choose when it rests, and then taps', () => {
    picked.press(touch(), '', '1');
    vi.advanceTimersByTime(460);
    expect([ids(), picked.tapping]).toEqual(['1', true]);
    expect(picked.click(mouse(), '', '1'), 'the end of the press').toBe(true);
    expect(ids()).toBe('1');
    picked.press(touch(), '', '2');
    picked.let();
    expect(picked.click(mouse(), '', '2')).toBe(true);
    expect(ids()).toBe('1 2');
    picked.clear();
    expect(picked.tapping).toBe(false);
  });

  it('chooses nothing when it scrolls, lets go early, or is a mouse', () => {
    picked.press(touch(), '', '1');
    picked.moved(touch(0, 20));
    picked.press(touch(), '', '2');
    picked.moved(touch(0, 3));
    vi.advanceTimersByTime(300);
    picked.let();
    picked.press({ ...touch(), pointerType: 'mouse' }, '', '4');
    vi.advanceTimersByTime(2000);
    expect(ids()).toBe('');
  });
});
