import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  importFileDetail,
  importUpload,
  importUploadList,
  type ImportUpload,
  type ImportUploadList,
  type PortalAuditPage,
} from '#libs/contracts';
import { FileSource } from '../../../apps/portal/src/collection/file-source.js';
import { FolderStore } from '../../../apps/portal/src/collection/folder-store.js';
import { ImportRun } from '../../../apps/portal/src/imports/import-run.js';
import { UploadExpiry } from '../../../apps/portal/src/imports/upload-expiry.js';
import { meterFileText } from '../../fixtures/meter-files.js';
import { smallFile, smallFileChannels } from '../meter-folder.js';
import { detailOf, importUploads, startImportPortal, upload, type ImportPortal } from './upload-client.js';

const text = meterFileText(smallFile);
const points = 20 * smallFileChannels;

let portal: ImportPortal;

beforeAll(async () => {
  portal = await startImportPortal({ IMPORT_UPLOAD_MAX_MB: '1' });
});
afterAll(() => portal.close());

function inArea(): Promise<string[]> {
  return readdir(path.join(portal.folder.path, '.uploads')).catch(() => []);
}

async function waiting(): Promise<ImportUpload[]> {
  const { body } = await portal.client.get<ImportUploadList>('/api/imports/uploads');
  return importUploadList.strict().parse(body).uploads;
}

async function actions(action: string): Promise<string[]> {
  const { body } = await portal.client.get<PortalAuditPage>(`/api/audit?action=${action}`);
  return body.events.map(({ summary, account }) => `${account}: ${summary}`);
}

describe('an upload', () => {
  it('shows what an import would do, stores nothing before, and the same after', async () => {
    const { status, body } = await upload(portal.client, 'T302.tsv', text, 'north');
    expect(status).toBe(201);
    const shown = importUpload.strict().parse(body);
    expect(shown).toMatchObject({
      name: 'T302.tsv',
      site: 'north',
      state: 'ready',
      bytes: text.length,
      mapping: null,
      report: {
        status: 'imported',
        format: 'MV_T302_V002',
        device: '02001084',
        rows: 20,
        points,
        warnings: [],
      },
    });
    expect(await portal.dataSource.query('SELECT 1 FROM monitoring.measurement')).toEqual([]);
    expect(await portal.dataSource.query('SELECT 1 FROM monitoring.site')).toEqual([]);
    expect(await waiting()).toEqual([shown]);

    const [file] = await importUploads(portal.client, shown.id);
    expect(file).toMatchObject({ path: 'north/T302.tsv', site: 'north', device: '02001084', points });
    const { report, ...detail } = importFileDetail.strict().parse(await detailOf(portal.client, file?.id));
    expect(detail).toMatchObject({ uploadedBy: 'first@wattfleet.example', hasOriginal: true });
    expect({ ...report, durationMs: 0 }).toEqual({ ...shown.report, durationMs: 0, path: 'north/T302.tsv' });
    expect(await waiting()).toEqual([]);
    expect(await inArea()).toEqual([shown.id]);
    expect(await actions('import.uploaded')).toEqual([
      `first@wattfleet.example: Uploaded T302.tsv (${text.length} bytes)`,
    ]);
    expect(await actions('import.started')).toEqual([
      'first@wattfleet.example: Imported 1 file from the browser: T302.tsv',
    ]);
    const { body: runs } = await portal.client.get<{ runs: unknown[]; total: number }>(
      '/api/imports/runs?trigger=upload',
    );
    expect(runs).toMatchObject({
      total: 1,
      runs: [{ trigger: 'upload', account: 'first@wattfleet.example' }],
    });
  });

  it('of the same bytes is unchanged, and leaves nothing behind', async () => {
    const before = await inArea();
    const { body } = await upload(portal.client, 'again.tsv', text, 'north');
    expect(body.state).toBe('unchanged');
    expect(await importUploads(portal.client, body.id)).toEqual([]);
    // The run has ended by then; it tidies up behind itself.
    await expect.poll(waiting).toEqual([]);
    await expect.poll(inArea).toEqual(before);
  });

  it('is taken for the only site of its device, until somebody says another', async () => {
    const { body } = await upload(portal.client, 'more.tsv', meterFileText({ ...smallFile, rows: 21 }));
    expect(body).toMatchObject({ site: 'north', state: 'ready' });
    const changed = await portal.client.send<ImportUpload>('PATCH', `/api/imports/uploads/${body.id}`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ site: 'south' }),
    });
    expect(changed.body).toMatchObject({ site: 'south', state: 'ready', report: { site: 'south' } });
    await portal.client.send('DELETE', `/api/imports/uploads/${body.id}`);
  });

  it('needs a site before it can be imported', async () => {
    const other = meterFileText({ ...smallFile, masterSerial: '02007777' });
    const { body } = await upload(portal.client, 'new.tsv', other);
    expect(body).toMatchObject({
      site: null,
      state: 'needs-site',
      report: { status: 'imported', site: null },
    });
    const refused = await portal.client.post('/api/imports/uploads/import', { ids: [body.id] });
    expect([refused.status, refused.body.code]).toEqual([409, 'UPLOAD_NOT_READY']);
    expect(refused.body.errors).toEqual([{ path: 'new.tsv', message: 'is needs-site' }]);
    expect((await portal.client.send('DELETE', `/api/imports/uploads/${body.id}`)).status).toBe(204);
    expect((await portal.client.get(`/api/imports/uploads/${body.id}`)).status).toBe(404);
    expect(await inArea()).not.toContain(body.id);
  });

  it('that is no meter file and no table is refused in its preview', async () => {
    const { body } = await upload(
      portal.client,
      'logo.tsv',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 10, 0]),
      'north',
    );
    expect(body).toMatchObject({
      state: 'refused',
      mappable: false,
      report: { status: 'rejected', error: { code: 'METER_FILE_FORMAT_UNKNOWN' } },
    });
    const empty = await upload(portal.client, 'empty.tsv', '', 'north');
    expect(empty.body).toMatchObject({
      state: 'refused',
      mappable: false,
      report: { error: { code: 'METER_FILE_EMPTY' } },
    });
    for (const { id } of await waiting()) await portal.client.send('DELETE', `/api/imports/uploads/${id}`);
  });

  it('is refused when it is too large, whether or not it says so, and leaves nothing behind', async () => {
    const before = await inArea();
    const large = new Uint8Array(1_000_001);
    const answer = await upload(portal.client, 'large.tsv', large, 'north');
    expect([answer.status, answer.body.code]).toEqual([413, 'UPLOAD_TOO_LARGE']);
    const silent = await upload(portal.client, 'large.tsv', streamOf(large), 'north').catch(() => undefined);
    // The rest is not listened to: a sender may find the connection closed before it has read the answer.
    if (silent !== undefined) expect([silent.status, silent.body.code]).toEqual([413, 'UPLOAD_TOO_LARGE']);
    expect(await waiting()).toEqual([]);
    expect(await inArea()).toEqual(before);
  });

  it('has to be the file itself', async () => {
    const { status, body } = await portal.client.post('/api/imports/uploads?name=a.tsv', { file: text });
    expect([status, body.code]).toEqual([400, 'BODY_INVALID']);
    expect((await portal.client.post('/api/imports/uploads/import', { ids: [] })).status).toBe(400);
  });
});

it('an upload that is cancelled while it is imported ends no run', async () => {
  const content = meterFileText({ ...smallFile, start: new Date('2026-08-01T00:00:00Z') });
  const { body } = await upload(portal.client, 'cancelled.tsv', content, 'north');
  // Its bytes are there, its row is not: between the two steps of cancelling it.
  await portal.dataSource.query('DELETE FROM monitoring.import_upload WHERE id = $1', [body.id]);
  const run = await ImportRun.begin(portal.dataSource, {
    trigger: 'upload',
    source: new FileSource(new FolderStore(portal.folder.path)),
    timeZone: 'UTC',
    reportFolder: undefined,
  });
  const { files } = await run.import([
    {
      path: 'north/cancelled.tsv',
      place: { site: 'north' },
      bytes: body.bytes,
      source: `.uploads/${body.id}`,
      uploadId: body.id,
    },
  ]);
  expect(files).toMatchObject([{ status: 'imported', points }]);
  await rm(path.join(portal.folder.path, '.uploads', body.id));
});

describe('the name of an upload', () => {
  it.each([
    '../../etc/passwd',
    String.raw`..\..\boot.ini`,
    '/etc/passwd',
    'folder/T302.tsv',
    '..',
    '.',
    '',
    'a\0b.tsv',
    'a\nb.tsv',
    'a\r\nSet-Cookie: x=1.tsv',
    'invoice\u202Evst.exe',
    'x'.repeat(201),
  ])('is refused when it is %j', async (name) => {
    const before = await inArea();
    const { status, body } = await upload(portal.client, name, text, 'north');
    expect([status, body.code]).toEqual([400, 'BODY_INVALID']);
    expect(body.errors?.[0]?.path).toBe('name');
    expect(await inArea()).toEqual(before);
  });

  it.each(['../../up', 'a/b', '.hidden', 'a\0b', ''])(
    'and its site are data: %j is no site',
    async (site) => {
      const { status, body } = await upload(portal.client, 'a.tsv', text, site);
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'site']);
    },
  );

  it.each([
    'CON',
    'nul.tsv',
    '.htaccess',
    '-rf.tsv',
    '=cmd|calc.tsv',
    '%2e%2e%2f.tsv',
    '北工場.tsv',
    '$(id).tsv',
  ])('may be %j, and is nowhere a path', async (name) => {
    const { status, body } = await upload(portal.client, name, text, 'elsewhere');
    expect([status, body.name]).toEqual([201, name]);
    const names = await readdir(portal.folder.path, { recursive: true });
    expect(names.filter((one) => one.includes(name))).toEqual([]);
    expect(await readFile(path.join(portal.folder.path, '.uploads', body.id), 'utf8')).toBe(text);
    await portal.client.send('DELETE', `/api/imports/uploads/${body.id}`);
  });
});

describe('uploads that nobody imports', () => {
  it('are removed after a day with what a crash has left, and what was imported stays', async () => {
    const { body } = await upload(portal.client, 'forgotten.tsv', `${text}x`, 'north');
    const [imported] = (await inArea()).filter((name) => name !== body.id);
    const stray = path.join(portal.folder.path, '.uploads', '018f0000-0000-7000-8000-000000000000.part');
    await writeFile(stray, 'half');
    const old = new Date(Date.now() - 25 * 3_600_000);
    await utimes(stray, old, old);
    await utimes(path.join(portal.folder.path, '.uploads', imported ?? ''), old, old);
    const expiry = portal.app.get(UploadExpiry);
    expect(await expiry.sweep(new Date())).toBe(1);
    expect(await inArea()).toEqual([imported, body.id]);
    await portal.dataSource.query(
      `UPDATE monitoring.import_upload SET uploaded_at = now() - interval '25 hours'`,
    );
    expect(await expiry.sweep(new Date())).toBe(1);
    expect(await inArea()).toEqual([imported]);
    expect(await waiting()).toEqual([]);
  });
});

function streamOf(bytes: Uint8Array): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}
