import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../lib/problem';
import { Draft } from './draft.svelte';
import { copied, merged, outgoing, textAt } from './merge';
import { linesOf, owes, timesOf } from './person';
import {
  blankRow,
  clockParts,
  doorsOf,
  goneRows,
  lateFirst,
  marksOf,
  readClock,
  readState,
  rowKeys,
  suggested,
  telOf,
  valueAt,
  withRows,
  withValue,
  type CallActor,
  type CallContent,
  type CallRecipient,
  type CallSheetPage,
  type CallTyped,
} from './sheet';

const blank: CallTyped = {
  makeup_at: '',
  on_set_at: '',
  shoot_at: '',
  wrap_at: '',
  meals: [],
  weather: '',
  transport: '',
  safety: '',
  note: '',
  cast: [],
  crew: [],
  contacts: [],
  scenes: [],
};

describe('changed cells', () => {
  const marked = marksOf([
    'call_at',
    'scenes.s1',
    'scenes.s2.props',
    'places.p.hospital.phone',
    'crew.摄影/阿.哲.call',
  ]);

  it.each([
    ['call_at', true],
    ['wrap_at', false],
    ['scenes.s1.props', true],
    ['scenes.s2.props', true],
    ['scenes.s2.makeup', false],
    ['scenes.s22.props', false],
    ['places.p.hospital', true],
    ['places.p.parking', false],
    ['crew.摄影/阿.哲.call', true],
    ['crew.摄影/阿.哲.note', false],
    ['scenes', false],
  ])('%s: %s', (path, is) => expect(marked(path)).toBe(is));

  it('names rows as the server does, and counts equal names', () => {
    const rows = [{ name: '甲', department: '灯光' }, { name: '甲', department: '灯光' }, { name: '' }];
    expect(rowKeys('crew', rows)).toEqual(['灯光/甲', '灯光/甲#2', '/']);
    expect(rowKeys('meals', [{ name: '早餐' }])).toEqual(['早餐']);
  });

  it('names what is gone from the version that had it', () => {
    const before = {
      scenes: [{ scene_id: 's1', code: '1-2', set: '屋顶', heading: '' }],
      cast: [{ element_id: 'e1', character: '李丽', performer: '' }],
      places: [],
    } as unknown as CallContent;
    expect(goneRows(['scenes.s1', 'cast.e1', 'crew.摄影/阿哲', 'next.x', 'scenes.zz'], before)).toEqual([
      '1-2 屋顶',
      '李丽',
      '摄影 阿哲',
    ]);
  });
});

describe('times', () => {
  it.each([
    ['6', '06:00'],
    ['630', '06:30'],
    ['0630', '06:30'],
    ['6:30', '06:30'],
    ['０６：３０', '06:30'],
    ['6点半', '06:30'],
    ['6点5分', undefined],
    ['18点', '18:00'],
    ['次日2:00', '02:00+1'],
    ['02:00+1', '02:00+1'],
    ['26:00', '02:00+1'],
    ['', ''],
    ['24:60', undefined],
    ['31:00', undefined],
    ['早上', undefined],
    ['6:3', undefined],
  ])('reads %s as %s', (text, at) => expect(readClock(text)).toBe(at));

  it('tells a time after midnight', () => {
    expect(clockParts('02:00+1')).toEqual({ at: '02:00', later: true });
    expect(clockParts('06:30')).toEqual({ at: '06:30', later: false });
  });
});

describe('typed cells', () => {
  it('are read and written by path; a row by id is made where there is none', () => {
    const one = withValue(blank, 'cast.e1.call', '06:30');
    expect([valueAt(one, 'cast.e1.call'), valueAt(one, 'cast.e1.wrap'), valueAt(one, 'cast.e2.call')]).toEqual([
      '06:30',
      '',
      '',
    ]);
    expect(withValue(one, 'cast.e1.call', '07:00').cast).toHaveLength(1);
    expect(valueAt(withValue(blank, 'weather', '晴'), 'weather')).toBe('晴');
    expect(withValue(blank, 'crew.3.name', 'x')).toBe(blank);
    const crew = withRows(blank, 'crew', [blankRow('crew')]);
    expect(valueAt(withValue(crew, 'crew.0.name', '阿哲'), 'crew.0.name')).toBe('阿哲');
    expect(blank.cast).toEqual([]);
  });
});

describe('two people', () => {
  const base = withValue(withValue(blank, 'weather', '晴'), 'cast.e1.call', '06:00');

  it('are joined cell by cell', () => {
    const mine = withValue(withValue(base, 'safety', '小心'), 'cast.e2.call', '07:00');
    const theirs = withValue(withValue(base, 'transport', '大巴'), 'cast.e1.wrap', '20:00');
    const m = merged(base, mine, theirs);
    expect(m.both).toEqual([]);
    expect([m.typed.safety, m.typed.transport]).toEqual(['小心', '大巴']);
    expect(['e1.call', 'e1.wrap', 'e2.call'].map((p) => valueAt(m.typed, `cast.${p}`))).toEqual([
      '06:00',
      '20:00',
      '07:00',
    ]);
  });

  it('keep both texts of one cell, and only theirs is sent until somebody chooses', () => {
    const m = merged(base, withValue(base, 'weather', '多云'), withValue(base, 'weather', '小雨'));
    expect(m.both.map((b) => b.path)).toEqual(['weather']);
    expect([m.typed.weather, outgoing(m.typed, m.both).weather]).toEqual(['多云', '小雨']);
    expect(copied(m.typed, m.both[0]!.theirs, 'weather').weather).toBe('小雨');
  });

  it('ask about a list as a whole where rows came or went', () => {
    const row = (name: string) => ({ ...blankRow('crew'), name, person_id: 'p' });
    const had = withRows(blank, 'crew', [row('甲')]);
    const m = merged(had, withRows(had, 'crew', [row('甲'), row('乙')]), withRows(had, 'crew', []));
    expect(m.both.map((b) => b.path)).toEqual(['crew']);
    expect(textAt(m.typed, 'crew')).toBe('甲\n乙');
    const alone = merged(had, withRows(had, 'crew', [row('甲'), row('乙')]), had);
    expect([alone.both.length, alone.typed.crew.length]).toEqual([0, 2]);
  });
});

describe('the draft', () => {
  const page = (rev: number, typed: CallTyped) => ({ sheet: { rev, typed } }) as CallSheetPage;
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is saved a moment after the last key', async () => {
    const send = vi.fn((rev: number, typed: CallTyped) => Promise.resolve(page(rev + 1, typed)));
    const d = new Draft(page(1, blank), { send, load: () => Promise.reject(), onpage: () => undefined });
    d.set('note', 'a');
    d.set('note', 'ab');
    expect([send.mock.calls.length, d.open]).toEqual([0, true]);
    await vi.advanceTimersByTimeAsync(900);
    expect(send.mock.calls.map(([rev, typed]) => [rev, typed.note])).toEqual([[1, 'ab']]);
    expect([d.open, d.rev]).toEqual([false, 2]);
  });

  it('joins what somebody else saved, and sends again', async () => {
    const theirs = withValue(withValue(blank, 'transport', '大巴'), 'weather', '小雨');
    const send = vi.fn((rev: number, typed: CallTyped) =>
      rev < 5
        ? Promise.reject(new ApiError({ status: 412, code: 'stale', title: '', detail: '' }))
        : Promise.resolve(page(rev + 1, typed)),
    );
    const d = new Draft(page(1, blank), {
      send,
      load: () => Promise.resolve(page(5, theirs)),
      onpage: () => undefined,
    });
    d.set('weather', '多云');
    await d.flush();
    expect(send.mock.calls.at(-1)![1]).toMatchObject({ transport: '大巴', weather: '小雨' });
    expect([d.typed.weather, d.both.length, d.open]).toEqual(['多云', 1, true]);
    d.choose(d.both[0]!, true);
    await d.flush();
    expect([send.mock.calls.at(-1)![1].weather, d.open]).toEqual(['多云', false]);
  });

  it('keeps the typing when the line is gone', async () => {
    let down = true;
    const off = new ApiError({ status: 0, code: 'offline', title: '离线', detail: '' });
    const send = (rev: number, typed: CallTyped) =>
      down ? Promise.reject(off) : Promise.resolve(page(rev + 1, typed));
    const d = new Draft(page(1, blank), { send, load: () => Promise.reject(off), onpage: () => undefined });
    d.set('note', 'x');
    await d.flush();
    expect([d.error?.code, d.typed.note, d.open]).toEqual(['offline', 'x', true]);
    down = false;
    await d.flush();
    expect([d.error, d.open]).toEqual([undefined, false]);
  });

  it('takes a newer state that was read, and leaves an older one', () => {
    const d = new Draft(page(3, blank), {
      send: () => Promise.reject(),
      load: () => Promise.reject(),
      onpage: () => undefined,
    });
    d.hear(page(2, withValue(blank, 'note', 'old')));
    expect(d.typed.note).toBe('');
    d.hear(page(4, withValue(blank, 'note', 'new')));
    expect([d.typed.note, d.open]).toEqual(['new', false]);
  });
});

describe('people', () => {
  const r = (name: string, opened: number, confirmed: number, more: object = {}) =>
    ({ name, opened, confirmed, ...more }) as CallRecipient;

  it('are told apart by what they read of the newest version', () => {
    expect([r('', 2, 2), r('', 2, 1), r('', 1, 1), r('', 0, 0)].map((x) => readState(x, 2))).toEqual([
      'confirmed',
      'opened',
      'older',
      'unread',
    ]);
    expect(readState(r('', 0, 0), 0)).toBe('unread');
    expect(lateFirst([r('甲', 2, 2), r('乙', 0, 0), r('丙', 1, 0)], 2).map((x) => x.name)).toEqual(['乙', '丙', '甲']);
  });

  it('on the sheet who do not get it yet are offered once', () => {
    const c = {
      cast: [
        { performer: '周小满', performer_id: 'p1' },
        { performer: '周小满', performer_id: 'p1' },
        { performer: '', performer_id: '' },
      ],
      crew: [{ name: '阿哲' }, { name: '老白', person_id: 'q' }],
    } as unknown as CallContent;
    expect(suggested(c, [r('老白', 0, 0, { person_id: 'q' })]).map((o) => o.name)).toEqual(['周小满', '阿哲']);
  });

  it('read their own times in order, those after midnight last', () => {
    const mine = [{ element_id: 'e', character: '李丽', pickup: '', makeup: '05:00', call: '06:30', wrap: '01:00+1' }];
    const crew = [{ department: '摄影', name: '阿哲', call: '05:30' }];
    const times = timesOf({ mine: mine as CallActor[], my_crew: crew as never });
    expect(times.map((x) => x.at)).toEqual(['05:00', '05:30', '06:30', '01:00+1']);
    expect(times[1]!.path).toBe('crew.摄影/阿哲.call');
    expect([owes({ version: 2, confirmed: 1 }), owes({ version: 2, confirmed: 2 })]).toEqual([true, false]);
  });

  it('are called by numbers that a phone dials, each once', () => {
    expect(['138 0000-0001', '＋86（0571）88', '无'].map(telOf)).toEqual(['tel:13800000001', 'tel:+86057188', '']);
    const c = {
      contacts: [{ name: '统筹', role: '', phone: '138' }],
      places: [
        {
          name: '剧院',
          contacts: [
            { name: '同号', role: '门卫', phone: '1 38' },
            { name: '门卫', role: '', phone: '139' },
          ],
        },
      ],
    } as unknown as CallContent;
    expect(linesOf(c).map((l) => [l.name, l.tel])).toEqual([
      ['统筹', 'tel:138'],
      ['门卫', 'tel:139'],
    ]);
    expect(doorsOf(undefined)).toEqual([]);
  });
});
