/** Records for tests: whole, with only what a test cares about changed. */
import type { FigurePreview, ImportCount } from './lines';

/** aCount counts nothing but what is given. */
export function aCount(change: Partial<ImportCount> = {}): ImportCount {
  const none = { rows: 0, new: 0, duplicate: 0, up: 0, down: 0, older: 0, revived: 0 };
  return { ...none, unmatched: 0, wrong: 0, skipped: 0, releases: 0, titles: 0, ...change };
}

/** aPreview is the dry run of a file with one new figure of 红果短剧. */
export function aPreview(change: Partial<FigurePreview> = {}): FigurePreview {
  return {
    sha256: 'a1',
    name: '红果日报.csv',
    choice: { encoding: 'utf-8', header_row: 1, columns: ['title', 'plays'], platform: '红果短剧' },
    remembered: false,
    exported_from: 'file',
    encodings: ['utf-8', 'gb18030'],
    sheets: [],
    header: ['剧名', '播放量'],
    fields: ['title', 'plays'],
    lacking: [],
    sample: [['气运三角洲', '1.2亿']],
    count: aCount({ rows: 1, new: 1, titles: 1 }),
    corrections: [],
    unmatched: [],
    new_releases: [],
    anomalies: [],
    gaps: [],
    errors: [],
    skipped: [],
    milestones: [],
    ...change,
  };
}
