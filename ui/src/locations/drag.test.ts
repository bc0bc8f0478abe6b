import { describe, expect, it } from 'vitest';
import { coarse, dayNudged, dragged, fine, nudged, same, shifted, snap, type Grip } from './drag';

const minute = 60_000;
const at = (clock: string): number => Date.parse(`2026-11-22T${clock}:00Z`);
const was = { line: 'l1/', start: at('08:00'), end: at('10:00') };
const drag = (grip: Grip, from: string) => ({ grip, was, at: at(from) });
const told = (s: { line: string; start: number; end: number }) =>
  [s.start, s.end].map((ms) => new Date(ms).toISOString().slice(11, 16)).join('–');

describe('snap', () => {
  it('goes to the nearest quarter of an hour, or to five minutes', () => {
    expect(snap(at('08:07'), coarse)).toBe(at('08:00'));
    expect(snap(at('08:08'), coarse)).toBe(at('08:15'));
    expect(snap(at('08:08'), fine)).toBe(at('08:10'));
  });
});

describe('a drag', () => {
  it('moves the whole slot by what the pointer went, to another line too', () => {
    const next = dragged(drag('move', '09:00'), at('11:20'), 'l2/hall', coarse);
    expect([told(next), next.line]).toEqual(['10:15–12:15', 'l2/hall']);
    expect(told(dragged(drag('move', '09:00'), at('11:20'), 'l1/', fine))).toBe('10:20–12:20');
  });
  it('keeps the odd length of a slot while its start snaps', () => {
    const odd = { grip: 'move' as const, was: { ...was, end: at('09:52') }, at: at('08:00') };
    expect(told(dragged(odd, at('09:05'), 'l1/', coarse))).toBe('09:00–10:52');
  });
  it('by an edge changes the length alone and never turns the slot over', () => {
    expect(told(dragged(drag('end', '10:00'), at('12:00'), 'l2/', coarse))).toBe('08:00–12:00');
    expect(dragged(drag('end', '10:00'), at('12:00'), 'l2/', coarse).line).toBe('l1/');
    expect(told(dragged(drag('end', '10:00'), at('05:00'), 'l1/', coarse))).toBe('08:00–08:15');
    expect(told(dragged(drag('start', '08:00'), at('13:00'), 'l1/', fine))).toBe('09:55–10:00');
  });
  it('on empty ground makes a slot, drawn to either side', () => {
    const make = { grip: 'make' as const, was: { line: 'l1/', start: at('09:00'), end: at('09:00') }, at: at('09:00') };
    expect(told(dragged(make, at('11:28'), 'l2/', coarse))).toBe('09:00–11:30');
    expect(told(dragged(make, at('07:02'), 'l2/', coarse))).toBe('07:00–09:00');
    expect(told(dragged(make, at('09:01'), 'l2/', coarse))).toBe('09:00–09:15');
  });
  it('makes nothing longer than sixty days', () => {
    const next = dragged(drag('end', '10:00'), at('10:00') + 90 * 24 * 60 * minute, 'l1/', coarse);
    expect((next.end - next.start) / minute).toBe(60 * 24 * 60);
  });
});

describe('arrow keys', () => {
  const lines = ['l1/', 'l1/hall', 'l2/'];
  it('move a slot in time and over the lines, and stop at the last one', () => {
    expect(told(nudged(was, 'ArrowRight', false, lines)!)).toBe('08:15–10:15');
    expect(nudged(was, 'ArrowDown', false, lines)?.line).toBe('l1/hall');
    expect(nudged(was, 'ArrowUp', false, lines)).toEqual(was);
  });
  it('change the length with Shift, down to one step', () => {
    expect(told(nudged(was, 'ArrowRight', true, lines)!)).toBe('08:00–10:15');
    const short = { ...was, end: at('08:15') };
    expect(told(nudged(short, 'ArrowLeft', true, lines)!)).toBe('08:00–08:15');
    expect(nudged(was, 'ArrowDown', true, lines)).toBeUndefined();
    expect(nudged(was, 'Enter', false, lines)).toBeUndefined();
  });
  it('move by days and weeks in a month', () => {
    expect(dayNudged(was, 'ArrowDown', 'Asia/Shanghai')?.start).toBe(was.start + 7 * 24 * 60 * minute);
    expect(dayNudged(was, 'j', 'Asia/Shanghai')).toBeUndefined();
  });
});

describe('shifted', () => {
  it('keeps the hour on the clock where the clock changes between', () => {
    const slot = { line: 'l1/', start: Date.parse('2026-10-24T06:00:00Z'), end: Date.parse('2026-10-24T08:00:00Z') };
    const next = shifted(slot, 1, 'Europe/Berlin');
    expect(new Date(next.start).toISOString()).toBe('2026-10-25T07:00:00.000Z');
    expect(next.end - next.start).toBe(slot.end - slot.start);
    expect(same(slot, next)).toBe(false);
  });
});
