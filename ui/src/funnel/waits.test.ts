import { describe, expect, it } from 'vitest';
import '../lib/testing';
import { measured, waitText } from './waits';

describe('a wait', () => {
  it('is told in the unit that people would use', () => {
    const told: [number, number, string][] = [
      [0, 0, 'second'],
      [48, 48, 'second'],
      [89, 89, 'second'],
      [90, 1.5, 'minute'],
      [599, 9.9, 'minute'],
      [600, 10, 'minute'],
      [89 * 60 + 59, 89, 'minute'],
      [90 * 60, 1.5, 'hour'],
      [3 * 3600, 3, 'hour'],
      [3.5 * 3600, 3.5, 'hour'],
      [47.9 * 3600, 47, 'hour'],
      [2 * 86_400, 2, 'day'],
      [9.99 * 86_400, 9.9, 'day'],
      [31 * 86_400, 31, 'day'],
    ];
    for (const [seconds, n, unit] of told) expect(measured(seconds), String(seconds)).toEqual({ n, unit });
  });
  it('is cut, never rounded up', () => {
    expect(measured(3 * 3600 - 1)).toEqual({ n: 2.9, unit: 'hour' });
    expect(measured(5.999)).toEqual({ n: 5, unit: 'second' });
  });
  it('takes a clock that ran backwards as no wait', () => {
    expect(measured(-30)).toEqual({ n: 0, unit: 'second' });
  });
  it('is written in words', () => {
    expect([0, 48, 720, 3 * 3600, 3.5 * 3600, 6 * 86_400].map(waitText)).toEqual([
      '不到 1 秒',
      '48 秒',
      '12 分钟',
      '3 小时',
      '3.5 小时',
      '6 天',
    ]);
  });
});
