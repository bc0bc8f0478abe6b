/** An episode of five shots for tests: two clips of two rates, a still, a slate, a clip in a second scene. */
import { aShot, aTake } from '../attempts/testing';
import type { Play, PlayScene, PlayShot, Shot, Take } from './sequence';

/** aClip is an upright film of two seconds. */
export function aClip(media: Partial<Take['media']> = {}): Take {
  const base = aTake();
  const film = {
    type: 'video/mp4',
    width: 720,
    height: 1280,
    frames: 48,
    frame_num: 24,
    frame_den: 1,
    duration_ms: 2000,
  };
  return { ...base, media: { ...base.media, ...film, ...media } };
}

/** aStill is an upright picture. */
export function aStill(media: Partial<Take['media']> = {}): Take {
  const base = aTake();
  return { ...base, media: { ...base.media, width: 720, height: 1280, ...media } };
}

/** aPlayShot is a shot with its pick, or without one. */
export function aPlayShot(shot: Partial<Shot> = {}, take?: Take): PlayShot {
  const whole = aShot(shot).shot;
  return { shot: whole, take: take && { ...take, shot_id: whole.id }, takes: take ? 3 : 0 };
}

/** aPlayScene is a scene of these shots. */
export function aPlayScene(shots: PlayShot[], change: Partial<PlayScene> = {}): PlayScene {
  return { id: 'c1', label: '1-1', heading: '1-1 夜 内 金沙湖大剧院', lines: [], shots, ...change };
}

/** aPlay is the episode. */
export function aPlay(): Play {
  const shot = (n: number, more: Partial<Shot> = {}) => ({ id: `s${n}`, label: `E01-S01-00${n}`, ...more });
  const take = (n: number, of: Take): Take => ({ ...of, id: `k${n}` });
  const first = [
    aPlayShot(shot(1), take(1, aClip())),
    aPlayShot(shot(2), take(2, aClip({ frames: 60, frame_num: 30 }))),
    aPlayShot(shot(3, { milliseconds: 2500 }), take(3, aStill())),
  ];
  const second = [
    aPlayShot(shot(4, { scene_id: 'c2' })),
    aPlayShot(shot(5, { scene_id: 'c2' }), take(5, aClip({ frames: 24, duration_ms: 1000 }))),
  ];
  const stamp = { rev: 1, created: '2026-03-06T02:00:00Z', updated: '2026-03-06T02:00:00Z' };
  return {
    title_id: 't1',
    title: '昼以继夜',
    first_frame: 1001,
    episode: {
      ...stamp,
      id: 'e1',
      title_id: 't1',
      number: 1,
      name: '夜场',
      label: '',
      archived: false,
      locked: false,
      front: [],
    },
    scenes: [aPlayScene(first), aPlayScene(second, { id: 'c2', label: '1-2' })],
  };
}
