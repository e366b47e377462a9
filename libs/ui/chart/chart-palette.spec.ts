import { expect, it } from 'vitest';
import { lineStyle, lineStyles } from './chart-palette.js';

it('gives a paired line the colour of the one before it, dotted', () => {
  const [first, before, second] = lineStyles('light', [false, true, false]);
  expect(first).toEqual(lineStyle('light', 0));
  expect(before).toEqual({ color: first?.color, dash: [2, 3] });
  expect(second).toEqual(lineStyle('light', 1));
});
