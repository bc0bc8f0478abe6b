import { describe, expect, it } from 'vitest';
import { matchesText, sectionsOf, stepFrom } from './shots';
import { aShot } from './testing';

const rows = [
  aShot({ id: 'c', label: 'E01-S02-001', scene_order: 2 }),
  aShot({ id: 'b', label: 'E01-S01-002', order: 2, state: 'to_review' }),
  aShot({ id: 'a', label: 'E01-S01-001', state: 'picked' }),
  aShot({ id: 'x', title_id: 't2', label: 'E01-S01-001', state: 'rework', reason: '手崩' }, '娇藏京枝'),
  aShot({ id: 'y', title_id: 't2', label: 'E09-S01-001', episode: 9, description: '雨夜 回眸' }, '娇藏京枝'),
];
const ids = (filter = '') => sectionsOf(rows, filter).map((s) => s.rows.map((r) => r.shot.id).join(''));

describe('sectionsOf', () => {
  it('puts what was sent back first, whatever its title', () => {
    expect(sectionsOf(rows)[0]).toMatchObject({ kind: 'rework', rows: [{ shot: { id: 'x' } }] });
  });
  it('follows the script within a title, finished shots last, and does not move a shot that waits for a pick', () => {
    expect(ids()).toEqual(['x', 'y', 'bca']);
  });
  it('keeps only what matches every word of the filter', () => {
    expect(ids('雨夜 ｅ09')).toEqual(['y']);
    expect(matchesText(rows[0]!, '昼以继夜')).toBe(true);
    expect(ids('没有')).toEqual([]);
  });
});

describe('stepFrom', () => {
  const sections = sectionsOf(rows);
  it('walks over the borders of the sections', () => {
    expect(stepFrom(sections, 'x', 1)?.shot.id).toBe('y');
    expect(stepFrom(sections, 'b', -1)?.shot.id).toBe('y');
  });
  it('stops at both ends', () => {
    expect(stepFrom(sections, 'a', 1)?.shot.id).toBe('a');
    expect(stepFrom(sections, 'x', -1)?.shot.id).toBe('x');
  });
  it('enters the list at its near end when the current shot is not in it', () => {
    expect(stepFrom(sections, 'zz', 1)?.shot.id).toBe('x');
    expect(stepFrom(sections, 'zz', -1)?.shot.id).toBe('a');
    expect(stepFrom([], 'zz', 1)).toBeUndefined();
  });
});
