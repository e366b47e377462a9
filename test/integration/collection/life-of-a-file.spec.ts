import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { meterFileText } from '../../fixtures/meter-files.js';
import { SftpServer, skipsSftp } from '../../programs/sftp-server.js';
import { detailOf } from '../imports/upload-client.js';
import { smallFile, smallFileChannels } from '../meter-folder.js';
import { startCollecting, type CollectingPortal } from './collecting-portal.js';

const whole = meterFileText(smallFile);
const points = smallFile.rows * smallFileChannels;
const file = 'north/02001084/T302.tsv';

const kinds = skipsSftp ? (['folder'] as const) : (['sftp', 'folder'] as const);

describe.each(kinds)('a meter file from the %s', (kind) => {
  let root: string;
  let server: SftpServer | undefined;
  let portal: CollectingPortal;

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'collected-'));
    if (kind === 'sftp') server = await SftpServer.start({ root });
    portal = await startCollecting({ environment: server?.environment() ?? { IMPORT_FOLDER: root } });
  });
  afterAll(async () => {
    await portal.close();
    await server?.close();
  });
  beforeEach(async () => {
    await portal.dataSource.query(
      `TRUNCATE monitoring.site, monitoring.device, monitoring.channel, monitoring.measurement, monitoring.import_run,
         monitoring.import_file, monitoring.collected_file, monitoring.collected_site_folder, monitoring.collection_state CASCADE`,
    );
  });
  afterEach(async () => {
    for (const name of await readdir(root)) await rm(path.join(root, name), { recursive: true });
  });

  async function write(name: string, content: string): Promise<void> {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }

  async function files(): Promise<string[]> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .filter((name) => !name.startsWith('.reports'))
      .toSorted();
  }

  it('becomes measurements and lies in parsed/', async () => {
    await write(file, whole);
    expect(await portal.collect()).toMatchObject([{ path: file, status: 'imported', points }]);
    expect(await portal.measurements()).toBe(points);
    expect(await files()).toEqual(['north/02001084/parsed/T302.tsv']);
    expect(await portal.source()).toMatchObject({ kind, waiting: 0, stuckFiles: 0, error: null });
  });

  it('that was cut off gives its whole rows, is incomplete, and is replaced when it is sent again', async () => {
    await write(file, whole.slice(0, -5));
    const [cut] = await portal.collect();
    expect(cut).toMatchObject({ status: 'imported', rows: smallFile.rows - 1 });
    expect((await detailOf(portal.client, cut?.id)).report.incomplete).toBe(true);
    const incomplete = () =>
      portal.dataSource.query('SELECT path FROM monitoring.import_file WHERE incomplete');
    expect(await incomplete()).toEqual([{ path: file }]);
    await write(file, whole);
    expect(await portal.collect()).toMatchObject([{ status: 'imported', points }]);
    expect(await incomplete()).toEqual([]);
    expect(await portal.measurements()).toBe(points);
  });

  it('that goes on growing where it was moved to is taken from there', async () => {
    await write(file, whole.slice(0, -200));
    await portal.collect();
    await appendFile(path.join(root, 'north/02001084/parsed/T302.tsv'), whole.slice(-200));
    const [grown] = await portal.collect();
    expect(grown).toMatchObject({ path: file, status: 'imported', points });
    expect(await portal.measurements()).toBe(points);
    expect(await files()).toEqual(['north/02001084/parsed/T302.tsv']);
    expect((await detailOf(portal.client, grown?.id)).hasOriginal).toBe(true);
    expect(await portal.collect()).toEqual([]);
  });

  it('that was empty when it was looked at is taken when its bytes come', async () => {
    await write(file, '');
    expect(await portal.collect()).toMatchObject([{ errorCode: 'METER_FILE_EMPTY' }]);
    await appendFile(path.join(root, 'north/02001084/error/T302.tsv'), whole);
    expect(await portal.collect()).toMatchObject([{ path: file, status: 'imported', points }]);
    expect(await files()).toEqual(['north/02001084/parsed/T302.tsv']);
  });

  it('that comes again is unchanged, and one that grew brings what is new', async () => {
    await write(file, whole);
    await portal.collect();
    await write(file, whole);
    expect(await portal.collect()).toEqual([]);
    expect((await portal.runs())[0]?.totals).toMatchObject({ unchanged: 1, imported: 0 });
    await write(file, meterFileText({ ...smallFile, rows: smallFile.rows + 3 }));
    expect(await portal.collect()).toMatchObject([{ status: 'imported' }]);
    expect(await portal.measurements()).toBe(points + 3 * smallFileChannels);
    expect(await files()).toEqual(['north/02001084/parsed/T302.1.tsv', 'north/02001084/parsed/T302.tsv']);
  });

  it('that was recorded but not moved, as its portal was killed, is moved by the next look', async () => {
    await write(file, whole);
    await portal.collect();
    await rename(path.join(root, 'north/02001084/parsed/T302.tsv'), path.join(root, file));
    await portal.collect();
    expect(await portal.measurements()).toBe(points);
    expect(await files()).toEqual(['north/02001084/parsed/T302.tsv']);
  });

  it('that is refused lies in error/ with its report, can be downloaded, and tried again', async () => {
    await write(file, 'not a meter file\n');
    const [refused] = await portal.collect();
    expect(refused).toMatchObject({ status: 'rejected', errorCode: 'METER_FILE_FORMAT_UNKNOWN' });
    const error = 'north/02001084/error/T302.tsv';
    expect(await files()).toEqual([error, `${error}.report.json`]);
    const report: unknown = JSON.parse(await readFile(path.join(root, `${error}.report.json`), 'utf8'));
    expect(report).toMatchObject({ path: file, error: { code: 'METER_FILE_FORMAT_UNKNOWN' } });
    const original = await portal.client.get<string>(`/api/imports/files/${refused?.id}/original`);
    expect([original.status, original.body]).toEqual([200, 'not a meter file\n']);
    expect((await portal.client.post(`/api/imports/files/${refused?.id}/retry`, {})).status).toBe(202);
    await expect
      .poll(async () => (await portal.runs())[0])
      .toMatchObject({
        trigger: 'retry',
        finishedAt: expect.any(String),
      });
    expect(await files()).toEqual([error, `${error}.report.json`]);
  });

  it('makes the site of a new folder, which may be empty, and never twice', async () => {
    await mkdir(path.join(root, 'empty/02001084'), { recursive: true });
    await mkdir(path.join(root, '.hidden'));
    await mkdir(path.join(root, 'parsed'));
    await portal.collect();
    const sites = () =>
      portal.dataSource.query('SELECT slug, time_zone AS "timeZone" FROM monitoring.site ORDER BY slug');
    expect(await sites()).toEqual([{ slug: 'empty', timeZone: 'UTC' }]);
    await write('empty/02001084/T302.tsv', meterFileText({ ...smallFile, format: 'MV_T302_V003' }));
    await portal.collect();
    // The zone that the first file names, as if it had made the site.
    expect(await sites()).toEqual([{ slug: 'empty', timeZone: 'Europe/Paris' }]);
    await mkdir(path.join(root, 'other'));
    await portal.collect();
    await portal.dataSource.query(`DELETE FROM monitoring.site WHERE slug = 'other'`);
    await portal.collect();
    expect(await sites()).toHaveLength(1);
  });

  it('of a device that may not come leaves its report; its folder becomes a site when the policy allows it', async () => {
    await portal.client.send('PUT', '/api/settings/import-policy', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ unknownDevices: 'reject' }),
    });
    await write(file, whole);
    await mkdir(path.join(root, 'unknown'));
    expect(await portal.collect()).toMatchObject([{ errorCode: 'IMPORT_DEVICES_UNKNOWN' }]);
    const sites = () => portal.dataSource.query('SELECT slug FROM monitoring.site ORDER BY slug');
    expect(await sites()).toEqual([]);
    await portal.dataSource.query(`UPDATE monitoring.import_policy SET unknown_devices = 'create'`);
    await portal.collect();
    expect(await sites()).toEqual([{ slug: 'north' }, { slug: 'unknown' }]);
  });
});
