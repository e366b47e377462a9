import { describe, expect, it } from 'vitest';
import { hourCells, moveInGrid, paint } from './grid-model.js';

const day = [
  { from: '00:00', to: '06:30', period: 'low' },
  { from: '06:30', to: '24:00', period: 'high' },
];

describe('paint', () => {
  it('cuts what was there, and joins neighbours of the same period', () => {
    expect(paint(day, 360, 420, 'low')).toEqual([
      { from: '00:00', to: '07:00', period: 'low' },
      { from: '07:00', to: '24:00', period: 'high' },
    ]);
    expect(paint(day, 720, 780, 'low')).toEqual([
      { from: '00:00', to: '06:30', period: 'low' },
      { from: '06:30', to: '12:00', period: 'high' },
      { from: '12:00', to: '13:00', period: 'low' },
      { from: '13:00', to: '24:00', period: 'high' },
    ]);
    expect(paint(day, 0, 1_440, 'high')).toEqual([{ from: '00:00', to: '24:00', period: 'high' }]);
  });

  it('fills gaps and ends overlaps', () => {
    expect(paint([], 60, 120, 'low')).toEqual([{ from: '01:00', to: '02:00', period: 'low' }]);
    const overlapping = [...day, { from: '06:00', to: '07:00', period: 'peak' }];
    expect(paint(overlapping, 360, 420, 'peak')).toEqual([
      { from: '00:00', to: '06:00', period: 'low' },
      { from: '06:00', to: '07:00', period: 'peak' },
      { from: '07:00', to: '24:00', period: 'high' },
    ]);
  });
});

describe('hourCells', () => {
  it('has 24 hours, cut where a period changes', () => {
    const cells = hourCells(day);
    expect(cells).toHaveLength(24);
    expect(cells[6]?.parts).toEqual([
      { from: 360, to: 390, periods: ['low'] },
      { from: 390, to: 420, periods: ['high'] },
    ]);
    expect(cells[23]?.parts).toEqual([{ from: 1_380, to: 1_440, periods: ['high'] }]);
  });

  it('shows gaps and overlaps', () => {
    const cells = hourCells([
      { from: '00:30', to: '02:00', period: 'low' },
      { from: '01:00', to: '24:00', period: 'high' },
    ]);
    expect(cells[0]?.parts).toEqual([
      { from: 0, to: 30, periods: [] },
      { from: 30, to: 60, periods: ['low'] },
    ]);
    expect(cells[1]?.parts).toEqual([{ from: 60, to: 120, periods: ['low', 'high'] }]);
  });
});

it('moveInGrid stays in the grid, and leaves other keys alone', () => {
  expect(moveInGrid({ row: 0, hour: 0 }, 'ArrowLeft', 3)).toEqual({ row: 0, hour: 0 });
  expect(moveInGrid({ row: 0, hour: 0 }, 'ArrowDown', 3)).toEqual({ row: 1, hour: 0 });
  expect(moveInGrid({ row: 2, hour: 5 }, 'ArrowDown', 3)).toEqual({ row: 2, hour: 5 });
  expect(moveInGrid({ row: 2, hour: 5 }, 'End', 3)).toEqual({ row: 2, hour: 23 });
  expect(moveInGrid({ row: 2, hour: 5 }, 'Tab', 3)).toBeUndefined();
});
