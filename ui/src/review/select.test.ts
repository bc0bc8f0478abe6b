import { describe, expect, it } from 'vitest';
import { everything, none, ranged, targets, toggled } from './select';

const order = ['a', 'b', 'c', 'd'];

describe('choosing takes', () => {
  it('ranges from the anchor in both directions and shrinks again', () => {
    let s = ranged(none('b'), order, 'b', 'd');
    expect([...s.ids]).toEqual(['b', 'c', 'd']);
    s = ranged(s, order, 'd', 'c');
    expect([...s.ids]).toEqual(['b', 'c']);
    s = ranged(s, order, 'c', 'a');
    expect([...s.ids]).toEqual(['a', 'b']);
  });
  it('begins at the cursor when the anchor has gone', () => {
    expect([...ranged(none('zz'), order, 'c', 'd').ids]).toEqual(['c', 'd']);
  });
  it('takes the cursor along with the first click that adds one', () => {
    const s = toggled(none(), 'c', 'a');
    expect([...s.ids]).toEqual(['a', 'c']);
    expect([...toggled(s, 'a', 'c').ids]).toEqual(['c']);
  });
});

describe('targets', () => {
  it('are the chosen takes, in the order on the screen', () => {
    expect(targets(toggled(none(), 'a', 'd'), order, 'a', false)).toEqual(['a', 'd']);
    expect(targets(everything(order), order, 'a', false)).toEqual(order);
  });
  it('are the take under the cursor when none is chosen', () => {
    expect(targets(none(), order, 'b', false)).toEqual(['b']);
    expect(targets(none(), order, 'zz', false)).toEqual([]);
  });
  it('are only the take in sight in the loupe, whatever is chosen', () => {
    expect(targets(everything(order), order, 'b', true)).toEqual(['b']);
  });
  it('leave out chosen takes that have gone', () => {
    expect(targets({ anchor: 'a', ids: new Set(['a', 'gone']) }, order, 'b', false)).toEqual(['a']);
  });
});
