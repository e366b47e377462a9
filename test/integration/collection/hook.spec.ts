import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api-client.js';
import { MeterFolder } from '../meter-folder.js';
import { startCollecting, type CollectingPortal } from './collecting-portal.js';

const secret = 'a-secret-of-the-hook';
const address = '/api/imports/hooks/sftpgo';

let folder: MeterFolder;
let portal: CollectingPortal;
/** Sends no cookie. */
let sender: ApiClient;

beforeAll(async () => {
  folder = await MeterFolder.create();
  portal = await startCollecting({
    environment: { IMPORT_FOLDER: folder.path, IMPORT_HOOK_SECRET: secret },
  });
  sender = new ApiClient(portal.url);
});
afterAll(() => portal.close());
beforeEach(() => portal.dataSource.query('TRUNCATE monitoring.import_run CASCADE'));

function signed(body: string, ageSeconds = 0, by = secret): Record<string, string> {
  const seconds = Math.round(Date.now() / 1_000) - ageSeconds;
  const digest = createHmac('sha256', by).update(`${seconds}.${body}`).digest('hex');
  return { 'x-wattfleet-signature': `t=${seconds},v1=${digest}` };
}

const bearer = { authorization: `Bearer ${secret}` };

describe('POST /api/imports/hooks/sftpgo', () => {
  it.each([
    ['nothing', {}],
    ['another secret', { authorization: 'Bearer another-secret-altogether' }],
    ['the secret with something behind it', { authorization: `Bearer ${secret}x` }],
    ['a signature by another secret', signed('{}', 0, 'another-secret-altogether')],
    ['a signature of another body', signed('{"other":1}')],
    ['a signature of an hour ago', signed('{}', 3_600)],
    ['a signature from an hour ahead', signed('{}', -3_600)],
    ['half a signature', { 'x-wattfleet-signature': 't=1' }],
    ['a wrong signature beside the secret', { ...bearer, ...signed('{}', 0, 'another-secret-altogether') }],
  ])('refuses %s', async (_what, headers) => {
    const { status, body } = await sender.post(address, '{}', headers);
    expect([status, body.code]).toEqual([401, 'HOOK_REFUSED']);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it.each([
    ['the secret and no body', undefined, bearer],
    ['what SFTPGo writes of a file with any name', `{"virtual_path":"/a "quoted"\nname.tsv"}`, bearer],
    ['a signature', '{"action":"upload"}', signed('{"action":"upload"}')],
    ['a body that is no JSON', 'T302.tsv', { ...bearer, 'content-type': 'text/plain' }],
  ])('takes %s', async (_what, body, headers) => {
    expect((await sender.post(address, body, headers)).status).toBe(202);
  });

  it('takes no body that is too large', async () => {
    const { status, body } = await sender.post(address, 'x'.repeat(100_000), bearer);
    expect([status, body.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  it('makes one run of several that come together, at once', async () => {
    await folder.write('north/02001084/T302.tsv');
    await Promise.all(Array.from({ length: 20 }, () => sender.post(address, '{}', bearer)));
    const finished = async () => (await portal.runs()).filter(({ finishedAt }) => finishedAt !== null);
    await expect
      .poll(finished, { timeout: 20_000 })
      .toMatchObject([{ trigger: 'hook', totals: { imported: 1 } }]);
    expect(await folder.files()).toEqual(['north/02001084/parsed/T302.tsv']);
    await expect.poll(async () => (await portal.source())?.busy).toBe(false);
    expect(await portal.runs()).toHaveLength(1);
  });

  it('is closed where the portal has no secret', async () => {
    const other = await startCollecting({ environment: { IMPORT_FOLDER: folder.path } });
    const { status, body } = await new ApiClient(other.url).post(address, '{}', bearer);
    expect([status, body.code]).toEqual([401, 'HOOK_REFUSED']);
    await other.close();
  });
});
