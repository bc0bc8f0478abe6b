/** What the tests of the review room start from. */
import type { QueueRow } from './queue';

/** aQueueRow is a shot of title t1 that waits with three takes, two of them unseen. */
export function aQueueRow(change: Partial<QueueRow> = {}): QueueRow {
  return {
    shot_id: 's1',
    label: 'E01-S01-001',
    episode: 1,
    scene_id: 'c1',
    since: '2026-03-06T02:00:00Z',
    operators: ['p1'],
    attempts: 3,
    takes: 3,
    unseen: 2,
    ...change,
  };
}
