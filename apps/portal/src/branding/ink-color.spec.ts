import { expect, it } from 'vitest';
import { meanInk } from './ink-color.js';

const clear = [0, 0, 0, 0];

it.each([
  ['the mean of what is seen', [255, 0, 0, 255, 0, 0, 255, 255, ...clear, ...clear], '#800080'],
  ['weighed by how much it is seen', [0, 0, 0, 192, 255, 255, 255, 64, ...clear], '#404040'],
  ['not what is hardly seen', [16, 32, 48, 255, 255, 255, 255, 8], '#102030'],
  ['nothing for a picture with its own ground', [1, 2, 3, 255, 4, 5, 6, 255], null],
  ['nothing for an empty picture', [...clear, ...clear], null],
])('meanInk gives %s', (_, pixels, ink) => {
  expect(meanInk(Uint8Array.from(pixels))).toBe(ink);
});
