import { describe, expect, it } from 'vitest';
import { applied, backOf, gapOf, landing, movesOf, stays, stepped, type Carried } from './carry';
import {
  choicesOf,
  clashText,
  elsewhereOf,
  gapAt,
  minutesOf,
  nameOf,
  noFilter,
  readMinutes,
  spotOf,
  stillAs,
  wanted,
  weigh,
  whereOf,
  type Clash,
  type DayBoard,
  type DayRow,
  type StripScene,
} from './days';
import { bodyOf, draftOf, nextDate } from './form';
import { charactersOf, isNew, type Element, type Performer } from './performers';

const strip = (id: string, more: object = {}, episode = 1): StripScene =>
  ({
    scene: { id, label: `${episode}-${id}`, code: id.padStart(2, '0'), heading: '', place: '大厅' },
    episode,
    light: 'day_in',
    location: '',
    area: '',
    cast: [],
    seconds: 30,
    ...more,
  }) as unknown as StripScene;
const day = (id: string, scenes: StripScene[] = [], date = '2026-12-01'): DayRow =>
  ({ day: { id, date, unit: '', zone: 'Asia/Shanghai' }, scenes, conflicts: [] }) as unknown as DayRow;
const board = (days: DayRow[], pool: StripScene[] = []): DayBoard => ({ days, pool, shot: 0 });

describe('the pool', () => {
  const hall = strip('1', { location: '金沙湖大剧院', area: '大厅', cast: ['李丽'] });
  const roof = strip('2', { light: 'night_out', cast: ['顾京', '李丽'] }, 2);

  it('is filtered by place, light, character, episode and text', () => {
    const hits = (f: object) => [hall, roof].filter((s) => wanted(s, { ...noFilter, ...f })).map((s) => s.scene.id);
    expect(hits({})).toEqual(['1', '2']);
    expect(hits({ place: '金沙湖大剧院 · 大厅' })).toEqual(['1']);
    expect(hits({ light: 'night_out' })).toEqual(['2']);
    expect(hits({ cast: '顾京' })).toEqual(['2']);
    expect(hits({ episode: '2' })).toEqual(['2']);
    expect(hits({ text: '金沙湖 大' })).toEqual(['1']);
    expect(hits({ text: '２-2' })).toEqual(['2']);
    expect(hits({ text: '莉' })).toEqual([]);
  });

  it('offers what it holds, the most frequent first', () => {
    expect(choicesOf([roof, hall])).toEqual({
      places: ['大厅', '金沙湖大剧院 · 大厅'],
      cast: ['李丽', '顾京'],
      episodes: [1, 2],
    });
  });

  it('names a scene by its label, with the episode where the label has none', () => {
    expect(nameOf(strip('3'))).toBe('1-3');
    const bare = { episode: 4, scene: { label: '3A', code: '03A' } } as StripScene;
    expect(nameOf(bare)).toBe('4-3A');
    expect(whereOf(strip('3'))).toBe('大厅');
  });
});

describe('a drop', () => {
  it('falls into the nearest gap', () => {
    expect([-5, 0, 27, 29, 200].map((y) => gapAt(y, 56, 2))).toEqual([0, 0, 0, 1, 2]);
  });

  const at = (id: string, where: string, n: number): Carried => ({ strip: strip(id), from: { day: where, at: n } });
  const [first, third, far, pooled] = [at('1', 'a', 0), at('3', 'a', 2), at('4', 'b', 1), at('9', '', 0)];

  it('counts the gaps out that its strips leave on the same day', () => {
    const land = (items: Carried[], day: string, n: number) => landing(items, { day, at: n }).at;
    expect([land([first], 'a', 2), land([third], 'a', 0), land([first], 'b', 2)]).toEqual([1, 0, 2]);
    expect([land([first, third], 'a', 4), land([first, third], 'a', 2), land([first, third, far], 'b', 2)]).toEqual([
      2, 1, 1,
    ]);
  });

  it('is seen in the gap from which it was counted', () => {
    for (const items of [[first], [third], [first, third]])
      for (const n of [0, 1, 2, 3].filter((x) => x <= 4 - items.length))
        expect(landing(items, gapOf(items, { day: 'a', at: n })).at).toBe(n);
    expect(gapOf([first], { day: 'b', at: 1 }).at).toBe(1);
  });

  it('changes nothing beside itself or from pool to pool', () => {
    const still = (items: Carried[], day: string, n: number) => stays(items, { day, at: n });
    expect([still([third], 'a', 2), still([third], 'a', 3), still([third], 'a', 4), still([third], 'a', 1)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([still([pooled], '', 0), still([pooled], 'a', 0), still([pooled, first], '', 0)]).toEqual([
      true,
      false,
      false,
    ]);
    const pair = [first, at('2', 'a', 1)];
    expect([still(pair, 'a', 0), still(pair, 'a', 1), still(pair, 'a', 2), still(pair, 'a', 3)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([still([first, third], 'a', 0), still([first, far], 'a', 0)]).toEqual([false, false]);
  });

  it('is sent with where each lands, in order, and taken back to where each stood', () => {
    const to = { day: 'a', at: 3 };
    expect(movesOf([pooled, first, far], to)).toEqual([
      { scene_id: '9', from: undefined, to: 'a', at: 2 },
      { scene_id: '1', from: 'a', to: 'a', at: 3 },
      { scene_id: '4', from: 'b', to: 'a', at: 4 },
    ]);
    expect(backOf([third, far, pooled, first], { day: 'c', at: 0 })).toEqual([
      { scene_id: '9', from: 'c', to: undefined, at: 0 },
      { scene_id: '1', from: 'c', to: 'a', at: 0 },
      { scene_id: '4', from: 'c', to: 'b', at: 1 },
      { scene_id: '3', from: 'c', to: 'a', at: 2 },
    ]);
    expect(movesOf([pooled, first], { day: '', at: 0 })).toEqual([{ scene_id: '1', from: 'a', to: undefined, at: 0 }]);
  });

  it('takes the strips out of the pool, or puts them back in the order of the script', () => {
    const before = board([day('a'), day('b')], [strip('1'), strip('2'), strip('10')]);
    const taken = ['2', '10'].map((id) => at(id, '', 0));
    const on = applied(before, taken, [day('a', [strip('2'), strip('10')])]);
    expect([on.pool.map((s) => s.scene.id), on.days[0]!.scenes.length, on.days[1]!.scenes.length]).toEqual([
      ['1'],
      2,
      0,
    ]);
    const off = applied(on, [at('2', 'a', 0), at('10', 'a', 1)], [day('a')]);
    expect(off.pool.map((s) => s.scene.id)).toEqual(['1', '2', '10']);
    expect(spotOf(on, '10', 'a')).toEqual({ day: 'a', at: 1 });
    expect(spotOf(off, '10')).toEqual({ day: '', at: 2 });
    const twice = board([day('a', [strip('2')]), day('b', [strip('2')])]);
    expect(applied(twice, [at('2', 'a', 0)], [day('a')]).pool).toEqual([]);
  });

  it('moves by keys within a day and through pool and days, never beyond', () => {
    const b = board([day('a', [strip('1'), strip('2')]), day('b', [strip('3')])]);
    expect(stepped(b, { day: 'a', at: 0 }, 0, 1)).toEqual({ day: 'a', at: 1 });
    expect(stepped(b, { day: 'a', at: 2 }, 0, 1)).toEqual({ day: 'a', at: 2 });
    expect(stepped(b, { day: 'a', at: 2 }, 1, 0)).toEqual({ day: 'b', at: 1 });
    expect(stepped(b, { day: 'b', at: 1 }, 1, 0)).toEqual({ day: 'b', at: 1 });
    expect(stepped(b, { day: 'a', at: 1 }, -1, 0)).toEqual({ day: '', at: 0 });
    expect(stepped(b, { day: '', at: 0 }, -1, 0)).toEqual({ day: '', at: 0 });
    // What is in the hand takes no place: two of two leave one gap.
    expect(stepped(b, { day: 'a', at: 0 }, 0, 1, [first, at('2', 'a', 1)])).toEqual({ day: 'a', at: 0 });
    expect(stepped(b, { day: 'a', at: 0 }, 0, 1, [first])).toEqual({ day: 'a', at: 1 });
  });
});

describe('a day that comes back', () => {
  it('names what stayed elsewhere', () => {
    const left = [
      { label: '1-2', episode: 1, date: '2027-03-05', unit: 'B' },
      { label: '3A', episode: 4, date: '2027-03-06', unit: '' },
    ] as Parameters<typeof elsewhereOf>[0];
    expect(elsewhereOf(left)).toBe('1-2（2027-03-05 B）、4-3A（2027-03-06）');
  });

  it('is as an edit left it, whatever else changed', () => {
    const one = { date: '2027-03-05', unit: 'B', start: 's', end: 'e', note: 'n', rev: 1 } as never;
    expect(stillAs({ ...(one as object), rev: 9 } as never, one)).toBe(true);
    for (const part of ['date', 'unit', 'start', 'end', 'note'])
      expect(stillAs({ ...(one as object), [part]: 'x' } as never, one), part).toBe(false);
  });
});

describe('conflicts and sums', () => {
  it('are weighed by level and said in the language of the page', () => {
    const c = (level: string) => ({ level, zh: '冲突', en: 'clash' }) as Clash;
    const w = weigh([c('note'), c('soft'), c('hard'), c('soft')]);
    expect([w.hard.length, w.soft.length, w.notes.length]).toEqual([1, 2, 1]);
    expect([clashText(c('soft'), 'zh-CN'), clashText(c('soft'), 'en')]).toEqual(['冲突', 'clash']);
  });

  it('adds the planned minutes and counts what has none', () => {
    const on = (minutes: number) => strip(String(minutes), { on_day: { minutes } });
    expect(minutesOf(day('a', [on(30), on(0), on(45)]))).toEqual({ minutes: 75, open: 1 });
  });

  it.each([
    ['90', 90],
    ['1:30', 90],
    ['1h30', 90],
    ['2h', 120],
    ['１小时20分', 80],
    ['45分钟', 45],
    ['', 0],
    ['-3', undefined],
    ['ab', undefined],
    ['99999', undefined],
    ['25:00', undefined],
  ])('reads %s as minutes', (text, minutes) => expect(readMinutes(text)).toBe(minutes));
});

describe('the form of a day', () => {
  it('puts a wrap that is not after the call on the next morning', () => {
    const body = bodyOf({ date: '2026-12-31', unit: ' A ', start: '18:00', end: '02:00', note: '' }, 'Asia/Shanghai');
    expect(body).toMatchObject({ unit: 'A', start: '2026-12-31T10:00:00.000Z', end: '2026-12-31T18:00:00.000Z' });
    const shot = { ...body, zone: 'Asia/Shanghai' } as never;
    expect(draftOf(shot, '')).toMatchObject({ start: '18:00', end: '02:00' });
  });

  it('begins after the last day, or today', () => {
    expect(nextDate([day('a', [], '2026-12-31')], '2026-12-01')).toBe('2027-01-01');
    expect(nextDate([day('a', [], '2026-11-01')], '2026-12-01')).toBe('2026-12-01');
    expect(nextDate([], '2026-12-01')).toBe('2026-12-01');
  });
});

describe('the cast', () => {
  it('lists who is not cast yet first, then by scenes', () => {
    const e = (name: string, scenes: number, performer_id = '', kind = 'character') =>
      ({ name, scenes, performer_id, kind }) as Element;
    const all = [e('甲', 9, 'p'), e('乙', 1), e('信', 5, '', 'prop'), e('丙', 4)];
    expect(charactersOf(all).map((x) => x.name)).toEqual(['丙', '乙', '甲']);
  });

  it('offers a new performer only where nobody has that very name', () => {
    const p = (name: string, ...aliases: string[]) => ({ name, aliases }) as Performer;
    expect(isNew('李丽', [p('李莉')])).toBe(true);
    expect(isNew(' 李 丽', [p('李丽')])).toBe(false);
    expect(isNew('Lily', [p('李丽', 'lily')])).toBe(false);
    expect(isNew(' ', [])).toBe(false);
  });
});
