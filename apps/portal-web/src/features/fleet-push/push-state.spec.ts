import { expect, it } from 'vitest';
import { reconcilePercent } from './push-state.js';

it.each([
  [0, 0, null],
  [0, 8, 0],
  [2, 8, 25],
  [9, 8, 100],
])('%s of %s windows are %s percent', (windowsDone, windowsTotal, percent) => {
  expect(reconcilePercent({ windowsDone, windowsTotal })).toBe(percent);
});
