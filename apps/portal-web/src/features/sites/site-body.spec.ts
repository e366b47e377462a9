import { expect, it } from 'vitest';
import { changedFields, emptySite, isCoordinate, siteBody, slugOf } from './site-body.js';

it('makes a body of what was typed', () => {
  const values = {
    ...emptySite('UTC'),
    name: ' North ',
    slug: 'north',
    latitude: '48,85',
    longitude: '2.35',
  };
  expect(siteBody(values)).toEqual({
    name: 'North',
    slug: 'north',
    timeZone: 'UTC',
    address: '',
    latitude: 48.85,
    longitude: 2.35,
    externalId: null,
    notes: '',
  });
  expect(siteBody(emptySite('UTC'))).toMatchObject({ latitude: null, longitude: null });
});

it.each([
  ['', true],
  ['-25,7', true],
  ['90', true],
  ['91', false],
  ['north', false],
])('takes %j as a latitude: %s', (text, isOne) => {
  expect(isCoordinate(text, 90)).toBe(isOne);
});

it('keeps of a change what differs', () => {
  expect(
    changedFields({ name: 'a', slug: '.old', notes: '' }, { name: 'b', slug: '.old', notes: '' }),
  ).toEqual({
    name: 'b',
  });
});

it.each([
  ['Pretoria works', 'pretoria-works'],
  ['  Hôtel de Ville (annexe) ', 'hotel-de-ville-annexe'],
  ['工場 2', '工場-2'],
  ['…', ''],
])('makes a short name of %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
