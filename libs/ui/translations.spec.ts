import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#libs/errors';
import { problemsFr } from './problems-fr.js';
import type { Words } from './words.js';

type AnyWords = Words<Record<string, string>>;

const modules = import.meta.glob<Record<string, AnyWords>>(
  ['./ui-words.ts', './*/words.ts', '../../apps/*-web/src/**/words.ts'],
  { eager: true },
);
const files = Object.entries(modules).flatMap(([file, exports]) =>
  Object.values(exports).map((words) => ({ file, ...words })),
);

/** Variables and elements, whatever their order. */
function placeholders(text: string): string[] {
  return (text.match(/{{[^}]*}}|<[^>]*>/g) ?? []).toSorted();
}

describe.each(files)('the words in $file', ({ file, namespace, english, french }) => {
  it('have their folder as namespace', () => {
    expect(namespace).toBe(file === './ui-words.ts' ? 'ui' : path.basename(path.dirname(file)));
  });

  it.each(Object.keys(english))('say %s with the same variables and elements', (key) => {
    expect(french[key]?.trim()).toBeTruthy();
    expect(placeholders(french[key] ?? '')).toEqual(placeholders(english[key] ?? ''));
  });
});

it('are in one namespace each', () => {
  const namespaces = files.map(({ namespace }) => namespace);
  expect(namespaces).toEqual([...new Set(namespaces)]);
});

/** What the portal is made of. */
const sources = Object.values(
  import.meta.glob<string>(
    [
      '../../apps/{portal,portal-web}/src/**/*.{ts,tsx}',
      '../*/**/*.ts',
      '!../{errors,stack,ui}/**',
      '!../**/*.spec.ts',
    ],
    { eager: true, query: '?raw', import: 'default' },
  ),
);

/** Met in logs, on a command line, by another program or in Admin: no page of the portal shows them. */
const neverOnAPage =
  /^(API_|MEASUREMENTS|CONFIG|MIGRATION|DATABASE_LOCKED|INGEST|CUSTOMER|SPEC|TEMPLATE|FILE_ACCESS|TENANT|USAGE|HOOK)/;

const onAPage = Object.keys(catalogue).filter(
  (code) => !neverOnAPage.test(code) && sources.some((text) => text.includes(`'${code}'`)),
);

it.each(onAPage)('problem %s has French', (code) => {
  expect(problemsFr[code]?.title).toBeTruthy();
  expect(problemsFr[code]?.remedy).toBeTruthy();
});
