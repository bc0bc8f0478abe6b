/** Which key gives which reason for a rejection (废片原因). */
import type { Reason } from './marks';

/** ReasonKey is one line of the small table that opens on X. */
export interface ReasonKey {
  key: string;
  reason: Reason;
}

/** reasonKeys is the table in the order in which it is shown. */
export const reasonKeys: ReasonKey[] = [
  { key: '1', reason: 'face' },
  { key: '2', reason: 'hand' },
  { key: '3', reason: 'identity' },
  { key: '4', reason: 'motion' },
  { key: '5', reason: 'lips' },
  { key: '6', reason: 'slip' },
  { key: '7', reason: 'light' },
  { key: '8', reason: 'framing' },
  { key: '9', reason: 'text' },
  { key: '0', reason: 'policy' },
  { key: '-', reason: 'other' },
];
