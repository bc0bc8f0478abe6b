import { describe, expect, it } from 'vitest';
import { ApiError } from '../lib/problem';
import {
  elsewhere,
  ended,
  failedAs,
  headline,
  newOf,
  sentence,
  settled,
  wantsPanel,
  type Became,
  type Outcome,
} from './batch';
import { asText, countsOf, inPart, titleOf } from './report';
import { aRow } from './testing';

let id = 0;
const outcome = (became: Became, more: Partial<Outcome> = {}): Outcome => {
  const booked = ['new', 'also', 'joined', 'duplicate', 'beside'].includes(became);
  const row = booked ? aRow({ number: ++id }) : undefined;
  return { id, path: `out/${id}.png`, size: 1, shot: 's1', label: 'E01-S01-001', became, why: '', row, ...more };
};
const many = (n: number, became: Became) => Array.from({ length: n }, () => outcome(became));
const other = { attempt_id: 'a9', shot_id: 's2', shot_label: 'E01-S02-003', title_id: 't1' };

describe('a batch of files', () => {
  it('is settled when each file has an end of any kind', () => {
    const b = { shot: 's1', label: 'E', all: [outcome('new'), outcome('open')], told: false };
    expect(settled(b)).toBe(false);
    b.all[1]!.became = 'refused';
    expect(settled(b)).toBe(true);
  });
  it('says what was logged and where', () => {
    const b = { shot: 's1', label: 'E01-S01-001', all: [...many(2, 'new'), outcome('duplicate')], told: false };
    expect(headline(b)).toBe('已记 2 条到 E01-S01-001');
    expect(headline({ ...b, all: many(1, 'duplicate') })).toBe('');
  });
  it('wants a panel for many files, or for some with anything unusual', () => {
    expect(wantsPanel(many(10, 'new'))).toBe(false);
    expect(wantsPanel(many(11, 'new'))).toBe(true);
    expect(wantsPanel([outcome('refused')])).toBe(false);
    expect(wantsPanel([outcome('new'), outcome('beside')])).toBe(false);
    expect(wantsPanel([outcome('new'), outcome('system')])).toBe(false);
    for (const odd of ['duplicate', 'joined', 'refused', 'unknown', 'lost', 'card', 'cancelled'] as Became[])
      expect(wantsPanel([outcome('new'), outcome(odd)]), odd).toBe(true);
    expect(wantsPanel([outcome('new'), outcome('new', { row: aRow({}, { elsewhere: [other] }) })])).toBe(true);
  });
  it('can take back only what it made', () => {
    const all = (['new', 'also', 'joined', 'duplicate', 'beside', 'undone'] as Became[]).map((b) => outcome(b));
    expect(newOf(all).map((o) => o.became)).toEqual(['new']);
  });
});

describe('what became of a file', () => {
  it('is read from the answer', () => {
    expect(ended(aRow())).toBe('new');
    expect(ended(aRow({}, { matched: 'task' }))).toBe('joined');
    expect(ended(aRow({}, { matched: 'wait', duplicate: true }))).toBe('duplicate');
  });
  it('is told from the failure', () => {
    const error = (code: string) => new ApiError({ status: 0, code, title: '', detail: '' });
    expect(['upload.kind', 'upload.archive', 'upload.gone', 'media.type'].map((c) => failedAs(error(c)))).toEqual([
      'unknown',
      'lost',
      'lost',
      'refused',
    ]);
  });
  it('is said in one sentence', () => {
    const at = (became: Became) => sentence(outcome(became, { row: aRow({ number: 12 }), why: '太大' }));
    expect(at('duplicate')).toBe('已有，就是 E01-S01-001 的第 12 次抽卡');
    expect(at('joined')).toBe('并入等待中的第 12 次抽卡');
    expect(at('refused')).toBe('没记上：太大');
    expect(elsewhere(outcome('new', { row: aRow({}, { elsewhere: [other, { ...other, shot_label: 'X' }] }) }))).toBe(
      '同样的文件也在 E01-S02-003、X',
    );
    expect(elsewhere(outcome('new'))).toBe('');
  });
});

describe('the account', () => {
  const all = [...many(3, 'new'), outcome('refused', { path: 'bad.png', why: '文件是空的' }), outcome('system')];
  it('counts each part and leaves out the empty ones', () => {
    expect(countsOf(all)).toEqual([
      { part: 'all', n: 5 },
      { part: 'new', n: 3 },
      { part: 'trouble', n: 1 },
      { part: 'rest', n: 1 },
    ]);
  });
  it('holds each file once, trouble first', () => {
    expect(inPart(all, 'all')[0]?.path).toBe('bad.png');
    expect(new Set(inPart(all, 'all').map((o) => o.id)).size).toBe(new Set(all.map((o) => o.id)).size);
    expect(inPart(all, 'trouble').map((o) => o.path)).toEqual(['bad.png']);
  });
  it('becomes a text with a line for each file', () => {
    const lines = asText(all).split('\n');
    expect(lines[0]).toBe('5 个文件，记到 E01-S01-001');
    expect(lines[1]).toBe('新记 3、要看一下 1、其他 1');
    expect(lines.slice(3)).toHaveLength(5);
    expect(lines[3]).toBe('bad.png\tE01-S01-001\t没记上：文件是空的');
    expect(titleOf([outcome('new'), outcome('new', { label: 'B' })])).toBe('2 个文件的结果');
  });
});
