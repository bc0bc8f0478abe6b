import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../lib/i18n.svelte';
import words from '../i18n/people.zh-CN.json';
import { byDay, joinOlder, sentence, where, type Activity } from './activity';
import { browserName } from './agent';
import { readAll } from './pages';
import { unlike } from './passwords';
import { safeReturn } from './return';
import { readThreshold, readThresholds } from './thresholds';

const act = (seq: number, more: Partial<Activity> = {}): Activity => ({
  id: String(seq),
  rev: 1,
  created: '',
  updated: '',
  seq,
  at: '2026-11-22T15:30:00Z',
  verb: 'take.picked',
  kind: 'take',
  object: 'o',
  by: 'p',
  by_name: '李丽',
  ...more,
});

afterEach(() => setLanguage('zh-CN'));

describe('an activity as a sentence', () => {
  it('names the shot and the take', async () => {
    const a = act(1, { params: { label: 'E01-S02-003', number: '8' } });
    expect(sentence(a)).toBe('选了 E01-S02-003 第 8 条');
    await setLanguage('en');
    expect(sentence(a)).toBe('picked take 8 of E01-S02-003');
  });
  it('puts states, reasons, metrics and thresholds into words', () => {
    const judged = { number: '3', label: 'E01-S01-001', verdict: 'rejected', reason: 'hand' };
    expect(sentence(act(1, { verb: 'take.judged', params: judged }))).toBe('把 E01-S01-001 第 3 条评为废片（手崩）');
    const reached = { title: '娇藏京枝', metric: 'plays', threshold: '100000000' };
    expect(sentence(act(1, { verb: 'milestone.reached', kind: 'milestone', params: reached }))).toBe(
      '《娇藏京枝》破1亿（播放量，全平台合计）',
    );
  });
  it('names who is mentioned in a note', async () => {
    const note = (verb: string, more = {}) =>
      act(1, { verb, kind: 'note', params: { label: 'E01-S01-001', number: '3', frame: '12', ...more } });
    expect(sentence(note('note.added', { mentions: '张伟、李丽' }))).toBe(
      '批注了 E01-S01-001 第 3 条，提到 张伟、李丽',
    );
    expect(sentence(note('note.added'))).toBe('批注了 E01-S01-001 第 3 条');
    expect(sentence(note('note.done', { mentions: '张伟' }))).toBe('把 E01-S01-001 第 3 条的一条批注标为已处理');
    await setLanguage('en');
    expect(sentence(note('note.answered', { mentions: 'Lin' }))).toBe(
      'answered a note on take 3 of E01-S01-001, mentioning Lin',
    );
  });
  it('has words for every act on a note', () => {
    for (const act of ['added', 'answered', 'edited', 'done', 'reopened', 'deleted', 'restored'])
      expect(words).toHaveProperty([`people.verb.note.${act}`]);
  });
  it('leaves no hole open when a param is missing', () => {
    for (const key of Object.keys(words).filter((k) => k.startsWith('people.verb.'))) {
      expect(sentence(act(1, { verb: key.replace('people.verb.', '') }))).not.toMatch(/[{}]/);
    }
  });
  it('never treats a name as a pattern', () => {
    expect(sentence(act(1, { verb: 'invite.made', params: { name: '{name} $&' } }))).toContain('$&');
  });
  it('shows a verb that has no words yet', () => expect(sentence(act(1, { verb: 'x.y' }))).toBe('x.y'));
});

describe('where an activity leads', () => {
  it.each([
    [{ title_id: 't', shot_id: 's' }, '/titles/t/shots/s'],
    [{ kind: 'title', title_id: 't' }, '/titles/t'],
    [{ kind: 'reading', title_id: 't' }, '/titles/t/releases'],
    [{ kind: 'location', object: 'l' }, '/locations/l'],
    [{ kind: 'booking', title_id: 't', params: { location_id: 'l' } }, '/locations/l'],
    [{ kind: 'reference', title_id: 't', object: 'r' }, '/titles/t/references/r'],
    [{ kind: 'person' }, '/people'],
    [{ kind: 'studio' }, ''],
  ])('%o → %s', (more, to) => expect(where(act(1, more))).toBe(to));
});

describe('the list of activities', () => {
  it('stands under the day of the studio, not of UTC', () => {
    const late = act(2, { at: '2026-11-22T16:30:00Z' });
    expect(byDay([late, act(1)], 'Asia/Shanghai').map((d) => d.day)).toEqual(['2026-11-23', '2026-11-22']);
    expect(byDay([late, act(1)], 'UTC')).toHaveLength(1);
  });
  it('keeps what falls out of the first page above the older ones', () => {
    const joined = joinOlder([act(6), act(5), act(4)], [act(5), act(4), act(3)], [act(2), act(1)]);
    expect(joined.map((a) => a.seq)).toEqual([3, 2, 1]);
  });
  it('drops older ones when something between is unknown', () => {
    expect(joinOlder([act(99), act(98)], [act(5), act(4)], [act(3)])).toEqual([]);
  });
});

describe('thresholds', () => {
  it.each([
    ['1千万', 10_000_000],
    ['5000万', 50_000_000],
    ['2.5亿', 250_000_000],
    ['10亿', 1_000_000_000],
    ['１亿', 100_000_000],
    ['10,000,000', 10_000_000],
    ['1.5M', 1_500_000],
    ['100w', 1_000_000],
  ])('read %s', (text, value) => expect(readThreshold(text)).toBe(value));
  it.each(['', '0', '亿', '1.5', '-1万', '1亿亿', '1e9', '2亿3', '99999999亿', 'abc', '1.23456789亿万'])(
    'refuse "%s"',
    (text) => expect(readThreshold(text)).toBeUndefined(),
  );
  it('are sorted, once each, and the words that are none are named', () => {
    expect(readThresholds('1亿、5000万 5千万；x')).toEqual({ values: [50_000_000, 100_000_000], bad: ['x'] });
  });
});

describe('browserName', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0', 'Edge 126 · Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1', 'Safari 17 · iOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox 132 · Linux'],
    ['curl/8.5', 'API 8'],
    ['', ''],
  ])('reads %s', (agent, name) => expect(browserName(agent)).toBe(name));
});

describe('safeReturn', () => {
  it.each([
    ['/titles/1?view=grid', '/titles/1?view=grid'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?to=/', '/'],
    ['', '/'],
  ])('turns %s into %s', (to, path) => expect(safeReturn(to)).toBe(path));
});

describe('readAll', () => {
  it('follows the pages to their end', async () => {
    const pages: Record<string, { items: number[]; next?: string }> = {
      '': { items: [1, 2], next: 'a' },
      a: { items: [3] },
    };
    expect(await readAll((after) => Promise.resolve(pages[after ?? '']!))).toEqual([1, 2, 3]);
  });
  it('stops at its limit', async () => {
    expect((await readAll(() => Promise.resolve({ items: [1, 2], next: 'x' }), 5)).length).toBe(6);
  });
});

describe('passwords', () => {
  it('differ only once the second was begun', () => {
    expect(unlike('abc', '')).toBe('');
    expect(unlike('abc', 'abc')).toBe('');
    expect(unlike('abc', 'ab')).not.toBe('');
  });
});
