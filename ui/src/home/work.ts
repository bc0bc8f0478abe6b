/** What the first page shows first, by what a person does. */
import type { Schema } from '../lib/client';

export type Home = Schema<'Home'>;
export type Board = Schema<'Board'>;

/** longest orders queues by how long their oldest shot has waited. */
export function longest(queues: Schema<'Queue'>[]): Schema<'Queue'>[] {
  return [...queues].sort((a, b) => (a.since ?? '9').localeCompare(b.since ?? '9'));
}

/** firstAct is where Enter leads: the queue that has waited longest for a pick, else the most urgent shot, else nowhere. */
export function firstAct(home: Home): string {
  const queue = longest(home.queues)[0];
  if (queue) return `/titles/${queue.title_id}/review`;
  const shot = urgent(home.shots)[0];
  return shot ? `/draw?shot=${shot.shot.id}` : '';
}

const order = ['rework', 'drawing', 'todo', 'to_review', 'picked', 'locked'];

/** urgent orders a person's shots: sent back first, then begun, then not begun; within one state as the server gave them. */
export function urgent(shots: Schema<'ShotRow'>[]): Schema<'ShotRow'>[] {
  return [...shots].sort((a, b) => order.indexOf(a.shot.state) - order.indexOf(b.shot.state));
}

/** Step is one line of the list that a new studio sees until it has drawn for the first time. */
export interface Step {
  id: 'title' | 'script' | 'shots' | 'draw';
  done: boolean;
  href: string;
}

/** firstSteps is that list; it is empty as soon as anything was drawn. */
export function firstSteps(boards: Board[]): Step[] {
  if (boards.some((b) => b.attempts > 0)) return [];
  const one = boards[0];
  const at = one ? `/titles/${one.title.id}` : '/titles';
  return [
    { id: 'title', done: !!one, href: '/titles?new=1' },
    { id: 'script', done: boards.some((b) => b.scenes > 0), href: one ? `${at}/script` : at },
    { id: 'shots', done: boards.some((b) => b.shots > 0), href: at },
    { id: 'draw', done: false, href: '/draw' },
  ];
}
