import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type * as MeterFiles from '#libs/meter-files';
import { packageRoot } from '#libs/nest-kit';
import { formatFolder, formatIndex } from './format-index.js';

let copy: string;

beforeEach(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'formats-'));
  await cp(path.join(packageRoot, 'package.json'), path.join(copy, 'package.json'));
  await cp(path.join(packageRoot, 'libs'), path.join(copy, 'libs'), { recursive: true });
  await symlink(path.join(packageRoot, 'node_modules'), path.join(copy, 'node_modules'));
});
afterEach(() => rm(copy, { recursive: true, force: true }));

const newFormat = `import type { FormatDefinition } from '../format.js';

export const mvT402V001 = {
  name: 'MV_T402_V001',
  envelope: null,
  interpret: () => ({ timeZone: 'Europe/Paris', masterType: 'Mono' }),
} as const satisfies FormatDefinition;
`;

it('is in step with the folder', async () => {
  const index = await readFile(path.join(packageRoot, formatFolder, 'index.ts'), 'utf8');
  expect(index, 'run `npm run generate`').toBe(await formatIndex(path.join(packageRoot, formatFolder)));
});

it('makes a format readable by its file alone', async () => {
  const folder = path.join(copy, formatFolder);
  await writeFile(path.join(folder, 'mv-t402-v001.ts'), newFormat);
  await writeFile(path.join(folder, 'index.ts'), await formatIndex(folder));
  const address = pathToFileURL(path.join(copy, 'libs/meter-files/index.ts')).href;
  const { readMeterFile } = (await import(address)) as typeof MeterFiles;
  const file = '02001283\t02001283\t02001283\nMV_T402_V001\tPh 1 V\tVoie1 W\n01/07/26 12:00:00\t230.5\t7\n';
  async function* open() {
    yield new TextEncoder().encode(file);
  }
  const report = await readMeterFile(open, { now: new Date('2026-07-02T00:00:00Z') });
  expect(report).toMatchObject({ format: 'MV_T402_V001', points: 2, firstTime: '2026-07-01T10:00:00.000Z' });
});
