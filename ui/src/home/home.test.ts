import { describe, expect, it } from 'vitest';
import type { Schema } from '../lib/client';
import { firstAct, firstSteps, longest, urgent, type Board, type Home } from './work';

const row = (id: string, state: Schema<'Shot'>['state']) => ({ shot: { id, state } }) as Schema<'ShotRow'>;
const queue = (title_id: string, since?: string) => ({ title_id, name: '', shots: 1, since }) as Schema<'Queue'>;
const home = (more: Partial<Home>) =>
  ({ boards: [], milestones: [], shots: [], queues: [], ...more }) as unknown as Home;
const board = (more: Partial<Board>) => ({ title: { id: 't' }, scenes: 0, shots: 0, attempts: 0, ...more }) as Board;

describe('what comes first', () => {
  it('is the queue that has waited longest', () => {
    const queues = [queue('new', '2026-11-22T10:00:00Z'), queue('old', '2026-11-20T10:00:00Z'), queue('none')];
    expect(longest(queues).map((q) => q.title_id)).toEqual(['old', 'new', 'none']);
    expect(firstAct(home({ queues, shots: [row('s', 'todo')] }))).toBe('/titles/old/review');
  });
  it('is a shot that was sent back, before those begun and those not begun', () => {
    const shots = [row('a', 'todo'), row('b', 'drawing'), row('c', 'rework'), row('d', 'todo')];
    expect(urgent(shots).map((r) => r.shot.id)).toEqual(['c', 'b', 'a', 'd']);
    expect(firstAct(home({ shots }))).toBe('/draw?shot=c');
  });
  it('is nothing when nothing waits', () => expect(firstAct(home({}))).toBe(''));
});

describe('first steps', () => {
  it('begin with a title and tick themselves', () => {
    expect(firstSteps([]).map((s) => s.done)).toEqual([false, false, false, false]);
    expect(firstSteps([board({ scenes: 3 })]).map((s) => s.done)).toEqual([true, true, false, false]);
    expect(firstSteps([board({})])[1]?.href).toBe('/titles/t/script');
  });
  it('go away with the first attempt', () => expect(firstSteps([board({ attempts: 1 })])).toEqual([]));
});
