import { describe, expect, it } from 'vitest';
import { episodeName, findEpisode, oldScenes, sceneName, scenesOf, sceneWhere, sums, visible } from './outline';
import type { EpisodeRow, SceneRow } from './outline';
import { allPages } from './pages';
import { choicesOf, drawersOf, namesOf, withSelf, type MemberRow, type Person } from './people';
import { partHref, titleParts } from './parts';
import { backOf, draftOf, filterTitles, milestoneText, playsText, titleIn, type Board, type Title } from './titles';

const stamp = { rev: 1, created: '2026-11-01T00:00:00Z', updated: '2026-11-01T00:00:00Z' };
const title: Title = {
  ...stamp,
  id: 't1',
  name: '气运三角洲，我凭操作吊打全球',
  code: 'QYSJZ',
  kind: '2D漫剧',
  company: '灵漫快创',
  note: '',
  stage: 'making',
  paused: false,
  aliases: ['三角洲'],
  first_frame: 1001,
  facts: [],
  demo: false,
};
const board = (change: Partial<Title> = {}): Board => ({
  title: { ...title, ...change },
  episodes: 0,
  scenes: 0,
  shots: 0,
  picked: 0,
  to_review: 0,
  attempts: 0,
  takes: 0,
});

describe('titleIn', () => {
  it('sends only what was filled in for a new title, its stage too', () => {
    const draft = { ...draftOf(), name: ' 昼以继夜 ', stage: 'script' };
    expect(titleIn(draft)).toEqual({ name: '昼以继夜', stage: 'script' });
  });
  it('sends the empty name of a new title, so that the server says what is missing', () => {
    expect(titleIn(draftOf())).toHaveProperty('name', '');
  });
  it('sends only what differs for a present title, and an emptied field as empty', () => {
    expect(titleIn({ ...draftOf(title), code: '' }, title)).toEqual({ code: '' });
    expect(titleIn(draftOf(title), title)).toEqual({});
  });
  it('keeps a comma inside an alias, because names hold commas', () => {
    const draft = { ...draftOf(title), aliases: '三角洲\n爸，我带您来办业务了\n\n' };
    expect(titleIn(draft, title)).toEqual({ aliases: ['三角洲', '爸，我带您来办业务了'] });
  });
  it('is taken back by the old values of the same fields', () => {
    expect(titleIn({ ...draftOf(title), firstFrame: '0' }, title)).toEqual({ first_frame: 0 });
    expect(backOf({ code: 'X', aliases: [] }, title)).toEqual({ code: 'QYSJZ', aliases: ['三角洲'] });
  });
});

describe('filterTitles', () => {
  const boards = [board(), board({ id: 't2', name: '娇藏京枝', code: 'JCJZ', company: '过儿传媒', aliases: [] })];
  const found = (text: string) => filterTitles(boards, text).map((b) => b.title.id);
  it('finds by part of the name, by code in any case or width, by company and by alias', () => {
    expect(found('吊打')).toEqual(['t1']);
    expect(found('ｊｃｊｚ')).toEqual(['t2']);
    expect(found('过儿')).toEqual(['t2']);
    expect(found('《三角洲》')).toEqual(['t1']);
  });
  it('keeps all for blanks and none for what nobody has', () => {
    expect(found('  ')).toEqual(['t1', 't2']);
    expect(found('金沙湖')).toEqual([]);
  });
});

describe('figures', () => {
  it('mark a lower bound and cut, never round up', () => {
    const at = '2026-11-20T00:00:00Z';
    expect(playsText({ value: 210_999_999, lower: true, at, parts: 2 })).toBe('2.1亿+');
    expect(playsText({ value: 99_999_500, lower: false, at, parts: 1 })).toBe('9999.9万');
    expect(playsText(undefined)).toBe('–');
  });
  it('name a milestone by its metric and threshold', () => {
    const m = { metric: 'plays', threshold: 100_000_000 } as Parameters<typeof milestoneText>[0];
    expect(milestoneText(m)).toBe('播放量破 1亿');
  });
});

describe('the outline', () => {
  const scene = (id: string, more: Partial<SceneRow> = {}): SceneRow => ({
    id,
    rev: 1,
    label: '1-1',
    code: '01',
    heading: '1-1 夜 内 出租屋',
    place: '出租屋',
    time: '夜',
    interior: '内',
    cast: [],
    archived: false,
    shots: 2,
    picked: 1,
    ...more,
  });
  const episode = (number: number, scenes: SceneRow[], archived = false): EpisodeRow => ({
    episode: {
      ...stamp,
      id: `e${number}`,
      title_id: 't1',
      number,
      name: '',
      label: `第${number}集`,
      archived,
      locked: false,
    },
    scenes,
  });
  const rows = [
    episode(1, [scene('a'), scene('b', { archived: true })]),
    episode(2, [scene('c', { archived: true })], true),
  ];

  it('hides what left the script until it is asked for, and says how much that is', () => {
    expect(scenesOf(visible(rows, false)).map((s) => s.scene.id)).toEqual(['a']);
    expect(visible(rows, false).map((r) => r.episode.number)).toEqual([1]);
    expect(scenesOf(visible(rows, true)).map((s) => s.scene.id)).toEqual(['a', 'b', 'c']);
    expect(oldScenes(rows)).toBe(2);
  });
  it('finds an episode by its number first, by its id else', () => {
    expect(findEpisode(rows, '2')?.episode.id).toBe('e2');
    expect(findEpisode(rows, 'e1')?.episode.number).toBe(1);
    expect(findEpisode(rows, '3')).toBeUndefined();
  });
  it('says 场 before a bare number only', () => {
    expect(sceneName(scene('a'))).toBe('场 1-1');
    expect(sceneName(scene('a', { label: '二' }))).toBe('场 二');
    expect(sceneName(scene('a', { label: '第三场' }))).toBe('第三场');
    expect(sceneName(scene('a', { label: '' }))).toBe('1-1 夜 内 出租屋');
    expect(sceneWhere(scene('a', { time: '' }))).toBe('内 · 出租屋');
  });
  it('adds up an episode and names it', () => {
    expect(sums(rows[0]!)).toEqual({ shots: 4, picked: 2 });
    expect(episodeName({ ...rows[0]!.episode, number: 1200, name: '十分钟' })).toBe('第 1200 集 · 十分钟');
  });
});

describe('people', () => {
  const member = (id: string, name: string, role: MemberRow['role'], active = true): MemberRow => ({
    ...stamp,
    id: `m${id}`,
    title_id: 't1',
    person_id: id,
    role,
    name,
    login: `login-${id}`,
    active,
  });
  const person = (id: string, name: string, active = true): Person => ({
    ...stamp,
    id,
    name,
    login: `login-${id}`,
    house: 'member',
    active,
  });
  const members = [member('1', '王导', 'director'), member('2', '李丽', 'operator'), member('3', '小白', 'viewer')];

  it('offer for a shot only active people who may draw, operators first', () => {
    const all = [...members, member('4', '阿停', 'operator', false), member('5', '陈制片', 'producer')];
    expect(drawersOf(all).map((m) => m.name)).toEqual(['李丽', '陈制片', '王导']);
  });
  it('offer for a membership only active people who are not members', () => {
    const people = [person('2', '李丽'), person('6', '李莉'), person('7', '离职', false)];
    expect(choicesOf(people, members)).toEqual([{ value: '6', label: '李莉', more: 'login-6' }]);
  });
  it('tell two of one name apart by the login', () => {
    const name = namesOf([person('2', '李丽'), person('6', '李丽'), person('1', '王导')]);
    expect([name('2'), name('6'), name('1'), name('9')]).toEqual(['李丽（login-2）', '李丽（login-6）', '王导', '']);
  });
  it('add a lead of the house who may draw, once', () => {
    const lead = person('9', '周一');
    expect(withSelf(members, lead, true).at(-1)?.person_id).toBe('9');
    expect(withSelf(members, lead, false)).toBe(members);
    expect(withSelf(members, person('2', '李丽'), true)).toBe(members);
  });
});

describe('the rooms of a title', () => {
  it('have addresses of their own', () => {
    expect(partHref('t1', 'overview')).toBe('/titles/t1');
    expect(partHref('t1', 'review')).toBe('/titles/t1/review');
    expect(new Set(titleParts.map((p) => p.tail)).size).toBe(titleParts.length);
  });
});

describe('allPages', () => {
  it('reads until the list ends', async () => {
    const pages: Record<string, { items: number[]; next?: string }> = {
      '': { items: [1, 2], next: 'b' },
      b: { items: [3], next: 'c' },
      c: { items: [] },
    };
    expect(await allPages(async (after = '') => pages[after]!)).toEqual([1, 2, 3]);
  });
  it('stops at the most pages it may read', async () => {
    expect(await allPages(async () => ({ items: [1], next: 'x' }), 3)).toEqual([1, 1, 1]);
  });
});
