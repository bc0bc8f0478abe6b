import { describe, expect, it } from 'vitest';
import { decimals, formatMoney, isKnown, parseMoney } from './money';

describe('parseMoney', () => {
  const good: [string, 'CNY' | 'USD' | 'credit', number][] = [
    ['0.60', 'CNY', 6_000],
    ['0.6', 'CNY', 6_000],
    ['12', 'CNY', 120_000],
    ['1,234.5', 'CNY', 12_345_000],
    ['￥０．３５', 'CNY', 3_500],
    ['12 元', 'CNY', 120_000],
    ['.5', 'USD', 5_000],
    ['0.0001', 'CNY', 1],
    ['0.10000', 'CNY', 1_000],
    ['30', 'credit', 3_000],
    ['0.5 积分', 'credit', 50],
  ];
  for (const [text, currency, amount] of good) {
    it(`reads ${text} as ${amount} of ${currency}`, () => {
      expect(parseMoney(text, currency)).toEqual({ amount, currency });
    });
  }
  it('takes nothing typed as not known', () => {
    expect(parseMoney('  ', 'CNY')).toEqual({ amount: 0, currency: '' });
  });
  it('keeps a typed zero as known', () => {
    expect(parseMoney('0', 'CNY')).toEqual({ amount: 0, currency: 'CNY' });
  });
  it('keeps every digit where a float would lose one', () => {
    expect(parseMoney('90071992547.0993', 'CNY')?.amount).toBe(900_719_925_470_993);
  });
  for (const bad of ['-1', '1.2.3', '一块', '1e5', '0.00001', '.', '1000000000000', '0x10']) {
    it(`refuses ${bad}`, () => {
      expect(parseMoney(bad, 'CNY')).toBeUndefined();
    });
  }
  it('refuses a third decimal of credits', () => {
    expect(parseMoney('0.125', 'credit')).toBeUndefined();
  });
});

describe('formatMoney', () => {
  it('writes at least two decimals of a currency', () => {
    expect(formatMoney({ amount: 6_000, currency: 'CNY' })).toBe('¥0.60');
    expect(formatMoney({ amount: 12_345, currency: 'USD' })).toBe('$1.2345');
  });
  it('writes credits without needless zeros', () => {
    expect(formatMoney({ amount: 3_000, currency: 'credit' })).toBe('30 积分');
    expect(decimals({ amount: 50, currency: 'credit' })).toBe('0.5');
  });
  it('writes nothing where nothing is known', () => {
    expect(formatMoney({ amount: 0, currency: '' })).toBe('');
    expect(isKnown({ amount: 0, currency: 'CNY' })).toBe(true);
  });
  it('comes back the same after it was read', () => {
    for (const amount of [0, 1, 99, 10_000, 123_456_789]) {
      const m = { amount, currency: 'CNY' };
      expect(parseMoney(decimals(m), 'CNY')).toEqual(m);
    }
  });
});
