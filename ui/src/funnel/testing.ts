/** Funnels for tests: whole, with only what a test cares about changed. */
import type { EpisodeFunnel, Funnel, Group } from './funnel';

/** aGroup is one model's part of aFunnel. */
export function aGroup(change: Partial<Group> = {}): Group {
  const reasons = [
    { reason: 'face', n: 90 },
    { reason: 'hand', n: 30 },
  ];
  return { id: '', name: '可灵 2.5', takes: 200, picked: 30, rejected: 120, reasons, ...change };
}

/** aFunnel is that of a title half done. */
export function aFunnel(change: Partial<Funnel> = {}): Funnel {
  const rest = [
    { reason: 'face', n: 60 },
    { reason: 'hand', n: 20 },
  ];
  return {
    shots: 86,
    attempts: 120,
    returned: 110,
    takes: 340,
    seen: 300,
    shortlisted: 90,
    picked: 41,
    locked: 12,
    rejected: 200,
    waits: [
      { from: 'drawn', to: 'seen', n: 300, median_s: 10_800 },
      { from: 'seen', to: 'shortlisted', n: 80, median_s: 240 },
      { from: 'shortlisted', to: 'picked', n: 0, median_s: 0 },
      { from: 'drawn', to: 'picked', n: 41, median_s: 86_400 },
      { from: 'picked', to: 'locked', n: 12, median_s: 3 * 86_400 },
    ],
    reasons: [
      { reason: 'face', n: 150 },
      { reason: 'hand', n: 50 },
      { reason: 'lips', n: 0 },
    ],
    models: [aGroup(), aGroup({ name: '', takes: 140, picked: 11, rejected: 80, reasons: rest })],
    operators: [
      aGroup({ id: 'p1', name: '李丽' }),
      aGroup({ id: 'p2', name: '王欣', takes: 4, picked: 3, rejected: 0, reasons: [] }),
    ],
    ...change,
  };
}

/** anEpisode is a line of a title's funnel. */
export function anEpisode(change: Partial<EpisodeFunnel> = {}): EpisodeFunnel {
  const { shots: _, ...counts } = aFunnel();
  const { attempts, returned, takes, seen, shortlisted, picked, locked } = counts;
  const base = { id: 'e1', number: 1, name: '夜场', shots: 20 };
  return { ...base, attempts, returned, takes, seen, shortlisted, picked, locked, ...change };
}
