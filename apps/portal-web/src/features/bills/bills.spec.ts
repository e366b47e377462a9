import { describe, expect, it } from 'vitest';
import { relativeDifference, showDecimal, showMoney, showShare } from './amounts.js';
import { lastMonth, parseMonth, periodOfMonth } from './bill-period.js';

describe('the month of a bill', () => {
  it('goes from its first day to the first of the next', () => {
    expect(periodOfMonth('2026-03')).toEqual({ from: '2026-03-01', to: '2026-04-01' });
    expect(periodOfMonth('2026-12')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
  });

  it('is read from the address, and else the last that is complete', () => {
    expect(parseMonth('2026-03')).toBe('2026-03');
    for (const wrong of [null, '', '2026-13', '26-03', '2026-03-01']) expect(parseMonth(wrong)).toBeNull();
    expect(lastMonth(new Date(2026, 0, 15))).toBe('2025-12');
    expect(lastMonth(new Date(2026, 2, 31))).toBe('2026-02');
  });
});

describe('amounts', () => {
  it('are written exactly as the currency is counted, more where a line is not rounded', () => {
    expect(showMoney('1434.47', 'EUR')).toBe('€1,434.47');
    expect(showMoney('1247.369', 'EUR', 4)).toBe('€1,247.369');
    expect(showMoney('12', 'JPY')).toBe('JP¥12');
    expect(showMoney('1', null)).toBe('–');
    expect(showDecimal('12345678901234567.891', 3)).toBe('12,345,678,901,234,567.891');
    expect(showShare('0.15')).toBe('15%');
  });

  it('are compared as a share of the first', () => {
    expect(relativeDifference('100', '80')).toBeCloseTo(-0.2, 9);
    expect(relativeDifference('-10', '10')).toBeCloseTo(2, 9);
    expect(relativeDifference('0', '10')).toBeNull();
  });
});
