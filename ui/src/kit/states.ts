/** How each state looks: a glyph and a tone. The words stand in the base catalog under state.<kind>.<state>. */

export type StateKind = 'shot' | 'attempt' | 'verdict' | 'stage' | 'place' | 'booking' | 'milestone';
export type Tone = 'plain' | 'accent' | 'pick' | 'reject' | 'hold' | 'milestone';

interface Look {
  glyph: string;
  tone: Tone;
}

const looks: Record<string, Look> = {
  'shot.todo': { glyph: '○', tone: 'plain' },
  'shot.drawing': { glyph: '◐', tone: 'accent' },
  'shot.to_review': { glyph: '●', tone: 'hold' },
  'shot.picked': { glyph: '✓', tone: 'pick' },
  'shot.locked': { glyph: '■', tone: 'pick' },
  'shot.rework': { glyph: '↺', tone: 'reject' },
  'attempt.queued': { glyph: '○', tone: 'plain' },
  'attempt.running': { glyph: '◐', tone: 'accent' },
  'attempt.succeeded': { glyph: '✓', tone: 'plain' },
  'attempt.failed': { glyph: '✕', tone: 'reject' },
  'attempt.refused': { glyph: '⊘', tone: 'reject' },
  'attempt.cancelled': { glyph: '–', tone: 'plain' },
  'verdict.unseen': { glyph: '○', tone: 'plain' },
  'verdict.shortlisted': { glyph: '●', tone: 'hold' },
  'verdict.usable': { glyph: '◆', tone: 'accent' },
  'verdict.rejected': { glyph: '✕', tone: 'reject' },
  'place.wanted': { glyph: '○', tone: 'plain' },
  'place.scouting': { glyph: '◐', tone: 'accent' },
  'place.held': { glyph: '●', tone: 'hold' },
  'place.confirmed': { glyph: '✓', tone: 'pick' },
  'place.released': { glyph: '–', tone: 'plain' },
  'booking.tentative': { glyph: '●', tone: 'hold' },
  'booking.confirmed': { glyph: '✓', tone: 'pick' },
  'booking.cancelled': { glyph: '–', tone: 'plain' },
  'milestone.stands': { glyph: '★', tone: 'milestone' },
  'milestone.moved': { glyph: '↷', tone: 'plain' },
  'milestone.withdrawn': { glyph: '✕', tone: 'plain' },
  'stage.on': { glyph: '▶', tone: 'accent' },
  'stage.off': { glyph: '–', tone: 'plain' },
  'stage.finished': { glyph: '■', tone: 'plain' },
};

/** lookOf is the glyph and tone of a state; stages before the release share one look. */
export function lookOf(kind: StateKind, state: string): Look {
  return looks[`${kind}.${state}`] ?? { glyph: '·', tone: 'plain' };
}
