import { describe, expect, it } from 'vitest';
import { backOf, bodyOf, draftOf } from './form';
import { aRelease } from './testing';

describe('the form of a release', () => {
  it('sends the platform even where it is empty, so that the server says so', () => {
    expect(bodyOf(draftOf())).toEqual({ platform: '', region: 'CN' });
  });
  it('sends episodes as a number and leaves out what is none', () => {
    expect(bodyOf({ ...draftOf(), platform: '抖音', episodes: '80' }).episodes).toBe(80);
    expect(bodyOf({ ...draftOf(), platform: '抖音', episodes: '八十' }).episodes).toBeUndefined();
  });
  it('sends only what changed, and knows the way back', () => {
    const { release } = aRelease();
    const body = bodyOf({ ...draftOf(release), date: '', episodes: '' }, release);
    expect(body).toEqual({ date: '', episodes: 0 });
    expect(backOf(body, release)).toEqual({ date: '2026-03-01', episodes: 80 });
  });
});
