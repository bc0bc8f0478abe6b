import { describe, expect, it } from 'vitest';
import { isMoney, moneyExact, moneyText, tickText, valueCell, valueExact, valueText } from './unit';

describe('values', () => {
  it('of plays are cut and exact in a tip', () => {
    expect(valueText(99_999_500, { metric: 'plays' })).toBe('9999.9万');
    expect(valueExact(99_999_500, { metric: 'plays' })).toBe('99,999,500');
    expect(valueCell(99_999_500, { metric: 'plays' })).toBe(99_999_500);
  });
  it('of completion are percent to 1/100', () => {
    const unit = { metric: 'completion' as const };
    expect([3450, 3405, 5, 10_000, 0].map((v) => valueText(v, unit))).toEqual([
      '34.5%',
      '34.05%',
      '0.05%',
      '100%',
      '0%',
    ]);
    expect(valueCell(3450, unit)).toBe(34.5);
  });
  it('of money carry their currency and lose no digit', () => {
    expect(moneyText(1_234_567_000, 'CNY')).toBe('¥12.34万');
    expect(moneyText(8_125_000, 'USD')).toBe('$812.50');
    expect(moneyText(120_000_000, 'EUR')).toBe('EUR 1.2万');
    expect(moneyExact(1_234_567_891, 'CNY')).toBe('¥123,456.7891');
    expect(moneyExact(-5000, 'CNY')).toBe('−¥0.50');
    expect(valueCell(1_234_567_891, { metric: 'spend', currency: 'CNY' })).toBe(123_456.7891);
    expect([isMoney('revenue'), isMoney('spend'), isMoney('plays')]).toEqual([true, true, false]);
  });
});

describe('tickText', () => {
  it('says the year at the first day and where it changes', () => {
    const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
    expect(tickText(at('2026-03-05'), 'Asia/Shanghai')).toBe('2026-3-05');
    expect(tickText(at('2026-03-05'), 'Asia/Shanghai', at('2026-02-26'))).toBe('3-05');
    expect(tickText(at('2027-01-07'), 'Asia/Shanghai', at('2026-12-31'))).toBe('2027-1-07');
  });
});
