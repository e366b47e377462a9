import { expect, it } from 'vitest';
import { logoPlate } from './logo-plate.js';

const one = (color: string) => ({ dark: color, light: color });

it.each([
  ['a logo with its own ground', null, '#1b2126', undefined],
  ['a dark logo on a light panel', one('#0c2a3a'), '#ffffff', undefined],
  ['a dark logo on a dark panel', one('#0c2a3a'), '#1b2126', '#ffffff'],
  ['a white logo on a light panel', one('#fafafa'), '#ffffff', '#1b2126'],
  ['a red logo on a red bar', one('#c00000'), '#b00000', '#ffffff'],
  [
    'black letters beside a green sign on a dark panel',
    { dark: '#000000', light: '#00aa44' },
    '#1b2126',
    '#ffffff',
  ],
  ['black and white, which no plate helps', { dark: '#000000', light: '#ffffff' }, '#808080', undefined],
])('%s', (_, ink, ground, plate) => {
  expect(logoPlate(ink, ground)).toBe(plate);
});
