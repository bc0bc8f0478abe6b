import { describe, expect, it } from 'vitest';
import { headline, newBatch, rest, settled } from './batch';
import { anAttempt } from './testing';

const row = { attempt: anAttempt(), takes: [], duplicate: false };

describe('a batch of files', () => {
  it('is settled when each file has an answer of any kind', () => {
    const b = newBatch('s1', 'E01-S01-001', 3);
    b.logged.push(row);
    b.duplicates++;
    expect(settled(b)).toBe(false);
    b.faults.push({ name: 'x.png', why: '文件是空的' });
    expect(settled(b)).toBe(true);
  });
  it('says what was logged and where', () => {
    const b = { ...newBatch('s1', 'E01-S01-001', 2), logged: [row, row] };
    expect(headline(b)).toBe('已记 2 条到 E01-S01-001');
    expect(rest(b)).toBe('');
  });
  it('says what was not, with the reason of the first', () => {
    const faults = ['a', 'b', 'c'].map((n) => ({ name: `${n}.png`, why: '文件是空的' }));
    const b = { ...newBatch('s1', 'E01-S01-001', 4), duplicates: 1, faults };
    expect(headline(b)).toBe('');
    expect(rest(b)).toBe('1 条已有，没有重复记；没记上 a.png：文件是空的；另有 2 个文件没记上');
  });
});
