import { describe, expect, it } from 'vitest';
import { active, begin, onward, step, swap, win, type Fighter } from './duel';

const aTake = (id: string, change: Partial<Fighter> = {}): Fighter => ({
  id,
  rejected: false,
  shortlisted: false,
  stars: 0,
  ...change,
});
const five = ['a', 'b', 'c', 'd', 'e'].map((id) => aTake(id));

describe('begin', () => {
  it('holds the cursor against the pick', () => {
    expect(begin(five, 'c', 'b')).toEqual({ champion: 'b', challenger: 'c', side: 'challenger' });
    expect(begin(five, 'b', 'b')).toEqual({ champion: 'b', challenger: 'c', side: 'challenger' });
  });
  it('takes the best shortlisted one where nothing is picked', () => {
    const some = [
      aTake('a', { stars: 5 }),
      aTake('b', { shortlisted: true }),
      aTake('c', { shortlisted: true, stars: 3 }),
    ];
    expect(begin(some, 'a', '').champion).toBe('c');
  });
  it('holds the cursor against the next where nobody judged yet, and the last against the first', () => {
    expect(begin(five, 'a', '')).toEqual({ champion: 'a', challenger: 'b', side: 'challenger' });
    expect(begin(five, 'e', '')).toEqual({ champion: 'e', challenger: 'a', side: 'challenger' });
  });
  it('leaves a single take as champion', () => {
    expect(begin([aTake('a')], 'a', '')).toEqual({ champion: 'a', challenger: '', side: 'champion' });
  });
});

describe('a duel', () => {
  it('needs one key less than there are takes', () => {
    let duel = begin(five, 'a', 'a');
    let keys = 0;
    while (duel.challenger) {
      duel = keys % 2 ? win(duel, five) : onward(duel, five);
      keys++;
    }
    expect(keys).toBe(4);
    expect(active(duel)).toBe(duel.champion);
  });
  it('passes over rejected takes, but not when one goes by hand', () => {
    const some = [aTake('a'), aTake('b', { rejected: true }), aTake('c')];
    expect(onward({ champion: 'a', challenger: '', side: 'champion' }, some).challenger).toBe('c');
    expect(step({ champion: 'a', challenger: 'c', side: 'challenger' }, ['a', 'b', 'c'], -1).challenger).toBe('b');
  });
  it('stays at the ends and comes back from its end', () => {
    const order = ['a', 'b', 'c'];
    expect(step({ champion: 'a', challenger: 'c', side: 'challenger' }, order, 1).challenger).toBe('c');
    expect(step({ champion: 'a', challenger: '', side: 'champion' }, order, -1)).toEqual({
      champion: 'a',
      challenger: 'c',
      side: 'challenger',
    });
  });
  it('swaps places and hits the side that is active', () => {
    const duel = swap({ champion: 'a', challenger: 'b', side: 'challenger' });
    expect([duel.champion, duel.challenger, active(duel)]).toEqual(['b', 'a', 'a']);
    expect(swap({ champion: 'a', challenger: '', side: 'champion' }).champion).toBe('a');
    expect(win({ champion: 'a', challenger: '', side: 'champion' }, five).champion).toBe('a');
  });
});
