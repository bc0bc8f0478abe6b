import { describe, expect, it } from 'vitest';
import { metrics } from './figures';
import { meaningOf } from './meanings';
import { isMoney, moneyExact, moneyText, rateText, readLength, roiText, unitOf, valueExact, valueText } from './values';

describe('a figure of each metric', () => {
  const rows: [string, number, string, string][] = [
    ['plays', 99_999_500, '9999.9万', '99,999,500'],
    ['heat', 12_345, '1.23万', '12,345'],
    ['completion', 3450, '34.5%', '34.5%'],
    ['completion', 10_000, '100%', '100%'],
    ['completion', 3407, '34.07%', '34.07%'],
    ['completion', 5, '0.05%', '0.05%'],
    ['revenue', 1_234_599_999, '¥12.34万', '¥123,459.9999'],
    ['revenue', 9_805_099, '¥980.50', '¥980.5099'],
    ['spend', 99_999_999, '¥9,999.99', '¥9,999.9999'],
    ['spend', 0, '¥0.00', '¥0.00'],
  ];
  for (const [metric, value, glance, whole] of rows) {
    it(`shows ${value} of ${metric} as ${glance}, cut and never rounded up`, () => {
      expect(valueText(metric, { value }, 'CNY')).toBe(glance);
      expect(valueExact(metric, { value }, 'CNY')).toBe(whole);
    });
  }
  it('marks a lower bound whatever the unit', () => {
    expect(valueText('revenue', { value: 1_000_000_000_000, bound: 'lower' }, 'CNY')).toBe('¥1亿+');
    expect(valueExact('plays', { value: 10_000, lower: true })).toBe('至少 10,000');
  });
  it('has a meaning for every metric, and money for two of them', () => {
    for (const m of metrics) expect(meaningOf(m)).not.toContain('figures.');
    expect(metrics.filter(isMoney)).toEqual(['revenue', 'spend']);
    expect(metrics.map(unitOf)).toEqual(['count', 'index', 'count', 'count', 'rate', 'money', 'money']);
  });
});

describe('money', () => {
  it('names its currency', () => {
    expect(moneyText({ amount: 12_000_000, currency: 'USD' })).toBe('$1,200.00');
    expect(moneyText({ amount: 12_000_000, currency: 'HKD' })).toBe('HKD 1,200.00');
    expect(moneyText({ amount: 1250, currency: 'credit' })).toBe('12.5 积分');
  });
  it('keeps every digit where it is asked for', () => {
    expect(moneyExact({ amount: 9_007_199_254_740_991, currency: 'CNY' })).toBe('¥900,719,925,474.0991');
  });
  it('writes what was lost with its sign', () => {
    expect(moneyText({ amount: -12_345, currency: 'CNY' })).toBe('−¥1.23');
  });
});

describe('rates', () => {
  it('cut what lies behind the second decimal', () => {
    expect(roiText(1239)).toBe('1.23');
    expect(roiText(999)).toBe('0.99');
    expect(rateText(9999)).toBe('99.99%');
  });
});

describe('readLength', () => {
  const good: [string, number][] = [
    ['90分钟', 5400],
    ['90', 5400],
    ['1:30:00', 5400],
    ['90:00', 5400],
    ['1小时30分', 5400],
    ['１小时３０分２０秒', 5420],
    ['1:30', 90],
    ['45 秒', 45],
    ['1h30m', 5400],
    ['90 min', 5400],
    ['2 hours', 7200],
  ];
  for (const [text, seconds] of good) {
    it(`reads ${text} as ${seconds} seconds`, () => expect(readLength(text)).toBe(seconds));
  }
  for (const text of ['', '九十分钟', '1:75:00', '0', '-5', '90分钟多', '1.5小时', '99999999', '分钟', '1:2:3']) {
    it(`does not guess at “${text}”`, () => expect(readLength(text)).toBeUndefined());
  }
});
