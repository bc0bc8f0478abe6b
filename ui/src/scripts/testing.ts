/** Records for tests: whole, with only what a test cares about changed. */
import type { ComparedScene, Version } from './compare';
import type { Line, Preview, Reading } from './lines';
import type { PlannedScene } from './plan';

/** aLine is a line of a file. */
export function aLine(n: number, kind: string, text = 'x', change: Partial<Line> = {}): Line {
  return { n, kind, text, speaker: '', mode: '', manner: '', said: '', more: false, low: false, ...change };
}

/** aReading is what the server found in these lines, all in front of the first episode. */
export function aReading(front: Line[]): Reading {
  const kinds: Record<string, number> = {};
  for (const line of front) kinds[line.kind] = (kinds[line.kind] ?? 0) + 1;
  return {
    format: 'txt',
    encoding: 'utf-8',
    guessed: false,
    front,
    episodes: [],
    counts: { kinds, lines: front.length, episodes: 0, scenes: 0, speeches: 0, characters: 0 },
    warnings: [],
  };
}

/** aPreview is a preview of these lines. */
export function aPreview(front: Line[], scenes: PlannedScene[] = [], sha256 = 'abc'): Preview {
  return {
    sha256,
    script: aReading(front),
    encodings: ['utf-8', 'gb18030'],
    scenes,
    added: 0,
    changed: 0,
    archived: 0,
  };
}

/** aPlanned is a scene that an import leaves as it is. */
export function aPlanned(change: Partial<PlannedScene> = {}): PlannedScene {
  const head = { episode: 1, label: '1-1', heading: '1-1 夜 内 出租屋' };
  return {
    index: 0,
    scene_id: 's1',
    change: 'same',
    moved: false,
    renumbered: false,
    returned: false,
    was: head,
    is: head,
    likeness: 100,
    added: 0,
    changed: 0,
    removed: 0,
    shots: 0,
    stale: [],
    ...change,
  };
}

/** aCompared is a scene in two versions; a line is [was, is]. */
export function aCompared(lines: [string, string][], change: Partial<ComparedScene> = {}): ComparedScene {
  const head = { episode: 1, label: '1-1', heading: '1-1 夜 内 出租屋' };
  return {
    scene_id: 's1',
    change: 'edited',
    moved: false,
    was: head,
    is: head,
    lines: lines.map(([was, is]) => ({ was, is, same: was === is })),
    ...change,
  };
}

/** aVersion is an imported version. */
export function aVersion(number: number, change: Partial<Version> = {}): Version {
  return {
    id: `v${number}`,
    rev: 1,
    created: '2026-11-20T02:00:00Z',
    updated: '2026-11-20T02:00:00Z',
    title_id: 't1',
    number,
    file: `${number}稿.txt`,
    sha256: 'abc',
    bytes: 100,
    format: 'txt',
    encoding: 'utf-8',
    by: 'p1',
    note: '',
    counts: { kinds: {}, lines: 1, episodes: 1, scenes: 1, speeches: 0, characters: 0 },
    warnings: [],
    added: 0,
    changed: 0,
    archived: 0,
    stale: 0,
    ...change,
  };
}
