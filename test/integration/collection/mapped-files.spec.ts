import { appendFile, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ColumnMapping } from '#libs/contracts';
import { SftpServer, skipsSftp } from '../../programs/sftp-server.js';
import { detailOf } from '../imports/upload-client.js';
import { startCollecting } from './collecting-portal.js';

const kinds = skipsSftp ? (['folder'] as const) : (['sftp', 'folder'] as const);

const mapping: ColumnMapping = {
  encoding: 'utf-8',
  delimiter: ';',
  skipLines: 0,
  hasHeader: true,
  decimalMark: '.',
  time: { columns: [1], formats: ['iso'], timeZone: 'UTC', shiftSeconds: 0 },
  device: 'LOGGER-7',
  noValue: [],
  values: {
    layout: 'wide',
    channels: [{ column: 2, label: 'Ch1', name: 'Hall', unit: 'W', factor: 1 }],
  },
};

describe.each(kinds)('a table of another maker at the %s', (kind) => {
  it('is collected where a mapping reads it, and read by it again when it grows where it was moved to', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'mapped-'));
    const server = kind === 'sftp' ? await SftpServer.start({ root }) : undefined;
    onTestFinished(() => server?.close());
    const portal = await startCollecting({ environment: server?.environment() ?? { IMPORT_FOLDER: root } });
    onTestFinished(() => portal.close());
    const folder = path.join(root, 'hall/logger-9');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'day.csv'), 'Time;W\n2026-07-01T00:00Z;1\n2026-07-01T00:15Z;2\n');
    expect(await portal.collect()).toEqual([]);

    const { status } = await portal.client.send('PUT', '/api/imports/mappings', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Hall', header: [], mapping, files: 'hall/*/*.csv' }),
    });
    expect(status).toBe(200);
    const expected = { path: 'hall/logger-9/day.csv', status: 'imported', format: 'CSV', device: 'logger-9' };
    expect(await portal.collect()).toMatchObject([{ ...expected, points: 2 }]);
    expect(await readdir(folder)).toEqual(['parsed']);

    await appendFile(path.join(folder, 'parsed/day.csv'), '2026-07-01T00:30Z;3\n');
    const [grown, ...others] = await portal.collect();
    expect(others).toEqual([]);
    expect(grown).toMatchObject({ ...expected, points: 3 });
    expect(await portal.measurements()).toBe(3);
    expect((await detailOf(portal.client, grown?.id)).hasOriginal).toBe(true);
  });
});
