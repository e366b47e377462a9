import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CataloguePortal } from './catalogue-client.js';

const address = '/api/settings/import-policy';

let portal: CataloguePortal;

beforeAll(async () => {
  portal = await CataloguePortal.start();
});
afterAll(() => portal.close());

describe('the policy for unknown devices', () => {
  it('is to create them', async () => {
    expect((await portal.client.get(address)).body).toEqual({ unknownDevices: 'create' });
  });

  it('rejects a file, naming exactly the devices that are unknown', async () => {
    expect((await portal.send('PUT', address, { unknownDevices: 'reject' })).status).toBe(200);
    const { files } = await portal.import('east', '02009999');
    expect(files).toMatchObject([
      { status: 'rejected', error: { code: 'IMPORT_DEVICES_UNKNOWN' }, points: 0 },
    ]);
    expect(files[0]?.error?.message).toContain(': east/02009999, east/04002211');
    const other = await portal.import('north', '02009999');
    expect(other.files[0]?.error?.message.endsWith(': north/02009999')).toBe(true);
    expect((await portal.site()).devices.map(({ serial }) => serial)).toEqual(['02001084', '04002211']);
  });

  it('takes files of devices that are known', async () => {
    expect((await portal.import()).files[0]?.status).toBe('imported');
    const { id } = await portal.site();
    await portal.send('POST', `/api/sites/${id}/devices`, { serial: '02009999' });
    expect((await portal.import('north', '02009999')).files[0]?.status).toBe('imported');
  });

  it('is for admins to change, and recorded', async () => {
    const body = { unknownDevices: 'create' };
    for (const role of ['viewer', 'editor'] as const) {
      expect((await portal.as(role, () => portal.send('PUT', address, body))).status).toBe(403);
    }
    expect((await portal.as('viewer', () => portal.client.get(address))).status).toBe(200);
    expect((await portal.send('PUT', address, body)).status).toBe(200);
    expect((await portal.send('PUT', address, body)).status).toBe(200);
    expect((await portal.audit()).filter((line) => line.startsWith('settings'))).toEqual([
      'settings.changed import policy: Unknown devices: create → reject',
      'settings.changed import policy: Unknown devices: reject → create',
    ]);
    expect((await portal.send('PUT', address, { unknownDevices: 'ignore' })).status).toBe(400);
  });
});
