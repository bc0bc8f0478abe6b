/** When a shot has eaten so many draws that something other than drawing should change. */
import type { Schema } from '../lib/client';

/** drawsLook is 'far' from twice the usual number of draws on, if those are at least five. */
export function drawsLook(attempts: number, usual: Schema<'Usual'> | undefined): 'far' | 'plain' {
  return usual && attempts >= 5 && attempts >= 2 * usual.median ? 'far' : 'plain';
}
