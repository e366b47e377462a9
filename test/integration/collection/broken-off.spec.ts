import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { meterFileText } from '../../fixtures/meter-files.js';
import { SftpServer, skipsSftp } from '../../programs/sftp-server.js';
import { smallFile, smallFileChannels } from '../meter-folder.js';
import { startCollecting } from './collecting-portal.js';
import { CuttingProxy } from './cutting-proxy.js';

const count = 30;
const folder = 'north/02001084';

describe.skipIf(skipsSftp)('a server that breaks off before it has sent the files of a transaction', () => {
  it('is read to the end, look by look; each file once', async () => {
    const server = await SftpServer.start();
    onTestFinished(() => server.close());
    await mkdir(path.join(server.root, folder), { recursive: true });
    for (let index = 0; index < count; index++) {
      const text =
        index === 3
          ? 'of a format that we do not know\n'
          : meterFileText({ ...smallFile, start: new Date(Date.UTC(2026, 0, 1 + index)) });
      await writeFile(path.join(server.root, folder, `${String(index).padStart(2, '0')}.tsv`), text);
    }
    const proxy = await CuttingProxy.start(server.port);
    onTestFinished(() => proxy.close());
    const portal = await startCollecting({
      environment: { ...server.environment(), SFTP_PORT: String(proxy.port) },
    });
    onTestFinished(() => portal.close());
    const isDone = async () =>
      (await readdir(path.join(server.root, folder))).every((name) => !name.endsWith('.tsv'));

    let looks = 0;
    for (; looks < 4 * count && !(await isDone()); looks++) {
      // What a third of the files needs.
      proxy.cutAfter(25_000);
      await portal.client.post('/api/imports/runs');
      await expect.poll(async () => (await portal.source())?.busy, { timeout: 20_000 }).toBe(false);
    }
    expect(looks).toBeGreaterThan(2);
    expect(await isDone()).toBe(true);
    expect(await portal.measurements()).toBe((count - 1) * smallFile.rows * smallFileChannels);
    const files: { status: string; isPlaced: boolean }[] = await portal.dataSource.query(
      'SELECT status, moved_to IS NOT NULL AS "isPlaced" FROM monitoring.import_file',
    );
    expect(files).toHaveLength(count);
    expect(files.filter(({ isPlaced }) => !isPlaced)).toEqual([]);
    const report = await readFile(path.join(server.root, folder, 'error/03.tsv.report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ error: { code: 'METER_FILE_FORMAT_UNKNOWN' } });
    expect(await portal.dataSource.query('SELECT path FROM monitoring.collected_file')).toEqual([]);
  });
});
