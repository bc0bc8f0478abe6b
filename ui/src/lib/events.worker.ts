/** The shared worker: one stream for all tabs of this browser, because six streams would use up its connections. */
import { openStream, type LiveState, type Note } from './stream';

const ports = new Set<MessagePort>();
let stream: ReturnType<typeof openStream> | undefined;
let state: LiveState = 'reconnecting';

function tellAll(note: Note): void {
  if (note.type === 'state') state = note.state;
  for (const port of ports) port.postMessage(note);
}

function leave(port: MessagePort): void {
  ports.delete(port);
  if (ports.size > 0) return;
  stream?.stop();
  stream = undefined;
}

addEventListener('connect', (e) => {
  const port = (e as MessageEvent).ports[0];
  if (!port) return;
  ports.add(port);
  port.onmessage = (m: MessageEvent<'bye' | 'wake'>) => {
    if (m.data === 'bye') leave(port);
    else stream?.wake();
  };
  port.postMessage({ type: 'state', state } satisfies Note);
  if (stream) stream.wake();
  else stream = openStream(tellAll);
});
