import { describe, expect, it } from 'vitest';
import type { Schema } from '../lib/client';
import {
  clampFrame,
  clockLabel,
  countOf,
  frameLabel,
  frameOf,
  frameWithin,
  middleOf,
  rangeLabel,
  rateLabel,
  rateOf,
  secondsOf,
} from './frames';

const media = (part: Partial<Schema<'Media'>>) =>
  ({ frame_num: 0, frame_den: 0, frames: 0, duration_ms: 0, ...part }) as Schema<'Media'>;
const rates = [
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
  { num: 60, den: 1 },
  { num: 24000, den: 1001 },
].map((r) => ({ ...r, varies: false }));

describe('frames and times', () => {
  it('come back from the middle of every frame, an hour in as at the start', () => {
    for (const rate of rates) {
      for (const index of [0, 1, 57, 1000, 86_399, 215_999]) {
        const at = middleOf(index, rate);
        expect(frameWithin(at, rate), `${index} at ${rateLabel(rate)}`).toBe(index);
      }
    }
  });
  it('come back from presentation times, also where a file counts in milliseconds', () => {
    for (const rate of rates) {
      for (const index of [0, 1, 57, 1000, 215_999]) {
        const exact = secondsOf(index, rate);
        expect(frameOf(exact, rate)).toBe(index);
        expect(frameOf(Math.round(exact * 1000) / 1000, rate)).toBe(index);
        expect(frameWithin(exact, rate)).toBe(index);
      }
    }
  });
});

describe('what a file states', () => {
  it('is its rate, or none', () => {
    expect(rateOf(media({ frame_num: 30000, frame_den: 1001, variable_rate: true }))).toEqual({
      num: 30000,
      den: 1001,
      varies: true,
    });
    expect(rateOf(media({}))).toBeUndefined();
    expect(rateOf(media({ frame_num: 24 }))).toBeUndefined();
  });
  it('is its frames, counted or from its length', () => {
    expect(countOf(media({ frames: 58, frame_num: 24, frame_den: 1, duration_ms: 9999 }))).toBe(58);
    expect(countOf(media({ frame_num: 30000, frame_den: 1001, duration_ms: 1935 }))).toBe(58);
    expect(countOf(media({}))).toBe(1);
  });
});

describe('labels', () => {
  it('count from the first number of the title', () => {
    expect([
      frameLabel(0, 0),
      frameLabel(57, 1001),
      rangeLabel(57, 69, 1001),
      rangeLabel(3, 3, 0),
      rangeLabel(3, undefined, 0),
    ]).toEqual(['F0', 'F1058', 'F1058–1070', 'F3', 'F3']);
  });
  it('write rates and clocks as people do', () => {
    expect(rates.map(rateLabel)).toEqual(['24', '25', '29.97', '30', '60', '23.98']);
    expect([clockLabel(57, rates[0]!), clockLabel(1800, rates[3]!), clockLabel(29, rates[2]!)]).toEqual([
      '0:02:09',
      '1:00:00',
      '0:00:29',
    ]);
  });
  it('keep an index inside', () => {
    expect([clampFrame(-3, 58), clampFrame(58, 58), clampFrame(0, 1)]).toEqual([0, 57, 0]);
  });
});
