import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelDetail, DeviceDetail } from '#libs/contracts';
import { CataloguePortal } from './catalogue-client.js';

let portal: CataloguePortal;

beforeAll(async () => {
  portal = await CataloguePortal.start();
});
beforeEach(() => portal.clearOutbox());
afterAll(() => portal.close());

async function device(serial: string): Promise<DeviceDetail> {
  const found = (await portal.site()).devices.find((one) => one.serial === serial);
  if (found === undefined) throw new Error(`no device ${serial}`);
  return found;
}

describe('a device', () => {
  it('is created under a master, pushed and recorded', async () => {
    const site = await portal.site();
    const master = await device('02001084');
    const body = { serial: 'M-9', name: 'Cold room', masterId: master.id, externalId: 'dev-9' };
    expect((await portal.send('POST', `/api/sites/${site.id}/devices`, body)).status).toBe(201);
    expect(await device('M-9')).toMatchObject({
      name: 'Cold room',
      masterSerial: '02001084',
      externalId: 'dev-9',
      lastTime: null,
      channels: [],
    });
    expect(await portal.outbox()).toEqual(['catalogue 1']);
    expect((await portal.audit()).at(-1)).toBe(
      'device.created device north/M-9: Created as a slave of 02001084',
    );
  });

  it('stands under its master in the list', async () => {
    expect((await portal.site()).devices.map(({ serial, masterSerial }) => [serial, masterSerial])).toEqual([
      ['02001084', null],
      ['04002211', '02001084'],
      ['M-9', '02001084'],
    ]);
  });

  it('shows when it was last seen, and the power of its channels then', async () => {
    const { lastTime, lastPowerW, channels } = await device('04002211');
    expect(lastTime).toBe('2026-05-04T03:10:00.000Z');
    const power = channels.reduce((sum, { lastValue }) => sum + (lastValue ?? 0), 0);
    expect(lastPowerW).toBeCloseTo(power, 6);
    expect((await portal.site()).lastPowerW).toBeGreaterThan(lastPowerW ?? 0);
  });

  it('moves away from its master, and a meter file does not move it back', async () => {
    const { id } = await device('04002211');
    expect((await portal.send('PATCH', `/api/devices/${id}`, { masterId: null })).status).toBe(204);
    expect(await portal.outbox()).toEqual(['catalogue 1']);
    await portal.import();
    expect((await device('04002211')).masterSerial).toBeNull();
    expect(await portal.audit()).toContain(
      'device.edited device north/04002211: Changed master "02001084" → none',
    );
  });

  it('is refused as a slave of what is none of its masters', async () => {
    const [meter, module, slave] = await Promise.all(['02001084', '04002211', 'M-9'].map(device));
    const refusals: [id: string | undefined, masterId: string | undefined, message: string][] = [
      [module?.id, '018f0000-0000-7000-8000-000000000000', 'is no device of this site'],
      [module?.id, module?.id, 'is the device itself'],
      [module?.id, slave?.id, 'is a slave module itself'],
      [meter?.id, module?.id, 'must stay empty: the device has slave modules'],
    ];
    for (const [id, masterId, message] of refusals) {
      const { status, body } = await portal.send('PATCH', `/api/devices/${id ?? ''}`, { masterId });
      expect([status, body.errors]).toEqual([400, [{ path: 'masterId', message }]]);
    }
  });

  it('keeps serial number and external id to itself', async () => {
    const { id } = await device('M-9');
    const taken = await portal.send('PATCH', `/api/devices/${id}`, { serial: '02001084' });
    expect([taken.status, taken.body.errors?.[0]?.path]).toEqual([409, 'serial']);
    const other = await device('04002211');
    const same = await portal.send('PATCH', `/api/devices/${other.id}`, { externalId: 'dev-9' });
    expect([same.status, same.body.errors?.[0]?.path]).toEqual([409, 'externalId']);
  });

  it('is deleted, and recorded', async () => {
    const { id } = await device('M-9');
    expect((await portal.send('DELETE', `/api/devices/${id}`)).status).toBe(204);
    expect((await portal.audit()).at(-1)).toBe(
      'device.deleted device north/M-9: Deleted, in all 1 device and 0 channels',
    );
    expect(await portal.outbox()).toEqual(['deletion 1']);
  });
});

describe('a channel', () => {
  async function channel(label = 'U1'): Promise<ChannelDetail> {
    const found = (await device('02001084')).channels.find((one) => one.label === label);
    if (found === undefined) throw new Error(`no channel ${label}`);
    return found;
  }
  const edit = async (change: unknown, label?: string) =>
    portal.send('PATCH', `/api/channels/${(await channel(label)).id}`, change);

  it('has its sample period from its samples until somebody sets it', async () => {
    expect(await channel()).toMatchObject({ samplePeriodSeconds: 600, samplePeriodFrom: 'data' });
    expect((await edit({ samplePeriodSeconds: 60 })).status).toBe(204);
    expect(await channel()).toMatchObject({ samplePeriodSeconds: 60, samplePeriodFrom: 'hand' });
    expect(await portal.outbox()).toEqual([]);
    await edit({ samplePeriodSeconds: null });
    expect(await channel()).toMatchObject({ samplePeriodSeconds: 600, samplePeriodFrom: 'data' });
  });

  it('has a display name that meter files leave alone, until it is given back to them', async () => {
    expect((await edit({ name: 'Main feed', externalId: 'ch-1' })).status).toBe(204);
    await portal.import();
    expect(await channel()).toMatchObject({ name: 'Main feed', meterName: 'Ph 1', externalId: 'ch-1' });
    await edit({ name: null });
    expect(await channel()).toMatchObject({ name: 'Ph 1' });
    expect((await portal.audit()).slice(-2)).toEqual([
      'channel.edited channel north/02001084/U1: Changed name "Ph 1" → "Main feed", external id none → "ch-1"',
      'channel.edited channel north/02001084/U1: Changed name "Main feed" → "Ph 1"',
    ]);
  });

  it('has a quantity that meter files leave alone once it was chosen', async () => {
    await edit({ quantity: 'line voltage' });
    await portal.import();
    expect(await channel()).toMatchObject({ quantity: 'line voltage', unit: 'V' });
  });

  it('takes the quantity of its new unit', async () => {
    await edit({ unit: 'kV' }, 'U2');
    expect(await channel('U2')).toMatchObject({ unit: 'kV', quantity: 'voltage' });
    await edit({ unit: 'A', label: 'I2' }, 'U2');
    expect(await channel('I2')).toMatchObject({ unit: 'A', quantity: 'current' });
    const { status, body } = await edit({ label: 'U1', unit: 'V' }, 'I2');
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([409, 'CATALOGUE_CONFLICT', 'label']);
  });

  it('is created by hand', async () => {
    const { id } = await device('02001084');
    const body = { label: 'E1', unit: 'kWh', externalId: 'ch-7' };
    expect((await portal.send('POST', `/api/devices/${id}/channels`, body)).status).toBe(201);
    expect(await channel('E1')).toMatchObject({
      name: 'E1',
      quantity: 'energy',
      samplePeriodSeconds: null,
      lastTime: null,
    });
    expect(await portal.outbox()).toEqual(['catalogue 1']);
    const viewer = await portal.as('viewer', () => portal.send('POST', `/api/devices/${id}/channels`, body));
    expect(viewer.status).toBe(403);
  });

  it('is deleted, and recorded', async () => {
    const { id } = await channel('E1');
    expect((await portal.send('DELETE', `/api/channels/${id}`)).status).toBe(204);
    expect((await portal.audit()).at(-1)).toBe(
      'channel.deleted channel north/02001084/E1: Deleted with its measurements',
    );
  });
});
