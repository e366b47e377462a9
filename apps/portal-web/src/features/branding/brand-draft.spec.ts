import { describe, expect, it } from 'vitest';
import { brandingBody, type Branding } from '#libs/contracts';
import { bodyOf, colorOf, draftOf, valuesOf } from './brand-draft.js';

const saved: Branding = {
  applicationName: 'Acme',
  primaryColor: '#0c4a6e',
  secondaryColor: null,
  accentColor: '#f59e0b',
  footerText: '© Acme',
  logo: null,
  favicon: { url: '/api/branding/favicon?v=1', own: false },
};

it.each([
  ['', null],
  [' ', null],
  ['#0C4A6E', '#0c4a6e'],
  ['0c4a6e', '#0c4a6e'],
  ['#fa0', '#ffaa00'],
  ['#fa', undefined],
  ['red', undefined],
  ['rgb(1,2,3)', undefined],
])('colorOf(%j) is %j', (typed, color) => {
  expect(colorOf(typed)).toBe(color);
});

describe('the draft', () => {
  it('goes to the form and back as it was', () => {
    const body = bodyOf(valuesOf(saved));
    expect(brandingBody.parse(body)).toEqual(body);
    expect(draftOf(valuesOf(saved), saved)).toEqual(saved);
  });

  it('follows what is typed, and keeps a colour until the new one is whole', () => {
    const typing = {
      ...valuesOf(saved),
      primaryColor: '#7c2',
      accentColor: '#7c2d',
      secondaryColor: '#111111',
    };
    expect(draftOf(typing, saved)).toMatchObject({
      primaryColor: '#77cc22',
      accentColor: '#f59e0b',
      secondaryColor: '#111111',
    });
    expect(draftOf({ ...typing, accentColor: '' }, saved).accentColor).toBeNull();
    expect(draftOf({ ...typing, applicationName: '' }, saved).applicationName).toBe('Acme');
  });
});
