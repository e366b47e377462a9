import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fieldProblemFr } from './field-problems-fr.js';

const contracts = path.resolve(import.meta.dirname, '../contracts');
/** Contracts of Admin, which is English, and of programs. */
const ofOthers = ['customers.ts', 'operators.ts', 'measurements.ts', 'push.ts'];

it('has French words for whatever the contracts say of a field', () => {
  const files = readdirSync(contracts).filter(
    (name) => /(?<!spec)\.ts$/.test(name) && !ofOthers.includes(name),
  );
  const messages = files.flatMap((name) =>
    [
      ...readFileSync(path.join(contracts, name), 'utf8').matchAll(
        /'((?:must|names|is|latitude|only|the last|a day type) [^']+)'/g,
      ),
    ].map(([, message = '']) => message),
  );
  expect(messages.length).toBeGreaterThan(30);
  expect(messages.filter((message) => fieldProblemFr(message) === undefined)).toEqual([]);
});

it.each([
  ['No file for 3 d 2 h, usually every 1 d', 'Aucun fichier depuis 3 j 2 h, intervalle habituel : 1 j'],
  ['No file for less than 1 min', 'Aucun fichier depuis moins de 1 min'],
  [
    'Files cannot be collected: There is no folder',
    'Les fichiers ne peuvent être collectés : There is no folder',
  ],
  ['answered 503: busy', 'a répondu 503: busy'],
])('says of an alert %s', (english, french) => {
  expect(fieldProblemFr(english)).toBe(french);
});
