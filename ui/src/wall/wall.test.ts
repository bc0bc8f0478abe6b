import { beforeEach, describe, expect, it } from 'vitest';
import { aBoard, aForecast, aGrowth, aLatest, aPlatform } from './testing';
import { isNew, lastSeen, saw } from './visit';
import * as wall from './wall';

const zone = 'Asia/Shanghai';
const today = new Date('2026-03-06T10:00:00Z');

describe('figures of platforms', () => {
  it('are cut as their metric is counted', () => {
    expect(wall.figureText(aLatest())).toBe('1.2亿');
    expect(wall.figureText(aLatest({ figure: { value: 210_000_000, step: 1, bound: 'lower' } }))).toBe('2.1亿+');
    const rate = (value: number) =>
      wall.figureText(aLatest({ metric: 'completion', figure: { value, step: 1, bound: 'exact' } }));
    expect([rate(3450), rate(3407), rate(100)]).toEqual(['34.5%', '34.07%', '1%']);
  });
  it('name the region only where a platform stands there twice', () => {
    const one = aPlatform();
    const two = aPlatform({ release_id: 'r2', region: 'US' });
    expect(wall.platformName(one, [one])).toBe('抖音');
    expect(wall.platformName(two, [one, two])).toBe('抖音 US');
  });
});

describe('growth', () => {
  it('is a shape and a word, never a colour', () => {
    const text = (value: number) => Object.values(wall.signOf(aGrowth({ value }))).join(' ');
    expect([text(3_200_000), text(-50_000), text(0)]).toEqual(['▲ 增 320万', '▼ 减 5万', '＝ 没有变化']);
  });
  it('names both points', () => {
    expect(wall.growthTip(aGrowth(), zone)).toBe(
      '从 2026-03-05 12:00 的 1亿 到 2026-03-06 12:00 的 1.2亿；两次读数之间不推算',
    );
  });
});

describe('the next threshold', () => {
  const next = (change: Parameters<typeof aForecast>[0]) => wall.nextOf(aForecast(change), today);
  it('is a range of days', () => {
    expect(next({})).toEqual({ goal: '距 2亿 还差 8000万', when: '最快 3月10日，最慢 3月14日' });
    expect(next({ latest: '2027-01-02' })?.when).toBe('最快 3月10日，最慢 2027年1月2日');
  });
  it('says how far the range is open', () => {
    expect(next({ latest: undefined })?.when).toBe('最快 3月10日，最慢一年以上');
    expect(next({ latest: '2026-03-10' })?.when).toBe('按近几天的速度，3月10日');
  });
  it('says why it has no date', () => {
    const why = (w: wall.Forecast['why']) => next({ why: w, earliest: undefined, latest: undefined });
    expect(why('few')).toEqual({ goal: '距 2亿 还差 8000万', when: '可比的日子不到 3 天，估不出日期' });
    expect(why('still')?.when).toBe('近几天没涨或在跌，估不出日期');
    expect(why('far')?.when).toBe('涨得太慢，最快也要一年以上');
    expect(why('past')).toEqual({ goal: '已过全部门槛', when: '' });
    expect(why('none')).toEqual({ goal: '没有设门槛', when: '' });
    expect(wall.nextOf(undefined, today)).toBeUndefined();
  });
  it('tells how it is worked out', () => {
    expect(wall.reckoning(aForecast())).toMatch(
      /最近 5 个有读数的日子：最快一天增 2000万，最慢一天增 1000万，还差 8000万/,
    );
  });
});

describe('the shelf', () => {
  const pages: Record<string, { items: wall.Board[]; next?: string }> = {
    '': { items: [aBoard(), aBoard()], next: 'a' },
    a: { items: [aBoard(), aBoard()], next: 'b' },
    b: { items: [aBoard()] },
  };
  const asked: number[] = [];
  const read = (limit: number, after = '') => {
    asked.push(limit);
    return Promise.resolve(pages[after]!);
  };
  it('reads as many titles as are wanted, and knows of more', async () => {
    const got = await wall.readShelf(read, 4);
    expect([got.boards.length, got.more, asked]).toEqual([4, true, [4, 2]]);
  });
  it('ends where the list does', async () => {
    const got = await wall.readShelf(read, 5000);
    expect([got.boards.length, got.more]).toEqual([5, false]);
  });
  it('goes on behind what is held, which stays as it is', async () => {
    const held = await wall.readShelf(read, 2);
    asked.length = 0;
    const got = await wall.readShelf(read, 4, held);
    expect([got.boards.length, got.more, asked]).toEqual([4, true, [2]]);
    expect(got.boards.slice(0, 2).every((b, i) => b === held.boards[i])).toBe(true);
    const all = await wall.readShelf(read, 60, got);
    expect([all.boards.length, all.more]).toEqual([5, false]);
    expect(await wall.readShelf(read, 90, all)).toBe(all);
  });
  it('is narrowed by company and kind', () => {
    const other = aBoard();
    other.title = { ...other.title, id: 't2', company: '掌玩', kind: '真人' };
    const all = [aBoard(), other];
    expect(wall.choicesOf(all, 'company').map((c) => c.value)).toEqual(['金沙湖', '掌玩']);
    expect(wall.ofHouse(all, '掌玩', '').map((b) => b.title.id)).toEqual(['t2']);
    expect(wall.ofHouse(all, '掌玩', 'AI漫剧')).toEqual([]);
  });
});

describe('marks for comparing', () => {
  it('come and go, eight at most', () => {
    const eight = Array.from({ length: 8 }, (_, i) => `t${i}`);
    expect(wall.marked(['a'], 'b')).toEqual(['a', 'b']);
    expect(wall.marked(['a', 'b'], 'a')).toEqual(['b']);
    expect(wall.marked(eight, 'x')).toEqual(eight);
    expect(wall.compareHref(['a', 'b'])).toBe('/releases/compare?titles=a,b');
  });
});

describe('words', () => {
  it('count the days since the release', () => {
    expect([5, 0, -3].map((days) => wall.outText(aBoard({}, { days })))).toEqual([
      '上线第 5 天',
      '今天上线',
      '3 天后上线',
    ]);
    expect(wall.outText(aBoard({ wall: undefined }))).toBe('');
  });
  it('lead to a reading', () => expect(wall.readingHref('t1', 'x1')).toBe('/titles/t1/releases?reading=x1'));
  it('take an unknown order for the first', () =>
    expect([wall.orderOf('plays'), wall.orderOf('?')]).toEqual(['plays', 'released']));
});

describe('what is new', () => {
  beforeEach(() => localStorage.clear());
  it('is what was made after the newest that the last visit of that page showed, and nothing on the first', () => {
    expect(isNew('2026-11-22T10:00:00Z', lastSeen('home'))).toBe(false);
    saw('home', [{ created: '2026-11-20T00:00:00Z' }, { created: '2026-11-22T08:00:00+08:00' }]);
    expect(isNew('2026-11-22T10:00:00Z', lastSeen('home'))).toBe(true);
    expect(isNew('2026-11-22T00:00:00Z', lastSeen('home'))).toBe(false);
    expect(lastSeen('releases')).toBe('');
  });
  it('is everything after a visit that had nothing to show, and stays seen when later visits show less', () => {
    saw('releases', []);
    expect(isNew('2026-11-22T10:00:00Z', lastSeen('releases'))).toBe(true);
    saw('releases', [{ created: '2026-11-22T10:00:00Z' }]);
    saw('releases', []);
    expect(isNew('2026-11-22T10:00:00Z', lastSeen('releases'))).toBe(false);
  });
});

describe('a line that may break', () => {
  it('has its dots before the breaks, and none for what is not known', () => {
    expect(wall.dotted(['红果', '', '3月6日'])).toEqual(['红果 · ', '3月6日']);
    expect(wall.dotted([''])).toEqual([]);
  });
});
