import { describe, expect, it } from 'vitest';
import { contrast } from './color.js';
import { contrastChecks, fixedContrast } from './contrast-checks.js';
import { barColors, brandShades, grounds, markColor } from './palette.js';

const none = { primaryColor: null, secondaryColor: null, accentColor: null };

/** All corners of the colour space, and its middle. */
const steps = ['00', '55', 'aa', 'ff'];
const cube = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)));

describe('contrastChecks', () => {
  it('has nothing to say of our own colours', () => {
    expect(contrastChecks(none)).toEqual([]);
  });

  it('warns of text in a light colour on light pages alone', () => {
    const failing = contrastChecks({ ...none, primaryColor: '#ffd400' }).filter(({ passes }) => !passes);
    expect(failing).toEqual([
      { color: 'primaryColor', what: 'text', scheme: 'light', ratio: 1.3, needed: 4.5, passes: false },
    ]);
  });

  it('warns of an accent that is hardly seen', () => {
    const failing = contrastChecks({ ...none, accentColor: '#fde68a' }).filter(({ passes }) => !passes);
    expect(failing).toMatchObject([{ what: 'mark', scheme: 'light', needed: 3 }]);
  });

  it('never flatters: 4.48 is shown as 4.4', () => {
    const [text] = contrastChecks({ ...none, primaryColor: '#777777' });
    expect(text).toMatchObject({ passes: false });
    expect(text?.ratio).toBeLessThan(4.5);
  });

  it('finds nothing to warn of in dark pages and on bars, for whatever colour', () => {
    for (const color of cube) {
      const all = { primaryColor: color, secondaryColor: color, accentColor: color };
      const adapted = contrastChecks(all).filter(
        ({ scheme, what }) => what === 'bar' || (scheme === 'dark' && what !== 'button'),
      );
      expect(adapted, color).toHaveLength(4);
      expect(
        adapted.filter(({ passes }) => !passes),
        color,
      ).toEqual([]);
    }
  });
});

describe('fixedContrast', () => {
  it('makes every colour pass, and moves none that does', () => {
    for (const color of cube) {
      const colors = { primaryColor: color, secondaryColor: color, accentColor: color };
      const fixed = fixedContrast(colors);
      expect(
        contrastChecks(fixed).filter(({ passes }) => !passes),
        color,
      ).toEqual([]);
      if (contrastChecks(colors).every(({ passes }) => passes)) expect(fixed).toEqual(colors);
    }
    expect(fixedContrast(none)).toEqual(none);
  });

  it('leaves the secondary colour, on which the text is chosen', () => {
    expect(fixedContrast({ ...none, secondaryColor: '#ffd400' }).secondaryColor).toBe('#ffd400');
  });
});

describe('the palette', () => {
  it('keeps the colour itself in light pages', () => {
    expect(brandShades('#7c2d12')[8]).toBe('#7c2d12');
    expect(barColors('#7c2d12', 'light')).toEqual({ ground: '#7c2d12', text: '#ffffff' });
    expect(markColor('#7c2d12', 'light')).toBe('#7c2d12');
  });

  it('is seen in dark pages, however dark the colour is', () => {
    const shades = brandShades('#000000');
    expect(contrast(shades[4], grounds.dark.raised)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(shades[7], grounds.dark.panel)).toBeGreaterThanOrEqual(2);
    expect(barColors('#ffffff', 'dark').ground).not.toBe('#ffffff');
  });
});
