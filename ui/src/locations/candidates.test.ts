import { describe, expect, it } from 'vitest';
import { rowsOf, type Candidate, type ScriptPlace } from './candidates';
import { aPlace } from './testing';

const row = (id: string, locked = false): Candidate => ({
  location_id: id,
  location: aPlace({ id, name: id }),
  locked,
  note: '',
  by: 'p1',
  at: '2026-11-20T02:00:00Z',
});
const place = (candidates: Candidate[], locked?: string): ScriptPlace =>
  ({ candidates, locked: locked ? aPlace({ id: locked }) : undefined, shots: 0 }) as unknown as ScriptPlace;

describe('candidates', () => {
  it('come with the locked one first and the others in their order', () => {
    expect(rowsOf(place([row('a'), row('b', true), row('c')], 'b')).map((r) => r.location.id)).toEqual(['b', 'a', 'c']);
  });
  it('show a locked place that never was put forward', () => {
    const rows = rowsOf(place([row('a')], 'b'));
    expect(rows.map((r) => [r.location.id, r.locked])).toEqual([
      ['b', true],
      ['a', false],
    ]);
  });
  it('may be none', () => {
    expect(rowsOf(place([]))).toEqual([]);
  });
});
