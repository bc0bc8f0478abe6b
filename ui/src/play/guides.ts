/**
 * What a phone lays over an upright picture, as parts of its width and height. The platforms publish no measures for their
 * drama players: these are approximate, set by eye in November 2026 for a picture of 1080 × 1920 that fills the screen, and
 * kept a little large. They differ by phone and version; look at a real phone before anything depends on them.
 */

/** Patch is a part of the picture that something covers. */
export interface Patch {
  /** top is where the platform's own bar lies. */
  what: 'top' | 'buttons' | 'caption' | 'bar';
  x: number;
  y: number;
  width: number;
  height: number;
}

export const platforms = ['douyin', 'hongguo', 'kuaishou', 'channels'] as const;
export type Platform = (typeof platforms)[number];

const patches: Record<Platform, Patch[]> = {
  douyin: [
    { what: 'top', x: 0, y: 0, width: 1, height: 0.1 },
    { what: 'buttons', x: 0.84, y: 0.4, width: 0.16, height: 0.46 },
    { what: 'caption', x: 0, y: 0.78, width: 0.8, height: 0.15 },
    { what: 'bar', x: 0, y: 0.93, width: 1, height: 0.07 },
  ],
  hongguo: [
    { what: 'top', x: 0, y: 0, width: 1, height: 0.08 },
    { what: 'buttons', x: 0.84, y: 0.46, width: 0.16, height: 0.36 },
    { what: 'caption', x: 0, y: 0.82, width: 0.8, height: 0.09 },
    { what: 'bar', x: 0, y: 0.91, width: 1, height: 0.09 },
  ],
  kuaishou: [
    { what: 'top', x: 0, y: 0, width: 1, height: 0.09 },
    { what: 'buttons', x: 0.85, y: 0.42, width: 0.15, height: 0.42 },
    { what: 'caption', x: 0, y: 0.79, width: 0.8, height: 0.13 },
    { what: 'bar', x: 0, y: 0.92, width: 1, height: 0.08 },
  ],
  channels: [
    { what: 'top', x: 0, y: 0, width: 1, height: 0.09 },
    { what: 'caption', x: 0, y: 0.77, width: 1, height: 0.13 },
    { what: 'bar', x: 0, y: 0.9, width: 1, height: 0.1 },
  ],
};

/** Inset is a frame inside the picture, as parts of its sides. */
export interface Inset {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** safeOf is where nothing important is covered: for an upright picture free of all the patches above, else the usual nine tenths. */
export function safeOf(ratio: number): Inset {
  if (!upright(ratio)) return { left: 0.05, right: 0.05, top: 0.05, bottom: 0.05 };
  return { left: 0.06, right: 0.16, top: 0.1, bottom: 0.23 };
}

/** upright tells whether a picture of this width by height is watched on a phone held upright. */
export function upright(ratio: number): boolean {
  return ratio < 1;
}

/** patchesOf is what one platform covers; nothing on a picture that lies. */
export function patchesOf(platform: Platform | '', ratio: number): Patch[] {
  return platform && upright(ratio) ? patches[platform] : [];
}

/** nextPlatform goes through the platforms and none. */
export function nextPlatform(now: Platform | ''): Platform | '' {
  const order: (Platform | '')[] = ['', ...platforms];
  return order[(order.indexOf(now) + 1) % order.length] ?? '';
}
