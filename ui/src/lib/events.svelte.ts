/** What happens in the studio, as it happens: `onEvent({ kind: 'shot', title_id }, fn)` and `live()` for the dot. */
import { openStream, type LiveState, type Note, type StudioEvent } from './stream';

export type { LiveState, StudioEvent };

/** Filter names the events wanted; a list means any of them, a missing field means all. */
export interface Filter {
  kind?: string | string[];
  verb?: string | string[];
  title_id?: string;
  shot_id?: string;
  object?: string;
}

type Listener = { filter: Filter; fn: (e: StudioEvent | undefined) => void };

let state = $state<LiveState>('reconnecting');
const listeners = new Set<Listener>();

/** live is the state of the stream. */
export function live(): LiveState {
  return state;
}

function among(want: string | string[] | undefined, got: string): boolean {
  return want === undefined || (Array.isArray(want) ? want.includes(got) : want === got);
}

/** matches tells whether a filter wants an event. */
export function matches(filter: Filter, e: StudioEvent): boolean {
  if (!among(filter.kind, e.kind) || !among(filter.verb, e.verb) || !among(filter.object, e.object)) return false;
  return among(filter.title_id, e.title_id ?? '') && among(filter.shot_id, e.shot_id ?? '');
}

/** onEvent calls fn for each wanted event, and with undefined when events may have been missed; it returns how to stop. */
export function onEvent(filter: Filter, fn: Listener['fn']): () => void {
  const listener = { filter, fn };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** hear spreads one note of the stream to the listeners. */
export function hear(note: Note): void {
  if (note.type === 'state') {
    state = note.state;
    return;
  }
  for (const { filter, fn } of [...listeners]) {
    if (note.type === 'missed') fn(undefined);
    else if (matches(filter, note.event)) fn(note.event);
  }
}

/** startEvents joins the stream, through the shared worker where there is one; it returns how to leave. */
export function startEvents(): () => void {
  if (typeof SharedWorker === 'undefined') {
    const stream = openStream(hear);
    return () => stream.stop();
  }
  const worker = new SharedWorker(new URL('./events.worker.ts', import.meta.url), {
    type: 'module',
    name: 'chouka-events',
  });
  worker.port.onmessage = (m: MessageEvent<Note>) => hear(m.data);
  const bye = () => worker.port.postMessage('bye');
  const wake = () => worker.port.postMessage('wake');
  addEventListener('pagehide', bye);
  addEventListener('online', wake);
  return () => {
    bye();
    worker.port.close();
    removeEventListener('pagehide', bye);
    removeEventListener('online', wake);
  };
}
