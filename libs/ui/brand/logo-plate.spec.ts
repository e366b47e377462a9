import { expect, it } from 'vitest';
import { logoPlate } from './logo-plate.js';

it.each([
  ['a logo with its own ground', null, '#1b2126', undefined],
  ['a dark logo on a light panel', '#0c2a3a', '#ffffff', undefined],
  ['a dark logo on a dark panel', '#0c2a3a', '#1b2126', '#ffffff'],
  ['a white logo on a light panel', '#fafafa', '#ffffff', '#1b2126'],
  ['a red logo on a red bar', '#c00000', '#b00000', '#ffffff'],
])('%s', (_, ink, ground, plate) => {
  expect(logoPlate(ink, ground)).toBe(plate);
});
