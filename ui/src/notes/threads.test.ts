import { describe, expect, it } from 'vitest';
import { aNote, aStroke } from './testing';
import { byTake, drawnAt, markersOf, openCounts, threadsOf } from './threads';

const done = '2026-03-06T03:00:00Z';
const at = (minute: number) => `2026-03-06T02:${String(minute).padStart(2, '0')}:00Z`;
const notes = [
  aNote({ id: 'late', frame: 40, created: at(1) }),
  aNote({ id: 'early', frame: 5, last: 9, created: at(2), done }),
  aNote({ id: 'whole', created: at(3) }),
  aNote({ id: 'again', parent: 'answer', created: at(5) }),
  aNote({ id: 'answer', parent: 'late', created: at(4) }),
  aNote({ id: 'other', take_id: 'k7', created: at(1) }),
  aNote({ id: 'gone', frame: 1, deleted: done }),
  aNote({ id: 'orphan', parent: 'gone' }),
];
const threads = threadsOf(notes);
const ids = (list: { note: { id: string } }[]) => list.map((th) => th.note.id);

describe('threads', () => {
  it('gather answers, and answers to answers, under the first note in the order of time', () => {
    expect(threads.find((th) => th.note.id === 'late')?.answers.map((n) => n.id)).toEqual(['answer', 'again']);
  });
  it('run along the clip, the whole take first; deleted notes are gone with their answers', () => {
    expect(ids(threads)).toEqual(['other', 'whole', 'early', 'late']);
    expect(threads.flatMap((th) => th.answers.map((n) => n.id))).not.toContain('orphan');
  });
  it('of answers that answer each other do not hang', () => {
    expect(threadsOf([aNote({ id: 'a', parent: 'b' }), aNote({ id: 'b', parent: 'a' })])).toEqual([]);
  });
  it('come take by take, the one on the screen first even where it has none', () => {
    const numbers = new Map([
      ['k1', 9],
      ['k7', 2],
      ['k3', 1],
    ]);
    const more = threadsOf([...notes, aNote({ id: 'x', take_id: 'k3' }), aNote({ id: 'y', take_id: 'unknown' })]);
    expect(byTake(more, 'k1', numbers).map((g) => [g.take, g.number])).toEqual([
      ['k1', 9],
      ['k3', 1],
      ['k7', 2],
      ['unknown', undefined],
    ]);
    expect(byTake([], 'k1', numbers)).toEqual([{ take: 'k1', number: 9, threads: [] }]);
    expect(byTake([], '', numbers)).toEqual([]);
  });
  it('count what is open, without answers', () => {
    expect([...openCounts(threads)].sort()).toEqual([
      ['k1', 2],
      ['k7', 1],
    ]);
  });
  it('mark the time line of their take', () => {
    expect(markersOf(threads, 'k1')).toEqual([
      { id: 'early', frame: 5, last: 9, done: true },
      { id: 'late', frame: 40, last: undefined, done: false },
    ]);
  });
});

describe('what is drawn on the picture', () => {
  const drawn = (colour: number) => [aStroke({ colour })];
  const list = threadsOf([
    aNote({ id: 'a', frame: 5, last: 9, drawing: drawn(1) }),
    aNote({ id: 'b', frame: 7, drawing: drawn(2) }),
    aNote({ id: 'c', frame: 7, drawing: drawn(3), done }),
    aNote({ id: 'd', drawing: drawn(4) }),
    aNote({ id: 'e', take_id: 'k2', frame: 7, drawing: drawn(5) }),
  ]);
  const colours = (frame: number | undefined, chosen?: string) =>
    drawnAt(list, 'k1', frame, chosen).map((s) => s.colour);

  it('is that of all open notes of the frame', () => {
    expect(colours(7)).toEqual([1, 2]);
    expect(colours(9)).toEqual([1]);
    expect(colours(10)).toEqual([]);
  });
  it('is only that of the chosen note, a done one too, and only on its frames', () => {
    expect(colours(7, 'c')).toEqual([3]);
    expect(colours(5, 'c')).toEqual([1]);
    expect(colours(50, 'd')).toEqual([4]);
  });
  it('is that of the whole take on a still', () => expect(colours(undefined)).toEqual([4]));
});
