import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importReport } from '#libs/contracts';
import { meterFileText } from '../../fixtures/meter-files.js';
import { SftpServer, skipsSftp } from '../../programs/sftp-server.js';
import { smallFile, smallFileChannels } from '../meter-folder.js';
import { createTestDatabase, databaseEnvironment } from '../test-database.js';

const points = smallFile.rows * smallFileChannels;
const file = 'north/02001084/T302.tsv';

/** Runs the built `portal import …`. */
function runImport(environment: Record<string, string>, ...args: string[]) {
  const script = path.resolve('dist/apps/portal/src/main.js');
  return promisify(execFile)(process.execPath, [script, 'import', ...args], {
    env: { PATH: process.env['PATH'], ...environment },
  });
}

describe.skipIf(skipsSftp)('portal import --sftp', () => {
  let server: SftpServer;

  beforeAll(async () => {
    server = await SftpServer.start();
    await mkdir(path.join(server.root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(server.root, file), meterFileText(smallFile));
    await writeFile(path.join(server.root, 'north/line\nfeed.tsv'), '');
  });
  afterAll(() => server.close());

  it('reads and moves nothing in a dry run, which needs no database', async () => {
    const { stdout } = await runImport(server.environment(), '--sftp', '--dry-run', '--json');
    const report = importReport.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ dryRun: true, totals: { files: 2, imported: 1, rejected: 1, points } });
    expect(await readdir(path.join(server.root, path.dirname(file)))).toEqual(['T302.tsv']);
  });

  it('prints a name on one line, whatever it is', async () => {
    const { stdout } = await runImport(server.environment(), '--sftp', '--dry-run');
    expect(stdout).toContain(String.raw`rejected  north/line\x0afeed.tsv: `);
  });

  it('imports and moves', async () => {
    const database = await createTestDatabase();
    const environment = { ...server.environment(), ...databaseEnvironment(database.address) };
    const { stdout } = await runImport(environment, '--sftp', '--file', file, '--json');
    expect(importReport.parse(JSON.parse(stdout)).totals).toMatchObject({ files: 1, imported: 1, points });
    expect(await readdir(path.join(server.root, path.dirname(file)))).toEqual(['parsed']);
    await database.drop();
  });

  it.each([[[]], [['--sftp', '--data-folder', '/tmp']]])('says what is missing: %j', async (args) => {
    await expect(runImport({}, ...args)).rejects.toMatchObject({
      code: 64,
      stderr: expect.stringContaining('give either --data-folder or --sftp'),
    });
  });

  it('names every variable that is wrong', async () => {
    const environment = { SFTP_HOST: 'sftp.example.com', SFTP_HOST_KEY: 'none' };
    await expect(runImport(environment, '--sftp', '--dry-run')).rejects.toMatchObject({
      stderr: expect.stringMatching(/SFTP_USER[\s\S]*SFTP_PASSWORD[\s\S]*SFTP_HOST_KEY/),
    });
  });
});
