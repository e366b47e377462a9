import { describe, expect, it } from 'vitest';
import { contrast, mix, nearest, textOn } from './color.js';

describe('contrast', () => {
  // The published examples of WCAG 2.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#123456', '#123456', 1],
  ])('of %s and %s is %d, either way round', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBeCloseTo(ratio, 2);
  });
});

it('textOn is always read', () => {
  for (let grey = 0; grey < 256; grey++) {
    const ground = `#${grey.toString(16).padStart(2, '0').repeat(3)}`;
    expect(contrast(textOn(ground), ground), ground).toBeGreaterThan(4.57);
  }
});

it('mix goes from one colour to the other', () => {
  expect(mix('#000000', '#ffffff', 0)).toBe('#000000');
  expect(mix('#102030', '#ffffff', 1)).toBe('#ffffff');
  expect(mix('#ff0000', '#0000ff', 0.5)).toBe('#800080');
});

describe('nearest', () => {
  it('leaves a colour that passes', () => {
    expect(nearest('#066079', (color) => contrast(color, '#ffffff') >= 4.5)).toBe('#066079');
  });

  it.each(['#ffd400', '#22c55e', '#777777', '#ffffff', '#f472b6'])(
    'moves %s no further than it must to be read on white',
    (color) => {
      const moved = nearest(color, (candidate) => contrast(candidate, '#ffffff') >= 4.5) ?? '';
      expect(contrast(moved, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(mix(moved, color, 0.02), '#ffffff')).toBeLessThan(4.6);
    },
  );

  it('lightens where that is nearer, and says when there is none', () => {
    expect(nearest('#202020', (color) => contrast(color, '#000000') >= 3)).toMatch(/^#[56]/);
    expect(nearest('#123456', () => false)).toBeUndefined();
  });
});
