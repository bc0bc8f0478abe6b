/** One connection to the server's stream of events, with its own patience; used by the shared worker and, without one, by a tab. */

/** StudioEvent is one line of the activity: what was done to which object, by whom; never the new values. */
export interface StudioEvent {
  seq: number;
  verb: string;
  kind: string;
  object: string;
  title_id?: string;
  shot_id?: string;
  by: string;
  by_name: string;
  at: string;
  params?: Record<string, string>;
}

export type LiveState = 'live' | 'reconnecting' | 'offline';

/** Note is what the stream says: its state, an event, or that events may have been missed and all must be read again. */
export type Note = { type: 'state'; state: LiveState } | { type: 'event'; event: StudioEvent } | { type: 'missed' };

export const streamPath = '/api/v1/events';
const longestWait = 30_000;

/** waitFor is how long to wait before try n, in milliseconds: 1 s, 2 s, 4 s ... 30 s. */
export function waitFor(tries: number): number {
  return Math.min(longestWait, 1000 * 2 ** Math.min(tries, 10));
}

/** openStream keeps a stream open until the returned stop is called; wake tries at once. */
export function openStream(
  tell: (note: Note) => void,
  Source: typeof EventSource = EventSource,
): { stop(): void; wake(): void } {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let last = 0;
  let stopped = false;

  const read = (text: string) => {
    try {
      const event = JSON.parse(text) as StudioEvent;
      if (typeof event.seq !== 'number' || event.seq <= last) return;
      last = event.seq;
      tell({ type: 'event', event });
    } catch {
      tell({ type: 'missed' });
    }
  };

  const open = () => {
    clearTimeout(timer);
    source?.close();
    if (stopped) return;
    // A new EventSource cannot send Last-Event-ID itself, so the last number goes into the address.
    source = new Source(last ? `${streamPath}?after=${last}` : streamPath);
    source.onopen = () => {
      tries = 0;
      tell({ type: 'state', state: 'live' });
      // Without a number to go on from, what happened before this moment is not known here.
      if (last === 0) tell({ type: 'missed' });
    };
    source.onmessage = (m: MessageEvent<string>) => read(m.data);
    source.addEventListener('reset', () => {
      last = 0;
      tell({ type: 'missed' });
    });
    source.onerror = () => {
      tell({ type: 'state', state: tries++ > 2 ? 'offline' : 'reconnecting' });
      // A lost connection the browser opens again by itself; after a refusal it does not.
      if (source?.readyState === Source.CLOSED) timer = setTimeout(open, waitFor(tries - 1));
    };
  };

  open();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      source?.close();
    },
    wake() {
      if (source?.readyState === Source.OPEN) tell({ type: 'state', state: 'live' });
      else open();
    },
  };
}
