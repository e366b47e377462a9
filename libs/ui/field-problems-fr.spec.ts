import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fieldProblemFr } from './field-problems-fr.js';

const contracts = path.resolve(import.meta.dirname, '../contracts');
/** Contracts of Admin, which is English, and of programs. */
const ofOthers = ['alerts.ts', 'customers.ts', 'operators.ts', 'measurements.ts', 'push.ts'];

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
