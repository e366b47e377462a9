import { expect, it } from 'vitest';
import { inkOfPixels } from './logo-ink.js';

const clear = [0, 0, 0, 0];
const many = (pixel: number[], count: number) => Array.from({ length: count }, () => pixel).flat();

it.each([
  [
    'the darkest and the lightest fifth',
    [
      ...many([16, 16, 16, 255], 20),
      ...many([0, 160, 64, 255], 60),
      ...many([255, 240, 224, 255], 20),
      ...many(clear, 20),
    ],
    { dark: '#101010', light: '#fff0e0' },
  ],
  [
    'each weighed by how much it is seen',
    [255, 0, 0, 192, 0, 0, 255, 64, ...many(clear, 2)],
    { dark: '#0000ff', light: '#ff0000' },
  ],
  ['not what is hardly seen', [16, 32, 48, 255, 255, 255, 255, 8], { dark: '#102030', light: '#102030' }],
  ['nothing for a picture with its own ground', [1, 2, 3, 255, 4, 5, 6, 255], null],
  ['nothing for an empty picture', many(clear, 2), null],
])('inkOfPixels gives %s', (_, pixels, ink) => {
  expect(inkOfPixels(Uint8Array.from(pixels))).toEqual(ink);
});
