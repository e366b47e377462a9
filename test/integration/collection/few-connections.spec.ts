import { expect, it, onTestFinished } from 'vitest';
import { meterFileText } from '../../fixtures/meter-files.js';
import { SftpServer, skipsSftp } from '../../programs/sftp-server.js';
import { MeterFolder, smallFile, smallFileChannels } from '../meter-folder.js';
import { isServer } from '../test-database.js';
import { startCollecting } from './collecting-portal.js';
import { writeAsCustomer } from './customer-files.js';

it.skipIf(skipsSftp || !isServer).each(['1', '2', '4'])(
  'both sources are collected at once with %s connections',
  async (DATABASE_POOL_SIZE) => {
    const server = await SftpServer.start();
    onTestFinished(() => server.close());
    const folder = await MeterFolder.create();
    const environment = { ...server.environment(), IMPORT_FOLDER: folder.path, DATABASE_POOL_SIZE };
    const portal = await startCollecting({ environment });
    onTestFinished(() => portal.close());
    await folder.write('north/02001084/a.tsv');
    const other = meterFileText({ ...smallFile, masterSerial: '02001085' });
    await writeAsCustomer(server.root, 'south/02001085/b.tsv', other);
    await portal.collect();
    await expect
      .poll(() => portal.measurements(), { timeout: 15_000 })
      .toBe(2 * smallFile.rows * smallFileChannels);
  },
);
