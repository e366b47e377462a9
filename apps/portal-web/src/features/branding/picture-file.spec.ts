import { expect, it } from 'vitest';
import { maxBrandingImageBytes } from '#libs/contracts';
import { fileProblem } from './picture-file.js';

it.each([
  [{ type: 'image/svg+xml', size: 100 }, undefined],
  [{ type: 'image/png', size: maxBrandingImageBytes }, undefined],
  [{ type: 'image/png', size: maxBrandingImageBytes + 1 }, 'tooLarge'],
  [{ type: 'image/gif', size: 100 }, 'wrongType'],
  [{ type: '', size: 100 }, 'wrongType'],
])('of %j the problem is %j', (file, problem) => {
  expect(fileProblem(file)).toBe(problem);
});
