import { afterEach, describe, expect, it, vi } from 'vitest';
import { toasts } from '../lib/toasts.svelte';
import { forgetUndo, undoLast } from '../lib/undo.svelte';
import { enterAgain, settled } from './acts';
import { aReading } from './testing';

const sent: [string, unknown][] = [];

function server(answer: object): void {
  sent.length = 0;
  vi.stubGlobal('fetch', (url: string, o: RequestInit) => {
    sent.push([url, JSON.parse(o.body as string)]);
    return Promise.resolve(new Response(JSON.stringify(answer), { status: 200 }));
  });
}

afterEach(() => {
  forgetUndo();
  vi.unstubAllGlobals();
});

describe('what is done to a reading', () => {
  const now = { ...aReading().now, text: '1200', currency: 'USD' };
  const money = aReading({ metric: 'revenue', now: { ...now, origin: { kind: 'platform', evidence: ['e1'] } } });

  it('is taken back with its currency and pictures', async () => {
    server({ reading: money, outcome: 'new', changes: [] });
    await enterAgain(money);
    expect(sent).toEqual([
      [
        '/api/v1/releases/r1/readings',
        {
          metric: 'revenue',
          text: '1200',
          currency: 'USD',
          observed: '2026-03-05',
          increment: false,
          origin: { kind: 'platform', evidence: ['e1'] },
        },
      ],
    ]);
  });

  it('and only confirmed is told, and never withdrawn by undo', async () => {
    server({});
    settled({ reading: money, outcome: 'checked', changes: [] }, { releases: [], changed: () => undefined });
    expect(toasts().at(-1)?.text).toBe('已确认：收入 1200');
    expect([await undoLast(), sent]).toEqual([false, []]);
  });
});
