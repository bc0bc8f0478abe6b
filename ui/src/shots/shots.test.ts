import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { Chosen } from './choose.svelte';
import { latest } from './latest';
import { Pager } from './pager.svelte';
import {
  backOf,
  byOperators,
  commonOperators,
  draftOf,
  editOf,
  halvesOf,
  moved,
  parseSeconds,
  rebase,
  secondsText,
  splitText,
  type Shot,
} from './shot';

const shot = (change: Partial<Shot> = {}): Shot => ({
  id: 's1',
  rev: 3,
  created: '2026-11-01T00:00:00Z',
  updated: '2026-11-01T00:00:00Z',
  title_id: 't1',
  episode_id: 'e1',
  scene_id: 'c1',
  number: '014',
  label: 'E03-S02-014',
  episode: 3,
  scene_order: 1,
  order: 1,
  size: '中景',
  camera: '推',
  description: '灯灭。她回头。',
  dialogue: '',
  sound: '雨声',
  prompt: 'rain',
  characters: '林晚',
  note: '',
  milliseconds: 3500,
  operators: ['p1'],
  lines: [],
  cast: [],
  state: 'todo',
  state_at: '2026-11-01T00:00:00Z',
  reason: '',
  lines: [],
  cast: [],
  ...change,
});

describe('seconds', () => {
  it('are read as people write them', () => {
    const spelt: Record<string, number> = {
      '3': 3000,
      '3.5': 3500,
      '４秒': 4000,
      '4s': 4000,
      '2"': 2000,
      '00:03': 3000,
      '1:05': 65_000,
      ' ': 0,
    };
    for (const [text, ms] of Object.entries(spelt)) expect(parseSeconds(text), text).toBe(ms);
  });
  it('refuse what is no length', () => {
    for (const text of ['三秒多', '-1', '1e9', '3,5', '99999', '1:5']) expect(parseSeconds(text), text).toBeUndefined();
  });
  it('are written back without noughts, and not at all when unknown', () => {
    expect([secondsText(3500), secondsText(4000), secondsText(0)]).toEqual(['3.5', '4', '']);
  });
});

describe('the form', () => {
  it('sends nothing for an untouched shot and only what differs else', () => {
    expect(editOf(draftOf(shot()), shot())).toEqual({});
    const draft = { ...draftOf(shot()), size: '', seconds: '4秒', operators: ['p1', 'p2'] };
    expect(editOf(draft, shot())).toEqual({ size: '', milliseconds: 4000, operators: ['p1', 'p2'] });
  });
  it('sends what was filled in for a new shot', () => {
    expect(editOf({ ...draftOf(), number: ' 15 ', description: '雨' })).toEqual({ number: '15', description: '雨' });
  });
  it('is taken back by the old values of the same fields', () => {
    expect(backOf({ size: '特写', operators: [] }, shot())).toEqual({ size: '中景', operators: ['p1'] });
  });
  it('keeps what was typed when somebody else saved meanwhile, and takes the rest from them', () => {
    const draft = { ...draftOf(shot()), description: '我写的' };
    const now = shot({ rev: 4, size: '特写', description: '别人写的', operators: ['p2'] });
    const next = rebase(draft, shot(), now);
    expect(next).toMatchObject({ description: '我写的', size: '特写', operators: ['p2'] });
    expect(editOf(next, now)).toEqual({ description: '我写的' });
  });
});

describe('splitText', () => {
  it('cuts after the sentence nearest the middle and keeps closing quotes with it', () => {
    expect(splitText('灯灭。她回头。')).toEqual(['灯灭。', '她回头。']);
    expect(splitText('“你是谁？”他问。门开了，雨灌进来。')).toEqual(['“你是谁？”他问。', '门开了，雨灌进来。']);
    expect(splitText('甲：走。\n乙：等等')).toEqual(['甲：走。', '乙：等等']);
  });
  it('leaves a single sentence whole', () => {
    expect(splitText('灯灭。')).toEqual(['灯灭。', '']);
    expect(splitText('')).toEqual(['', '']);
  });
  it('loses nothing but blanks between the halves', () => {
    const text = '一。二！三？四……五；六';
    expect(splitText(text).join('')).toBe(text);
  });
});

describe('halvesOf', () => {
  it('keeps the frame, cuts the texts and shares the length', () => {
    const { first, second } = halvesOf(shot({ milliseconds: 3501 }));
    expect(first).toMatchObject({ size: '中景', camera: '推', description: '灯灭。', sound: '雨声' });
    expect(second).toMatchObject({ size: '中景', camera: '推', description: '她回头。', sound: '' });
    expect((first.milliseconds ?? 0) + (second.milliseconds ?? 0)).toBe(3501);
  });
});

describe('order and assignment', () => {
  it('moves one item and leaves a list alone where there is no such place', () => {
    const list = ['a', 'b', 'c'];
    expect(moved(list, 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(list, 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(list, 0, 3)).toBe(list);
    expect(moved(list, 1, 1)).toBe(list);
  });
  it('begins with the operators that all have', () => {
    expect(commonOperators([shot({ operators: ['a', 'b'] }), shot({ operators: ['b', 'c'] })])).toEqual(['b']);
    expect(commonOperators([])).toEqual([]);
  });
  it('gives shots back in one call for each set of operators', () => {
    const shots = [shot({ id: '1' }), shot({ id: '2', operators: [] }), shot({ id: '3' })];
    expect(byOperators(shots)).toEqual([
      { shots: ['1', '3'], operators: ['p1'] },
      { shots: ['2'], operators: [] },
    ]);
  });
});

describe('Chosen', () => {
  it('toggles, takes stretches, and gives the order of the page', () => {
    const chosen = new Chosen(() => ['a', 'b', 'c', 'd']);
    chosen.toggle('d');
    chosen.toggle('b', true);
    expect(chosen.list).toEqual(['b', 'c', 'd']);
    chosen.toggle('c');
    expect(chosen.list).toEqual(['b', 'd']);
    chosen.all();
    expect(chosen.list).toHaveLength(4);
    chosen.all();
    expect(chosen.list).toEqual([]);
  });
  it('forgets rows that went away', () => {
    let ids = ['a', 'b'];
    const chosen = new Chosen(() => ids);
    chosen.all();
    ids = ['b'];
    expect(chosen.list).toEqual(['b']);
  });
});

describe('latest', () => {
  it('makes one call at a time and skips all but the newest in between', async () => {
    const made: number[] = [];
    const gates: (() => void)[] = [];
    const send = latest<number>((n) => {
      made.push(n);
      return new Promise((resolve) => gates.push(resolve));
    });
    const all = [send(1), send(2), send(3)];
    expect(made).toEqual([1]);
    gates[0]!();
    await Promise.resolve();
    await Promise.resolve();
    expect(made).toEqual([1, 3]);
    gates[1]!();
    await Promise.all(all);
    expect(made).toEqual([1, 3]);
  });
});

describe('Pager', () => {
  const all = Array.from({ length: 250 }, (_, i) => i);
  const read = async (after: string | undefined, limit: number) => {
    const from = Number(after ?? 0);
    const items = all.slice(from, from + limit);
    return { items, next: from + limit < all.length ? String(from + limit) : undefined };
  };
  it('grows by pages to the end, and reads the same length again when something happened', async () => {
    const list = new Pager(read);
    await list.reload(true);
    flushSync();
    expect(list.items).toHaveLength(100);
    await list.more();
    expect(list.items).toHaveLength(200);
    await list.reload();
    expect(list.items).toEqual(all.slice(0, 200));
    await list.more();
    await list.more();
    expect(list.items).toEqual(all);
    expect(list.next).toBeUndefined();
  });
  it('reads on while a filter leaves pages thin', async () => {
    let calls = 0;
    const thin = async (after: string | undefined) => {
      calls++;
      const n = Number(after ?? 0);
      return { items: n % 3 === 0 ? [n] : [], next: n < 8 ? String(n + 1) : undefined };
    };
    const list = new Pager(thin, 3);
    await list.reload(true);
    expect(list.items).toEqual([0, 3, 6]);
    expect(calls).toBe(7);
    await list.more();
    expect(list.next).toBeUndefined();
  });
  it('keeps what it has when a page fails, and says why', async () => {
    let fail = false;
    const list = new Pager(async (after: string | undefined, limit: number) => {
      if (fail) throw new Error('lost');
      return read(after, limit);
    });
    await list.reload(true);
    fail = true;
    await list.more();
    expect(list.items).toHaveLength(100);
    expect(list.error?.detail).toBe('lost');
  });
});
