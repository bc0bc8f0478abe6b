import { describe, expect, it } from 'vitest';
import { isHeic, sharedOf, takenText } from './photos';
import type { Photo } from './places';

describe('photos', () => {
  it('of an iPhone are known by name or type', () => {
    const files = [
      ['IMG_1.HEIC', ''],
      ['a.heif', ''],
      ['a', 'image/heic-sequence'],
      ['a.jpg', 'image/jpeg'],
      ['heic.png', 'image/png'],
    ];
    expect(files.map(([name, type]) => isHeic({ name: name!, type: type! }))).toEqual([true, true, true, false, false]);
  });
  it('tell when they were taken as the camera wrote it', () => {
    const taken = (taken?: string) => takenText({ taken } as Photo);
    expect(taken('2026-11-22T14:30:05')).toBe('2026-11-22 14:30');
    expect(taken('2026-11-22T14:30:05+08:00')).toBe('2026-11-22 14:30 +08:00');
    expect(taken()).toBe('');
    expect(taken('<script>')).toBe('');
  });
  it('have a copy to hand out', () => {
    expect(sharedOf('l1', { id: 'p1' } as Photo)).toBe('/api/v1/locations/l1/photos/p1/shared');
  });
});
