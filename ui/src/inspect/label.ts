/** What a file declares about itself: China's label of generated content, and the claim of a C2PA manifest. */
import type { Schema } from '../lib/client';

type Take = Schema<'Take'>;

/** LabelState: yes, maybe and suspected are the values 1, 2 and 3; no is a file that was read and has none. */
export type LabelState = 'yes' | 'maybe' | 'suspected' | 'other' | 'no' | 'unread';

// Readers before this one did not look for labels.
const firstReader = 2;

/** labelState tells a file without a label from one that nobody has read for one; reader is the version that read it, 0 for none. */
export function labelState(take: Take, reader: number): LabelState {
  if (!take.label) return reader >= firstReader || take.records > 0 ? 'no' : 'unread';
  const states: Record<string, LabelState> = { '1': 'yes', '2': 'maybe', '3': 'suspected' };
  return states[take.label.value] ?? 'other';
}

/** glyphOf stands before the word. */
export function glyphOf(state: LabelState): string {
  return { yes: '●', maybe: '◎', suspected: '◎', other: '◎', no: '○', unread: '◌' }[state];
}

/** labelFacts are the members of a label that it has, in the order of the standard. */
export function labelFacts(label: Schema<'Label'>): { key: keyof Schema<'Label'>; value: string }[] {
  const keys = ['producer', 'produce_id', 'propagator', 'propagate_id', 'source'] as const;
  return keys.map((key) => ({ key, value: label[key] })).filter((f) => f.value);
}

/** claimFacts are the statements of a claim that it makes. */
export function claimFacts(claim: Schema<'Claim'>): { key: keyof Schema<'Claim'>; value: string }[] {
  return (['generator', 'software', 'actions', 'source_type', 'source'] as const)
    .map((key) => ({ key, value: key === 'actions' ? claim.actions.join(', ') : claim[key] }))
    .filter((f) => f.value);
}
