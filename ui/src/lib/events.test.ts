import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hear, live, matches, onEvent } from './events.svelte';
import { openStream, waitFor, type Note, type StudioEvent } from './stream';

const event = (seq: number, more: Partial<StudioEvent> = {}): StudioEvent => ({
  seq,
  verb: 'take.picked',
  kind: 'shot',
  object: 's1',
  title_id: 't1',
  by: 'p',
  by_name: '甲',
  at: '2026-11-22T00:00:00Z',
  ...more,
});

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static readonly OPEN = 1;
  static made: FakeSource[] = [];
  readyState = 1;
  onopen?: () => void;
  onmessage?: (m: { data: string }) => void;
  onerror?: () => void;
  constructor(readonly url: string) {
    super();
    FakeSource.made.push(this);
  }
  close() {
    this.readyState = 2;
  }
}
const Source = FakeSource as unknown as typeof EventSource;

beforeEach(() => {
  FakeSource.made = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('the stream', () => {
  it('passes each event once, however often it comes', () => {
    const notes: Note[] = [];
    const stream = openStream((n) => notes.push(n), Source);
    const source = FakeSource.made[0]!;
    source.onopen?.();
    for (const seq of [1, 2, 2, 1, 3]) source.onmessage?.({ data: JSON.stringify(event(seq)) });
    expect(notes.map((n) => (n.type === 'event' ? n.event.seq : n.type))).toEqual(['state', 'missed', 1, 2, 3]);
    stream.stop();
  });
  it('asks for a fresh read when it opens without knowing where it was, and only then', () => {
    const notes: Note[] = [];
    const stream = openStream((n) => notes.push(n), Source);
    const source = FakeSource.made[0]!;
    source.onopen?.();
    source.onmessage?.({ data: JSON.stringify(event(5)) });
    source.onopen?.();
    expect(notes.filter((n) => n.type === 'missed')).toHaveLength(1);
    stream.stop();
  });
  it('opens again after the last event when the server closed it', () => {
    const stream = openStream(() => undefined, Source);
    const source = FakeSource.made[0]!;
    source.onmessage?.({ data: JSON.stringify(event(41)) });
    source.readyState = 2;
    source.onerror?.();
    vi.advanceTimersByTime(waitFor(0));
    expect(FakeSource.made[1]?.url).toBe('/api/v1/events?after=41');
    stream.stop();
  });
  it('says offline after a few failures, and live as soon as it is back', () => {
    const states: string[] = [];
    const stream = openStream((n) => n.type === 'state' && states.push(n.state), Source);
    const source = FakeSource.made[0]!;
    source.readyState = 0;
    for (let i = 0; i < 4; i++) source.onerror?.();
    source.onopen?.();
    expect(states).toEqual(['reconnecting', 'reconnecting', 'reconnecting', 'offline', 'live']);
    stream.stop();
  });
  it('waits longer each time, and half a minute at most', () => {
    expect([0, 1, 2, 20].map(waitFor)).toEqual([1000, 2000, 4000, 30000]);
  });
  it('stops for good', () => {
    const stream = openStream(() => undefined, Source);
    FakeSource.made[0]!.readyState = 2;
    FakeSource.made[0]!.onerror?.();
    stream.stop();
    vi.advanceTimersByTime(60_000);
    expect(FakeSource.made).toHaveLength(1);
  });
  it('asks for a fresh read when it cannot make out an event', () => {
    const notes: Note[] = [];
    const stream = openStream((n) => notes.push(n), Source);
    FakeSource.made[0]!.onmessage?.({ data: '{' });
    expect(notes).toEqual([{ type: 'missed' }]);
    stream.stop();
  });
});

describe('listeners', () => {
  it.each([
    [{}, true],
    [{ kind: 'shot' }, true],
    [{ kind: ['take', 'shot'], title_id: 't1' }, true],
    [{ kind: 'take' }, false],
    [{ title_id: 't2' }, false],
    [{ shot_id: 's1' }, false],
    [{ object: 's1', verb: 'take.picked' }, true],
  ])('with filter %o are told: %s', (filter, wanted) => expect(matches(filter, event(1))).toBe(wanted));

  it('are told to read again when events may have been missed, and nothing after they stopped', () => {
    const seen: (number | undefined)[] = [];
    const stop = onEvent({ kind: 'shot' }, (e) => seen.push(e?.seq));
    hear({ type: 'state', state: 'live' });
    hear({ type: 'missed' });
    hear({ type: 'event', event: event(7) });
    stop();
    hear({ type: 'event', event: event(8) });
    expect(live()).toBe('live');
    expect(seen).toEqual([undefined, 7]);
  });
});
