import { describe, expect, it } from 'vitest';
import { axisText, tickText, valueCell, valueExact, valueText } from './unit';

describe('values', () => {
  it('of plays are cut and exact in a tip', () => {
    expect(valueText(99_999_500, { metric: 'plays' })).toBe('9999.9万');
    expect(valueExact(99_999_500, { metric: 'plays' })).toBe('99,999,500');
    expect(valueCell(99_999_500, { metric: 'plays' })).toBe(99_999_500);
  });
  it('of completion are percent to 1/100', () => {
    expect(axisText(3450, { metric: 'completion' })).toBe('34.5%');
    expect(valueCell(3450, { metric: 'completion' })).toBe(34.5);
  });
  it('of money carry their currency and lose no digit', () => {
    const unit = { metric: 'spend' as const, currency: 'CNY' };
    expect(valueExact(1_234_567_891, unit)).toBe('¥123,456.7891');
    expect(valueCell(1_234_567_891, unit)).toBe(123_456.7891);
    expect([axisText(50_000_000, unit), axisText(0, unit), axisText(5000, unit)]).toEqual(['¥5,000', '¥0', '¥0.50']);
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
