import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from './language.js';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatPercent,
  formatQuantity,
  formatSpan,
} from './number-format.js';

afterEach(() => i18n.changeLanguage('en'));

describe('formatQuantity', () => {
  it('writes value and unit with the decimals of the unit', () => {
    expect(formatQuantity(4504.6, 'W')).toBe('4,504.6\u202FW');
    expect(formatQuantity(242, 'V')).toBe('242.0\u202FV');
    expect(formatQuantity(1.234, 'kWh')).toBe('1.23\u202FkWh');
  });

  it('never shows a negative zero', () => {
    expect(formatQuantity(-0.04, 'W')).toBe('0.0\u202FW');
    expect(formatQuantity(-0.06, 'W')).toBe('-0.1\u202FW');
  });

  it.each([null, undefined, Number.NaN, Infinity])('shows %s as missing, not as 0', (value) => {
    expect(formatQuantity(value, 'W')).toBe('–');
  });
});

it('counts', () => {
  expect(formatCount(22_608)).toBe('22,608');
  expect(formatCount(null)).toBe('–');
  expect(formatCounted(1, 'device')).toBe('1\u00A0device');
  expect(formatCounted(0, 'entry', 'entries')).toBe('0\u00A0entries');
});

it('scales bytes and durations', () => {
  expect([0, 999, 1000, 1_250_000, 5e15].map((bytes) => formatBytes(bytes))).toEqual([
    '0\u202FB',
    '999\u202FB',
    '1.0\u202FkB',
    '1.3\u202FMB',
    '5,000,000.0\u202FGB',
  ]);
  expect([0.4, 42, 1500, 90_000].map((ms) => formatDuration(ms))).toEqual([
    '0\u202Fms',
    '42\u202Fms',
    '1.5\u202Fs',
    '1.5\u202Fmin',
  ]);
});

it.each([
  [0, '0\u202Fs'],
  [59.9, '59\u202Fs'],
  [60, '1\u202Fmin'],
  [12_000, '3\u202Fh\u00A020\u202Fmin'],
  [7_200, '2\u202Fh'],
  [200_000, '2\u202Fd\u00A07\u202Fh'],
  [null, '–'],
])('names %s seconds %s', (seconds, text) => {
  expect(formatSpan(seconds)).toBe(text);
});

it('writes shares', () => {
  expect([0, 2.44, 100, null].map((value) => formatPercent(value))).toEqual([
    '0.0\u202F%',
    '2.4\u202F%',
    '100.0\u202F%',
    '–',
  ]);
});

it('follows the language on screen', async () => {
  await i18n.changeLanguage('fr');
  expect(formatQuantity(4504.6, 'W')).toBe('4\u202F504,6\u202FW');
  expect(formatQuantity(-0.04, 'W')).toBe('0,0\u202FW');
  expect(formatBytes(1_250_000)).toBe('1,3\u202FMo');
  expect(formatSpan(200_000)).toBe('2\u202Fj\u00A07\u202Fh');
});
