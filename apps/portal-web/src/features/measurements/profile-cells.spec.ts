import { expect, it } from 'vitest';
import { strengthOf, weekdayNames } from './profile-cells.js';

it('colours from the least to the most, and what is missing not at all', () => {
  const strength = strengthOf([
    [100, null],
    [300, 500],
  ]);
  expect([100, 300, 500, null].map(strength)).toEqual([8, 54, 100, 0]);
  expect(strengthOf([[7, 7]])(7)).toBe(8);
  expect(strengthOf([[null]])(null)).toBe(0);
});

it('begins weeks with Monday', () => {
  expect(weekdayNames('long')[0]).toBe('Monday');
  expect(weekdayNames('short')).toHaveLength(7);
});
