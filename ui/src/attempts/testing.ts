/** Records for tests: whole, with only what a test cares about changed. */
import type { Schema } from '../lib/client';

const meta = { rev: 1, created: '2026-03-06T02:00:00Z', updated: '2026-03-06T02:00:00Z' };

/** anAttempt is a plain attempt of shot s1. */
export function anAttempt(change: Partial<Schema<'Attempt'>> = {}): Schema<'Attempt'> {
  return {
    ...meta,
    id: 'a1',
    title_id: 't1',
    shot_id: 's1',
    number: 1,
    operator: 'p1',
    status: 'succeeded',
    way: 'upload',
    kind: '',
    service: '',
    model: '',
    prompt: '',
    negative: '',
    sheets: [],
    seed: '',
    duration: '',
    ratio: '',
    mode: '',
    word: '',
    expanded: '',
    refs: [],
    expected: [],
    beside: [],
    candidates: [],
    reader: 0,
    stack: '',
    steps: '',
    cfg: '',
    sampler: '',
    scheduler: '',
    denoise: '',
    size: '',
    task_id: '',
    cost: { amount: 0, currency: '' },
    params: {},
    sources: {},
    notes: [],
    reason: '',
    remark: '',
    at: '2026-03-06T02:00:00Z',
    day: '2026-03-06',
    ...change,
  };
}

/** aTake is a picture of shot s1 that nobody judged. */
export function aTake(change: Partial<Schema<'Take'>> = {}): Schema<'Take'> {
  return {
    ...meta,
    id: 'k1',
    title_id: 't1',
    shot_id: 's1',
    attempt_id: 'a1',
    operator: 'p1',
    number: 1,
    place: 0,
    file: 'a.png',
    generator: '',
    records: 0,
    media: {
      sha256: '00',
      bytes: 1000,
      type: 'image/png',
      width: 1080,
      height: 1920,
      duration_ms: 0,
      frame_num: 0,
      frame_den: 0,
      frames: 0,
      variable_rate: false,
      animated: false,
      hash: '',
      film: '',
      proxy: false,
      derived: 'ready',
    },
    verdict: 'unseen',
    stars: 0,
    colour: 0,
    ...change,
  };
}

/** aShot is a shot of title t1 in a list. */
export function aShot(change: Partial<Schema<'Shot'>> = {}, title = '昼以继夜'): Schema<'ShotRow'> {
  return {
    title,
    attempts: 0,
    takes: 0,
    notes: 0,
    shot: {
      ...meta,
      id: 's1',
      title_id: 't1',
      episode_id: 'e1',
      scene_id: 'c1',
      number: '001',
      label: 'E01-S01-001',
      episode: 1,
      scene_order: 1,
      order: 1,
      size: '',
      camera: '',
      description: '',
      dialogue: '',
      sound: '',
      prompt: '',
      characters: '',
      note: '',
      milliseconds: 0,
      operators: [],
      lines: [],
      cast: [],
      state: 'todo',
      state_at: '2026-03-06T02:00:00Z',
      reason: '',
      ...change,
    },
  };
}

/** aRow is an attempt with its takes as the server answers. */
export function aRow(
  attempt: Partial<Schema<'Attempt'>> = {},
  more: Partial<Schema<'AttemptRow'>> = {},
): Schema<'AttemptRow'> {
  return { attempt: anAttempt(attempt), takes: [], duplicate: false, matched: '', elsewhere: [], ...more };
}
