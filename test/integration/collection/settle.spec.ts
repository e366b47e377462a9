import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { meterFileText } from '../../fixtures/meter-files.js';
import { MeterFolder, smallFile, smallFileChannels } from '../meter-folder.js';
import { startCollecting } from './collecting-portal.js';

it('a file that is still being written is not read; the next look comes by itself', async () => {
  const folder = await MeterFolder.create();
  const portal = await startCollecting({
    environment: { IMPORT_FOLDER: folder.path, IMPORT_SETTLE_SECONDS: '1' },
  });
  onTestFinished(() => portal.close());
  const text = meterFileText(smallFile);
  const target = path.join(folder.path, 'north/02001084/T302.tsv');
  await folder.write('north/02001084/T302.tsv', text.slice(0, 300));
  const asked = portal.client.post('/api/imports/runs');
  for (let at = 300; at < text.length; at += 400) {
    await delay(200);
    await appendFile(target, text.slice(at, at + 400));
  }
  expect((await asked).status).toBe(202);
  const stored = () => portal.measurements();
  await expect.poll(stored, { timeout: 20_000 }).toBe(smallFile.rows * smallFileChannels);
  // Read once, when it was whole.
  const files: unknown[] = await portal.dataSource.query('SELECT incomplete FROM monitoring.import_file');
  expect(files).toEqual([{ incomplete: false }]);
});
