import { describe, expect, it } from 'vitest';
import { covers, noteLink, spanLabel } from './link';
import { aNote } from './testing';

describe('frame labels', () => {
  it('name a frame, a range or nothing', () => {
    expect(spanLabel({ frame: 57 }, 1001)).toBe('F1058');
    expect(spanLabel({ frame: 57, last: 69 }, 1001)).toBe('F1058–1070');
    expect(spanLabel({ frame: 57, last: 57 }, 1001)).toBe('F1058');
    expect(spanLabel({ frame: 0 }, 0)).toBe('F0');
    expect(spanLabel({}, 1001)).toBe('');
  });
  it('cover both ends of a range and no whole take', () => {
    const range = { frame: 10, last: 12 };
    expect([9, 10, 12, 13, undefined].map((f) => covers(range, f))).toEqual([false, true, true, false, false]);
    expect(covers({ frame: 10 }, 11)).toBe(false);
    expect(covers({}, 0)).toBe(false);
  });
});

describe('noteLink', () => {
  it('carries shot, take, the index of the frame and the note', () => {
    expect(noteLink(aNote({ frame: 57 }))).toBe('/titles/t1/review?shot=s1&take=k1&f=57&note=n1');
  });
  it('names frame 0, and no frame where there is none', () => {
    expect(noteLink(aNote({ frame: 0 }))).toContain('&f=0&');
    expect(noteLink(aNote())).toBe('/titles/t1/review?shot=s1&take=k1&note=n1');
  });
});
