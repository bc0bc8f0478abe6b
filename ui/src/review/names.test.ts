import { describe, expect, it } from 'vitest';
import { aTake } from '../attempts/testing';
import { isClip } from '../player/media';
import { shapeOf, takeName } from './names';

const media = aTake().media;

describe('the name of a take', () => {
  it('says number, kind, mark and stars', () => {
    const clip = aTake({ number: 8, stars: 4, media: { ...media, type: 'video/mp4' } });
    expect(isClip(clip)).toBe(true);
    expect(takeName(clip, true)).toBe('第 8 条，视频，选用，4 星');
  });
  it('says why a take was rejected', () => {
    expect(takeName(aTake({ verdict: 'rejected', reason: 'hand' }), false)).toBe('第 1 条，图片，废片（手崩）');
  });
  it('leaves stars out where there are none', () => {
    expect(takeName(aTake(), false)).toBe('第 1 条，图片，未看');
  });
});

describe('shapeOf', () => {
  it('follows the larger half', () => {
    const wide = aTake({ media: { ...media, width: 1920, height: 1080 } });
    expect(shapeOf([wide, wide, aTake()])).toBe('landscape');
    expect(shapeOf([wide, aTake()])).toBe('portrait');
    expect(shapeOf([])).toBe('portrait');
  });
});
