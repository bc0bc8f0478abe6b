import { describe, expect, it } from 'vitest';
import { csvCell, fileName, toCsv } from './csv';

describe('a cell', () => {
  it('is quoted only where it must be', () => {
    expect(csvCell('沈枝')).toBe('沈枝');
    expect(csvCell('a,b')).toBe('"a,b"');
    expect(csvCell('他说"走"')).toBe('"他说""走"""');
    expect(csvCell('一\n二')).toBe('"一\n二"');
  });
  it('is never a formula', () => {
    const evil = ['=1+1', '+86', '-2+3', '@SUM(A1)', ' =cmd', '\t=x', '＝1', '\r=1', '\n@x'];
    for (const text of evil) expect(csvCell(text).replace(/^"/, '').startsWith("'"), JSON.stringify(text)).toBe(true);
    expect(csvCell('="a",b')).toBe(`"'=""a"",b"`);
  });
  it('keeps numbers numbers, also negative ones, and leaves out what is none', () => {
    expect([csvCell(-3), csvCell(0.25), csvCell(Number.NaN)]).toEqual(['-3', '0.25', '']);
  });
});

describe('a table', () => {
  it('begins with the mark and ends every line with CRLF', () => {
    expect(
      toCsv([
        ['模型', '候选'],
        ['可灵', 3],
      ]),
    ).toBe('\uFEFF模型,候选\r\n可灵,3\r\n');
  });
});

describe('a name', () => {
  it('holds nothing that a system forbids', () => {
    expect(fileName(['《昼/以:继夜》', ' 漏斗', ''], 'csv')).toBe('《昼 以 继夜》-漏斗.csv');
    expect(fileName(['', '  '], 'csv')).toBe('chouka.csv');
    expect(fileName(['长'.repeat(400)], 'csv').length).toBeLessThan(130);
  });
});
