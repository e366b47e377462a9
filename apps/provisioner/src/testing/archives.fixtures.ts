import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sealArchive } from '../backup/archive-parts.js';
import { files, type Manifest } from '../backup/manifest.js';

/** Fills a folder with an archive whose parts hold little and whose manifest is right. */
export async function makeArchive(
  folder: string,
  {
    code = 'ABC0001',
    id = 'abc0001-20261121T200732Z',
    more = {},
  }: { code?: string; id?: string; more?: Record<string, string> } = {},
): Promise<Manifest> {
  const [whole, later] = files.volume('portal-keys');
  const texts: Record<string, string> = {
    [files.dump]: 'a dump',
    [files.roles]: '[]',
    [files.tenant('tenant.yaml')]: `code: ${code}\n`,
    [files.tenant('.env')]: 'SECRET=1\n',
    [whole]: 'a tar',
    [later]: 'another tar',
    ...more,
  };
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return sealArchive(folder, {
    format: 1,
    id,
    code,
    createdAt: '2026-11-21T20:07:32.000Z',
    reason: 'by hand',
    version: '1.2.3',
    images: { portal: 'p:1', timescaledb: 't:1', grafana: 'g:1' },
    database: {
      postgresql: '17.1',
      timescaledb: '2.19.3',
      migrations: ['House1'],
      tables: [{ table: 'monitoring.site', rows: 2, checksum: '5' }],
    },
    volumes: ['portal-keys'],
  });
}
