import { describe, expect, it } from 'vitest';
import type { Sending } from '../lib/upload';
import { sendingOf } from './logging.svelte';

const file = (id: number, state: Sending['state'], where = 'E01-S01-001'): Sending => {
  return { id, name: 'a.png', size: 10, sent: 0, state, where };
};
const wanted = { id: 1, shot: 's1', where: 'E01-S01-001', name: 'a.png', size: 10 };

describe('sendingOf', () => {
  it('finds the file on its way to this shot', () => {
    const all = [file(1, 'done'), file(2, 'sending', 'E01-S01-002'), file(3, 'sending')];
    expect(sendingOf(wanted, all)?.id).toBe(3);
  });
  it('finds nothing once a file is over or given up', () => {
    expect(sendingOf(wanted, [file(1, 'cancelled'), file(2, 'failed')])).toBeUndefined();
  });
});
