import { describe, expect, it } from 'vitest';
import {
  following,
  indexOfShot,
  lastSpot,
  nothing,
  runningLabel,
  sceneOnly,
  sceneRange,
  sequenceOf,
  shotIn,
  skipped,
  spotAt,
  stepped,
  timeOf,
  withShot,
  type Spot,
} from './sequence';
import { aClip, aPlay, aPlayScene, aPlayShot, aStill } from './testing';

const seq = sequenceOf(aPlay().scenes);
const at = (index: number, frame: number): Spot => ({ index, frame });

describe('a sequence', () => {
  it('is clips, stills and slates one after another, each with its own length', () => {
    expect(seq.segments.map((s) => [s.kind, s.frames, s.rate.num, s.seconds, s.start])).toEqual([
      ['clip', 48, 24, 2, 0],
      ['clip', 60, 30, 2, 2],
      ['still', 60, 24, 2.5, 4],
      ['slate', 72, 24, 3, 6.5],
      ['clip', 24, 24, 1, 9.5],
    ]);
  });
  it('says how long it is and how much of that is slates', () => {
    expect([seq.seconds, seq.missing, seq.missingSeconds]).toEqual([10.5, 1, 3]);
  });
  it('counts a clip by its frames, not by what its container rounds the length to', () => {
    const take = aClip({ frames: 97, frame_num: 30000, frame_den: 1001, duration_ms: 3300 });
    const one = sequenceOf([aPlayScene([aPlayShot({}, take)])]).segments[0]!;
    expect(one.seconds).toBeCloseTo((97 * 1001) / 30000, 9);
  });
  it('takes the duration where a file states no rate, and the plan where it states nothing', () => {
    const bare = { frames: 0, frame_num: 0, frame_den: 0 };
    const by = (ms: number, planned: number) =>
      sequenceOf([aPlayScene([aPlayShot({ milliseconds: planned }, aClip({ ...bare, duration_ms: ms }))])])
        .segments[0]!;
    expect([by(1500, 9000).seconds, by(1500, 9000).frames]).toEqual([1.5, 38]);
    expect(by(0, 4000).seconds).toBe(4);
    expect(by(0, 0).seconds).toBe(3);
  });
  it('lets an animated picture run as long as it says', () => {
    const take = aStill({ type: 'image/webp', animated: true, duration_ms: 1200 });
    const one = sequenceOf([aPlayScene([aPlayShot({ milliseconds: 9000 }, take)])]).segments[0]!;
    expect([one.kind, one.seconds]).toEqual(['still', 1.2]);
  });
  it('has the rate and the shape that most takes have', () => {
    expect([seq.base.num, seq.ratio]).toEqual([24, 0.563]);
    expect(sequenceOf([]).ratio).toBe(nothing.ratio);
  });
  it('shows a take on trial in place of the pick, and fills a slate with it', () => {
    const trial = { ...aClip({ frames: 12 }), id: 'k9', shot_id: 's4' };
    const tried = sequenceOf(aPlay().scenes, trial);
    expect(tried.segments[3]).toMatchObject({ kind: 'clip', frames: 12, key: 's4 k9' });
    expect([tried.missing, tried.segments[4]!.start]).toEqual([0, 7]);
    expect(tried.segments[0]!.key).toBe(seq.segments[0]!.key);
  });
  it('of one scene holds that scene, and all where it is gone', () => {
    const { scenes } = aPlay();
    expect(sceneOnly(scenes, 'c2').map((s) => s.id)).toEqual(['c2']);
    expect(sceneOnly(scenes, 'gone')).toEqual(scenes);
  });
});

describe('frames and times across cuts', () => {
  it('come back from every frame of the sequence', () => {
    for (const seg of seq.segments)
      for (let frame = 0; frame < seg.frames; frame++)
        expect(spotAt(seq, timeOf(seq, at(seg.index, frame))), `${seg.index}:${frame}`).toEqual(at(seg.index, frame));
  });
  it('come back also where lengths are endless fractions', () => {
    const takes = Array.from({ length: 60 }, (_, i) => aClip({ frames: 37 + i, frame_num: 30000, frame_den: 1001 }));
    const long = sequenceOf([aPlayScene(takes.map((t, i) => aPlayShot({ id: `x${i}` }, { ...t, shot_id: `x${i}` })))]);
    for (const seg of long.segments)
      for (const frame of [0, 1, seg.frames - 1])
        expect(spotAt(long, timeOf(long, at(seg.index, frame)))).toEqual(at(seg.index, frame));
  });
  it('give a cut to the shot that begins there, and stay inside beyond the ends', () => {
    expect(spotAt(seq, 2)).toEqual(at(1, 0));
    expect(spotAt(seq, 1.999)).toEqual(at(0, 47));
    expect(spotAt(seq, -5)).toEqual(at(0, 0));
    expect(spotAt(seq, 500)).toEqual(at(4, 23));
    expect(spotAt(nothing, 3)).toEqual(at(0, 0));
  });
});

describe('steps', () => {
  it('go over a cut in both directions', () => {
    expect(stepped(seq, at(0, 47), 1)).toEqual(at(1, 0));
    expect(stepped(seq, at(1, 0), -1)).toEqual(at(0, 47));
    expect(stepped(seq, at(2, 59), 1)).toEqual(at(3, 0));
    expect(stepped(seq, at(4, 0), -1)).toEqual(at(3, 71));
  });
  it('go through several shots at once', () => {
    expect(stepped(seq, at(0, 0), 48 + 60 + 60 + 5)).toEqual(at(3, 5));
    expect(stepped(seq, at(3, 5), -(48 + 60 + 60 + 5))).toEqual(at(0, 0));
  });
  it('stop at the ends', () => {
    expect(stepped(seq, at(0, 0), -1)).toEqual(at(0, 0));
    expect(stepped(seq, at(4, 23), 1)).toEqual(at(4, 23));
    expect(lastSpot(seq)).toEqual(at(4, 23));
  });
  it('visit every frame once on the way through', () => {
    let spot = at(0, 0);
    let n = 1;
    for (let next = stepped(seq, spot, 1); next.index !== spot.index || next.frame !== spot.frame; n++) {
      spot = next;
      next = stepped(seq, spot, 1);
    }
    expect(n).toBe(48 + 60 + 60 + 72 + 24);
  });
  it('by a second keep the place within the second, over a cut between two rates', () => {
    expect(skipped(seq, at(0, 36), 1)).toEqual(at(1, 15));
    expect(skipped(seq, at(1, 15), -1)).toEqual(at(0, 36));
    expect(skipped(seq, at(0, 3), -1)).toEqual(at(0, 0));
    expect(skipped(seq, at(4, 20), 1)).toEqual(at(4, 23));
  });
});

describe('scenes', () => {
  it('end where the next begins', () => {
    expect([0, 2, 3, 4].map((i) => sceneRange(seq, i))).toEqual([
      [0, 2],
      [0, 2],
      [3, 4],
      [3, 4],
    ]);
  });
  it('begin again when they are looped, and go on when not', () => {
    expect([following(seq, 2, true), following(seq, 2, false), following(seq, 1, true)]).toEqual([0, 3, 2]);
    expect([following(seq, 4, false), following(seq, 4, true)]).toEqual([undefined, 3]);
  });
});

describe('a pick', () => {
  const { scenes } = aPlay();
  const shot = shotIn(scenes, 's4')!;
  const pick = { take_id: 'k9', number: 9, by: 'p1', by_name: '罗总', at: '', draws: 1 };
  it('is put into its shot and nowhere else', () => {
    const take = { ...aClip(), id: 'k9', shot_id: 's4' };
    const next = withShot(scenes, { ...shot, pick, state: 'picked' }, [take])!;
    expect(sequenceOf(next).segments.map((s) => s.take?.id)).toEqual(['k1', 'k2', 'k3', 'k9', 'k5']);
    expect(shotIn(next, 's4')?.state).toBe('picked');
    expect(next[0]!.shots[0]).toBe(scenes[0]!.shots[0]);
  });
  it('that was taken away leaves a slate', () => {
    const next = withShot(scenes, { ...shotIn(scenes, 's1')!, pick: undefined }, [])!;
    expect(sequenceOf(next).segments[0]!.kind).toBe('slate');
  });
  it('of a take that nobody here knows is left to be read anew', () => {
    expect(withShot(scenes, { ...shot, pick }, [])).toBeUndefined();
    expect(shotIn(scenes, 'none')).toBeUndefined();
  });
});

describe('labels', () => {
  it('run through the episode in its common rate', () => {
    expect(runningLabel(seq, at(1, 15))).toBe('0:02:12');
    expect(runningLabel(seq, at(3, 0))).toBe('0:06:12');
    expect(runningLabel(seq, at(4, 23))).toBe('0:10:11');
  });
  it('find a shot by id', () => {
    expect([indexOfShot(seq, 's3'), indexOfShot(seq, 'none')]).toEqual([2, -1]);
  });
});
