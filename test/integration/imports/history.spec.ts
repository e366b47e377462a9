import { rename } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { hash } from 'argon2';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  importChoices,
  importFileSummary,
  type ImportFileSummary,
  type PortalAuditPage,
} from '#libs/contracts';
import { meterFileText } from '../../fixtures/meter-files.js';
import { ApiClient } from '../api-client.js';
import { smallFile } from '../meter-folder.js';
import {
  detailOf,
  filesOf,
  importUploads,
  startImportPortal,
  upload,
  type ImportPortal,
} from './upload-client.js';

const text = meterFileText(smallFile);
/** Rows that a spreadsheet would run, one cut off, and two bad values in a row. */
const bad = ['=1+1', '@SUM(A1)\t1', `04/05/26 09:00:00\tx\ty${'\t1'.repeat(4)}`];

let portal: ImportPortal;

beforeAll(async () => {
  portal = await startImportPortal();
  const { folder } = portal;
  await folder.write('north/02001084/good.tsv');
  await folder.write('north/02001084/bad.tsv', `${text}${bad.join('\n')}\n`);
  await folder.write('south/02002222/other.tsv', { masterSerial: '02002222' });
  await folder.write('top.tsv', { masterSerial: '02003333' });
  await folder.write('south/02002222/broken.tsv', 'nothing of a meter\n');
  const { body } = await portal.client.post<{ runId: string }>('/api/imports/runs');
  await filesOf(portal.client, body.runId);
});
afterAll(() => portal.close());

async function paths(query: string): Promise<string[]> {
  const { status, body } = await portal.client.get<{ files: ImportFileSummary[]; total: number }>(
    `/api/imports/files?${query}`,
  );
  expect(status, query).toBe(200);
  expect(body.total).toBeGreaterThanOrEqual(body.files.length);
  return body.files.map((file) => importFileSummary.strict().parse(file).path).toSorted();
}

async function idOf(file: string): Promise<string> {
  const { body } = await portal.client.get<{ files: ImportFileSummary[] }>(
    `/api/imports/files?q=${encodeURIComponent(file)}`,
  );
  return body.files[0]?.id ?? '';
}

describe('the history of files', () => {
  it.each([
    ['status=rejected', ['south/02002222/broken.tsv', 'top.tsv']],
    ['status=imported,rejected&site=south', ['south/02002222/broken.tsv', 'south/02002222/other.tsv']],
    ['device=02001084', ['north/02001084/bad.tsv', 'north/02001084/good.tsv']],
    ['q=BAD', ['north/02001084/bad.tsv']],
    ['q=%25', []],
    ['problems=true', ['north/02001084/bad.tsv', 'south/02002222/broken.tsv', 'top.tsv']],
    ['from=2100-01-01T00:00:00Z', []],
    ['to=2020-01-01T00:00:00Z', []],
    ['runId=018f0000-0000-7000-8000-000000000000', []],
  ])('is filtered by %s', async (query, expected) => {
    expect(await paths(query)).toEqual(expected);
  });

  it('counts what the filter leaves, over all pages', async () => {
    const { body } = await portal.client.get<{ files: unknown[]; total: number }>(
      '/api/imports/files?status=imported&pageSize=1&page=2',
    );
    expect([body.files.length, body.total]).toEqual([1, 3]);
  });

  it.each(['status=lost', 'from=yesterday', 'page=0', 'pageSize=501', 'runId=1', 'color=red'])(
    'refuses %s',
    async (query) => {
      expect((await portal.client.get(`/api/imports/files?${query}`)).status).toBe(400);
    },
  );

  it('offers what its filters can be set to', async () => {
    const { body } = await portal.client.get('/api/imports/choices');
    expect(importChoices.strict().parse(body)).toEqual({
      sites: ['north', 'south'],
      devices: ['02001084', '02002222'],
    });
  });

  it('lists runs by trigger and period, by pages', async () => {
    const runs = (query: string) =>
      portal.client.get<{ runs: unknown[]; total: number }>(`/api/imports/runs?${query}`);
    expect((await runs('trigger=manual')).body).toMatchObject({
      total: 1,
      runs: [{ account: 'first@wattfleet.example' }],
    });
    expect((await runs('trigger=schedule,command')).body).toEqual({ runs: [], total: 0 });
    expect((await runs('to=2020-01-01T00:00:00Z')).body.total).toBe(0);
    expect((await runs('page=2')).body).toMatchObject({ runs: [], total: 1 });
    expect((await runs('trigger=x')).status).toBe(400);
  });
});

describe('the rejects of a file', () => {
  it('are downloaded by line with the reason, and cells that a spreadsheet would run are escaped', async () => {
    const id = await idOf('bad.tsv');
    const { status, headers, body } = await portal.client.get<string>(`/api/imports/files/${id}/rejects.csv`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="bad-rejected.csv"; filename*=UTF-8''bad-rejected.csv`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const rows: string[][] = parse(body);
    expect(rows).toEqual([
      ['line', 'columns', 'reason', 'raw'],
      ['23', '', '1 column instead of 7', "'=1+1"],
      ['24', '', '2 columns instead of 7', "'@SUM(A1)\t1"],
      ['25', '2 3', '"x" is not a decimal number; "y" is not a decimal number', bad[2]],
    ]);
  });

  it('are not there for a file that was refused as a whole', async () => {
    const { status, body } = await portal.client.get(
      `/api/imports/files/${await idOf('broken.tsv')}/rejects.csv`,
    );
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the original of a file', () => {
  it('is downloaded to the byte, under its name, and never opened by a browser', async () => {
    const { headers, body } = await portal.client.get<string>(
      `/api/imports/files/${await idOf('good.tsv')}/original`,
    );
    expect(body).toBe(text);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toContain('attachment; filename="good.tsv"');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-length')).toBe(String(text.length));
  });

  it('of an upload has the name that it came with, made safe', async () => {
    const { body: one } = await upload(
      portal.client,
      'nul.tsv',
      meterFileText({ ...smallFile, rows: 5 }),
      'north',
    );
    const [file] = await importUploads(portal.client, one.id);
    const { headers } = await portal.client.get(`/api/imports/files/${file?.id}/original`);
    expect(headers.get('content-disposition')).toContain('filename="_nul.tsv"');
  });

  it('is the one of the record where others of its name lie beside it', async () => {
    await portal.folder.write('north/02001084/good.tsv', { rows: 3 });
    const { body } = await portal.client.post<{ runId: string }>('/api/imports/runs');
    const [again] = await filesOf(portal.client, body.runId);
    const download = await portal.client.get<string>(`/api/imports/files/${again?.id}/original`);
    expect(download.body).toBe(meterFileText({ ...smallFile, rows: 3 }));
  });

  it('is gone when somebody has taken it away', async () => {
    const id = await idOf('other.tsv');
    const at = path.join(portal.folder.path, 'south/02002222/parsed/other.tsv');
    await rename(at, `${at}.gone`);
    expect((await detailOf(portal.client, id)).hasOriginal).toBe(false);
    for (const what of ['original', 'rejects.csv']) {
      const { status, body } = await portal.client.get(`/api/imports/files/${id}/${what}`);
      expect([status, body.code]).toEqual([404, 'ORIGINAL_GONE']);
    }
  });

  it('of a path that leads out of the folder is never read', async () => {
    await portal.dataSource.query(
      `UPDATE monitoring.import_file SET path = '../../../../../../etc/passwd' WHERE path LIKE '%other.tsv'`,
    );
    const { status, body } = await portal.client.get(`/api/imports/files/${await idOf('passwd')}/original`);
    expect([status, body.code]).toEqual([404, 'ORIGINAL_GONE']);
  });
});

describe('a refused file', () => {
  it('is tried again for a site that its folder did not name, and moves to what was imported', async () => {
    const id = await idOf('top.tsv');
    expect((await detailOf(portal.client, id)).hasOriginal).toBe(true);
    const { status, body } = await portal.client.post<{ runId: string }>(`/api/imports/files/${id}/retry`, {
      site: 'east',
    });
    expect(status).toBe(202);
    expect(await filesOf(portal.client, body.runId)).toMatchObject([
      { id, path: 'top.tsv', site: 'east', device: '02003333', status: 'imported', errorCode: null },
    ]);
    const files = await portal.folder.files();
    expect(files).toContain('parsed/top.tsv');
    expect(files).not.toContain('error/top.tsv');
    const { body: audit } = await portal.client.get<PortalAuditPage>('/api/audit?action=import.retried');
    expect(audit.events).toMatchObject([
      { subject: 'top.tsv', summary: 'Tried a refused file again for the site east' },
    ]);
    const again = await portal.client.post(`/api/imports/files/${id}/retry`, {});
    expect([again.status, again.body.code]).toEqual([409, 'RETRY_REFUSED']);
  });

  it('stays where it is when it is refused again', async () => {
    const id = await idOf('broken.tsv');
    const { body } = await portal.client.post<{ runId: string }>(`/api/imports/files/${id}/retry`, {});
    expect(await filesOf(portal.client, body.runId)).toMatchObject([{ id, status: 'rejected' }]);
    expect(await portal.folder.files()).toContain('south/02002222/error/broken.tsv');
    expect((await detailOf(portal.client, id)).hasOriginal).toBe(true);
  });
});

describe('a viewer', () => {
  it('reads everything, and changes nothing', async () => {
    const viewer = new ApiClient(portal.url);
    const credentials = { email: 'viewer@wattfleet.example', password: 'only-looks-at-everything' };
    await portal.dataSource.query(
      `INSERT INTO monitoring.account (id, email, role, password_hash) VALUES ($1, $2, 'viewer', $3)`,
      [uuid(), credentials.email, await hash(credentials.password)],
    );
    expect((await viewer.signIn(credentials)).status).toBe(200);
    const id = await idOf('bad.tsv');
    for (const address of [
      'runs',
      'files',
      'choices',
      'uploads',
      'mappings',
      `files/${id}/original`,
      `files/${id}/rejects.csv`,
    ]) {
      expect((await viewer.get(`/api/imports/${address}`)).status, address).toBe(200);
    }
    const refused = [
      await upload(viewer, 'a.tsv', text, 'north'),
      await viewer.post('/api/imports/runs'),
      await viewer.post('/api/imports/uploads/import', { ids: [id] }),
      await viewer.post(`/api/imports/uploads/${id}/sample`, {}),
      await viewer.send('PATCH', `/api/imports/uploads/${id}`),
      await viewer.send('DELETE', `/api/imports/uploads/${id}`),
      await viewer.send('PUT', '/api/imports/mappings'),
      await viewer.send('DELETE', `/api/imports/mappings/${id}`),
      await viewer.post(`/api/imports/files/${id}/retry`, {}),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      refused.map(() => [403, 'ROLE_REFUSED']),
    );
    expect((await upload(new ApiClient(portal.url), 'a.tsv', text)).status).toBe(401);
  });
});
