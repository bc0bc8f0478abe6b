/** Notes and people for tests: whole, with only what a test cares about changed. */
import type { MemberRow, Note, Stroke } from './link';

const meta = { rev: 1, created: '2026-03-06T02:00:00Z', updated: '2026-03-06T02:00:00Z' };

/** aNote is an open note of 李丽 on the whole of take k1. */
export function aNote(change: Partial<Note> = {}): Note {
  return {
    ...meta,
    id: 'n1',
    title_id: 't1',
    shot_id: 's1',
    take_id: 'k1',
    text: '手部穿帮',
    mentions: [],
    drawing: [],
    author: 'p1',
    author_name: '李丽',
    ...change,
  };
}

/** aMember is 李丽, who produces title t1. */
export function aMember(change: Partial<MemberRow> = {}): MemberRow {
  return {
    ...meta,
    id: 'm1',
    title_id: 't1',
    person_id: 'p1',
    name: '李丽',
    login: 'lili',
    role: 'producer',
    active: true,
    ...change,
  };
}

/** twoZhangs are two members of one name, an operator and the director. */
export function twoZhangs(): MemberRow[] {
  return [
    aMember({ id: 'm2', person_id: 'z1', name: '张伟', login: 'zhangwei', role: 'operator' }),
    aMember({ id: 'm3', person_id: 'z2', name: '张伟', login: 'zhangwei2', role: 'director' }),
  ];
}

/** aStroke is a short level line of the pen. */
export function aStroke(change: Partial<Stroke> = {}): Stroke {
  return { tool: 'pen', colour: 0, size: 8, points: [1000, 5000, 500, 3000, 5000, 500], ...change };
}
