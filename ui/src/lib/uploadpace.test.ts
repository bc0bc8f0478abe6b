import { describe, expect, it } from 'vitest';
import { Pace } from './uploadpace';

describe('the pace of uploads', () => {
  it('says nothing until it has seen enough', () => {
    const p = new Pace();
    p.note(0, 0);
    p.note(1000, 500_000);
    expect(p.rate()).toBe(0);
    expect(p.left(100)).toBeUndefined();
    p.note(2000, 1_000_000);
    expect(p.rate()).toBe(500_000);
    expect(p.left(1_250_000)).toBe(3);
  });
  it('looks at the last seconds only', () => {
    const p = new Pace();
    for (let s = 0; s <= 30; s++) p.note(s * 1000, s <= 15 ? s * 1000 : 15_000 + (s - 15) * 9000);
    expect(p.rate()).toBe(9000);
  });
  it('counts what was sent in vain and begins anew, and never runs backwards', () => {
    const p = new Pace();
    p.note(0, 0);
    p.note(1000, 1000);
    p.note(2000, 0);
    p.note(3000, 2000);
    expect(p.rate()).toBe(1000);
  });
  it('forgets a pause', () => {
    const p = new Pace();
    p.note(0, 0);
    p.note(2000, 4000);
    p.reset();
    expect(p.rate()).toBe(0);
    p.note(100_000, 4000);
    p.note(102_000, 8000);
    expect(p.rate()).toBe(2000);
  });
});
