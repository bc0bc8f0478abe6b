import { describe, expect, it } from 'vitest';
import { letters, setColumn, turned, widthOf } from '../kit/table';
import { asKind, errorAt, exportHref, ranges, ready, skipsOf, type Choice, type Preview } from './tables';

const preview = (change: Partial<Preview> = {}): Preview => ({
  sha256: 'x',
  choice: { columns: ['number', ''] },
  remembered: false,
  encodings: [],
  sheets: [],
  header: ['镜号', '画面'],
  fields: ['number', 'description'],
  sample: [['1', '雨', '']],
  rows: 1,
  new: 1,
  changed: 0,
  same: 0,
  skipped: [],
  errors: [],
  new_scenes: 0,
  new_episodes: 0,
  ...change,
});

describe('a changed reading', () => {
  const all: Choice = {
    encoding: 'utf-8',
    separator: 'comma',
    header_row: 2,
    columns: ['a'],
    update: true,
    scene_id: 's',
  };
  it('finds the header and the columns anew in what is another table', () => {
    for (const change of [{ encoding: 'big5' }, { separator: 'tab' }, { sheet: '二' }] as Choice[]) {
      const next = turned(all, change);
      expect(next).toMatchObject({ ...change, update: true, scene_id: 's' });
      expect([next.header_row, next.columns]).toEqual([undefined, undefined]);
    }
  });
  it('keeps the header where only the columns or what is done with them changes', () => {
    expect(turned(all, { columns: ['b'] })).toEqual({ ...all, columns: ['b'] });
    expect(turned(all, { update: false })).toEqual({ ...all, update: false });
    expect(turned(all, { header_row: 0 })).toEqual({ ...all, header_row: 0, columns: undefined });
  });
  it('keeps only how to read it where the rows are something else', () => {
    expect(asKind(all)).toEqual({ encoding: 'utf-8', separator: 'comma', sheet: undefined, header_row: 2 });
  });
});

describe('columns', () => {
  it('stand each for another field', () => {
    expect(setColumn(['number', 'size'], 3, 2, 'size')).toEqual(['number', '', 'size']);
    expect(setColumn(['number', 'size', 'size'], 3, 0, '')).toEqual(['', 'size', 'size']);
    expect(setColumn([], 2, 0, 'note')).toEqual(['note', '']);
    expect(setColumn(['keep', ''], 2, 1, 'keep')).toEqual(['keep', 'keep']);
    expect(setColumn(['day', ''], 2, 1, 'day')).toEqual(['day', 'day']);
  });
  it('are as many as the widest row', () => expect(widthOf(preview())).toBe(3));
  it('are named as in a spreadsheet', () =>
    expect([0, 25, 26, 701, 702].map(letters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']));
});

describe('rows', () => {
  it('are told as stretches', () => {
    expect(ranges([3, 1, 2, 7, 7])).toBe('1–3、7');
    expect(ranges([1, 3, 5], ', ', 2)).toBe('1, 3, …');
    expect(ranges([])).toBe('');
  });
  it('that are skipped stand by their reason', () => {
    const skipped: Preview['skipped'] = [
      { row: 1, why: 'instruction' },
      { row: 5, why: 'blank' },
      { row: 2, why: 'instruction' },
    ];
    expect(skipsOf(skipped)).toEqual([
      { why: 'instruction', rows: [1, 2] },
      { why: 'blank', rows: [5] },
    ]);
  });
});

describe('errors', () => {
  const at = (row: number) => ({ row, column: 'A', code: 'x', zh: '', en: '' });
  it('stand in the way of an import', () => {
    expect(ready(preview())).toBe(true);
    expect(ready(preview({ errors: [at(1)] }))).toBe(false);
    expect(ready(preview({ new: 0, same: 4 }))).toBe(false);
    expect(ready(preview({ new: 0, changed: 1 }))).toBe(true);
  });
  it('are found by their row', () => {
    const errors = [at(2), at(2), at(9)];
    expect([0, 2, 3, 10].map((row) => errorAt(errors, row))).toEqual([0, 0, 2, 2]);
    expect(errorAt([], 1)).toBe(-1);
  });
});

describe('exportHref', () => {
  it('leaves out what is not asked for', () => {
    expect(exportHref('t', 'scenes', 'xlsx', { order: 'place' })).toBe(
      '/api/v1/titles/t/tables/scenes?format=xlsx&order=place',
    );
    expect(exportHref('t', 'shots', 'csv', { episode: 'e' })).toBe(
      '/api/v1/titles/t/tables/shots?format=csv&episode=e',
    );
  });
});
