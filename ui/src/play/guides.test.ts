import { describe, expect, it } from 'vitest';
import { nextPlatform, patchesOf, platforms, safeOf, type Patch } from './guides';

const tall = 9 / 16;
const overlaps = (p: Patch, area: { x0: number; x1: number; y0: number; y1: number }) =>
  p.x < area.x1 && p.x + p.width > area.x0 && p.y < area.y1 && p.y + p.height > area.y0;

describe('guides', () => {
  it('stay inside the picture', () => {
    for (const platform of platforms)
      for (const p of patchesOf(platform, tall)) {
        expect(p.width > 0 && p.height > 0 && p.x >= 0 && p.y >= 0, platform).toBe(true);
        expect(p.x + p.width <= 1.0001 && p.y + p.height <= 1.0001, `${platform} ${p.what}`).toBe(true);
      }
  });
  it('leave the safe area free on every platform', () => {
    const safe = safeOf(tall);
    const area = { x0: safe.left, x1: 1 - safe.right, y0: safe.top, y1: 1 - safe.bottom };
    for (const platform of platforms)
      for (const p of patchesOf(platform, tall)) expect(overlaps(p, area), `${platform} ${p.what}`).toBe(false);
  });
  it('lay nothing over a picture that lies, but for the plain safe area', () => {
    for (const platform of platforms) expect(patchesOf(platform, 16 / 9)).toEqual([]);
    expect(safeOf(16 / 9)).toEqual({ left: 0.05, right: 0.05, top: 0.05, bottom: 0.05 });
    expect(patchesOf('', tall)).toEqual([]);
  });
  it('go round through every platform and none', () => {
    const seen = ['', '', '', '', ''].reduce<string[]>(
      (all) => [...all, nextPlatform((all.at(-1) ?? '') as never)],
      [],
    );
    expect(seen).toEqual([...platforms, '']);
  });
});
