import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ImportsService } from '../../../apps/portal/src/imports/imports.service.js';
import { OriginalRetention } from '../../../apps/portal/src/imports/original-retention.js';
import { meterFileText } from '../../fixtures/meter-files.js';
import { SftpServer, skipsSftp, type SftpServerOptions } from '../../programs/sftp-server.js';
import { detailOf } from '../imports/upload-client.js';
import { smallFile } from '../meter-folder.js';
import { startCollecting } from './collecting-portal.js';
import { filesBelow, writeAsCustomer } from './customer-files.js';

const dayMs = 86_400_000;
const keep = { IMPORT_KEEP_ORIGINALS_DAYS: '10', IMPORT_KEEP_REFUSED_DAYS: '20' };

async function start(options: SftpServerOptions = {}) {
  const server = await SftpServer.start(options);
  onTestFinished(() => server.close());
  const portal = await startCollecting({ environment: { ...server.environment(), ...keep } });
  onTestFinished(() => portal.close());
  /** So many days from now. */
  const sweep = async (days: number) => {
    await vi.waitUntil(() => !portal.app.get(ImportsService).isRunning());
    return portal.app.get(OriginalRetention).sweep(new Date(Date.now() + days * dayMs));
  };
  return { server, portal, sweep };
}

describe.skipIf(skipsSftp)('originals on a server', () => {
  it('are removed there when they are older than kept, refused ones with their report', async () => {
    const { server, portal, sweep } = await start();
    await writeAsCustomer(server.root, 'north/1/a.tsv', meterFileText(smallFile));
    await writeAsCustomer(server.root, 'north/1/broken.tsv', 'nothing of a meter\n');
    await writeAsCustomer(server.root, 'north/1/parsed/mine.tsv', 'never imported');
    const files = await portal.collect();
    const imported = files.find(({ status }) => status === 'imported');
    expect(await sweep(9)).toBe(0);
    expect(await sweep(11)).toBe(1);
    const refused = ['north/1/error/broken.tsv', 'north/1/error/broken.tsv.report.json'];
    expect(await filesBelow(server.root)).toEqual([...refused, 'north/1/parsed/mine.tsv']);
    const { status, body } = await portal.client.get(`/api/imports/files/${imported?.id}/original`);
    expect([status, body.code]).toEqual([410, 'ORIGINAL_REMOVED']);
    expect((await detailOf(portal.client, imported?.id)).hasOriginal).toBe(false);
    expect(await sweep(21)).toBe(1);
    expect(await filesBelow(server.root)).toEqual(['north/1/parsed/mine.tsv']);
  });

  it('stay where they could never be moved, and where there are other bytes now', async () => {
    const { server, portal, sweep } = await start();
    const text = meterFileText(smallFile);
    await writeAsCustomer(server.root, 'north/1/a.tsv', text);
    await portal.collect();
    await writeAsCustomer(server.root, 'north/1/parsed/a.tsv', text.replaceAll('2', '3'));
    expect(await sweep(11)).toBe(0);
    const readOnly = await start({ readOnly: true });
    await writeAsCustomer(readOnly.server.root, 'north/1/a.tsv', text);
    await readOnly.portal.collect();
    expect(await readOnly.sweep(11)).toBe(0);
    expect(await filesBelow(readOnly.server.root)).toEqual(['north/1/a.tsv']);
  });

  it('that may not be removed keep none of the others', async () => {
    const { server, portal, sweep } = await start({ asPlainUser: true });
    for (const [index, device] of ['1', '2'].entries()) {
      const text = meterFileText({ ...smallFile, rows: 5 + index });
      await writeAsCustomer(server.root, `north/${device}/a.tsv`, text);
    }
    await portal.collect();
    const closed = path.join(server.root, 'north/1/parsed');
    await chmod(closed, 0o555);
    expect(await sweep(11)).toBe(1);
    expect(await filesBelow(server.root)).toEqual(['north/1/parsed/a.tsv']);
    await chmod(closed, 0o755);
    expect(await sweep(11)).toBe(1);
  });

  it('wait while the server is away', async () => {
    const { server, portal, sweep } = await start();
    await writeAsCustomer(server.root, 'north/1/a.tsv', meterFileText(smallFile));
    await portal.collect();
    server.kill();
    expect(await sweep(11)).toBe(0);
    await server.open();
    expect(await sweep(11)).toBe(1);
  });
});
