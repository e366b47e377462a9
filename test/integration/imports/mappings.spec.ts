import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  importMapping,
  uploadSample,
  type ColumnMapping,
  type ImportMapping,
  type ImportUpload,
  type PortalAuditPage,
  type UploadSample,
} from '#libs/contracts';
import {
  importFolder,
  importUploads,
  startImportPortal,
  upload,
  type ImportPortal,
} from './upload-client.js';

const header = 'Time;Hall [kW];Voltage (V)';

/** Four quarters of an hour of a summer day, as a logger in Paris writes them. */
function loggerFile(day: string, first = '1,5'): string {
  const rows = ['00:00', '00:15', '00:30', '00:45'].map(
    (at, index) => `${day}/07/2026 ${at};${index === 0 ? first : '2,5'};230`,
  );
  return [header, ...rows, ''].join('\n');
}

let portal: ImportPortal;

beforeAll(async () => {
  portal = await startImportPortal({ SITE_TIME_ZONE: 'Europe/Paris' });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.dataSource.query(
    'TRUNCATE monitoring.import_upload, monitoring.import_file, monitoring.import_mapping, monitoring.measurement',
  );
});

async function sample(id: string, body: unknown = {}): Promise<UploadSample> {
  const answer = await portal.client.post(`/api/imports/uploads/${id}/sample`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return uploadSample.strict().parse(answer.body);
}

async function change(id: string, body: unknown): Promise<ImportUpload> {
  const { body: changed } = await portal.client.send<ImportUpload>('PATCH', `/api/imports/uploads/${id}`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return changed;
}

function save(body: unknown) {
  return portal.client.send<ImportMapping>('PUT', '/api/imports/mappings', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** In W, of a named logger. */
function inWatts({ values, ...mapping }: ColumnMapping): ColumnMapping {
  const channels = values.channels.map((channel, index) =>
    index === 0 ? { ...channel, unit: 'W', factor: 1_000 } : channel,
  );
  return { ...mapping, device: 'LOGGER-7', values: { ...values, channels } as ColumnMapping['values'] };
}

describe('a table of another maker', () => {
  it('is guessed, mapped, previewed and imported as the preview says', async () => {
    const { body: first } = await upload(portal.client, 'hall.csv', loggerFile('01'), 'north');
    expect(first).toMatchObject({ state: 'needs-mapping', mappable: true });
    const guess = await sample(first.id);
    expect(guess.header).toEqual(['Time', 'Hall [kW]', 'Voltage (V)']);
    expect(guess.table[0]).toEqual({ line: 2, cells: ['01/07/2026 00:00', '1,5', '230'] });
    expect(guess.reading?.rows[0]).toEqual({ time: '2026-06-30T22:00:00.000Z', values: [1.5, 230] });

    const mapping = inWatts(guess.mapping);
    expect((await sample(first.id, { mapping })).reading?.rows[0]?.values).toEqual([1_500, 230]);
    const mapped = await change(first.id, { mapping });
    expect(mapped).toMatchObject({
      state: 'ready',
      mappingName: null,
      report: {
        format: 'CSV',
        device: 'LOGGER-7',
        rows: 4,
        points: 8,
        firstTime: '2026-06-30T22:00:00.000Z',
      },
    });
    const [file] = await importUploads(portal.client, first.id);
    expect(file).toMatchObject({ path: 'north/hall.csv', format: 'CSV', points: 8, device: 'LOGGER-7' });
    const stored: unknown[] = await portal.dataSource.query(
      `SELECT serial, label, channel.name, unit, quantity, slug, site.time_zone, value
       FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id
       JOIN monitoring.device ON device.id = device_id JOIN monitoring.site ON site.id = site_id
       WHERE unit = 'W' ORDER BY time LIMIT 1`,
    );
    expect(stored).toEqual([
      {
        serial: 'LOGGER-7',
        label: 'Ch1',
        name: 'Hall',
        unit: 'W',
        quantity: 'power',
        slug: 'north',
        time_zone: 'Europe/Paris',
        value: 1_500,
      },
    ]);
  });

  it('is read by the mapping that was saved for its header, from then on', async () => {
    const { body: first } = await upload(portal.client, 'july-1.csv', loggerFile('01'), 'north');
    const guess = await sample(first.id);
    const mapping = inWatts(guess.mapping);
    const saved = await save({ name: 'Hall logger', mapping, header: guess.header });
    expect(saved.status).toBe(200);
    importMapping.strict().parse(saved.body);
    const { body: next } = await upload(portal.client, 'july-2.csv', loggerFile('02'), 'north');
    expect(next).toMatchObject({
      state: 'ready',
      mappingName: 'Hall logger',
      mapping,
      report: { points: 8 },
    });
    const { body: other } = await upload(
      portal.client,
      'other.csv',
      loggerFile('03').replace('Hall', 'Hill'),
      'north',
    );
    expect(other).toMatchObject({ state: 'needs-mapping', mapping: null });
    const { body: audit } = await portal.client.get<PortalAuditPage>(
      '/api/audit?action=import-mapping.saved',
    );
    expect(audit.events[0]).toMatchObject({ subject: 'Hall logger', account: 'first@wattfleet.example' });
  });

  it('keeps the mapping that it was imported by when the saved one changes', async () => {
    const { body: first } = await upload(portal.client, 'a.csv', `${loggerFile('01')}never;1;2\n`, 'north');
    const guess = await sample(first.id, {
      dialect: { encoding: 'utf-8', delimiter: ';', skipLines: 0, hasHeader: true },
    });
    const mapping = inWatts({
      ...guess.mapping,
      time: { ...guess.mapping.time, columns: [1], formats: ['DD/MM/YYYY HH:mm'] },
    });
    await save({ name: 'Hall logger', mapping, header: guess.header });
    await change(first.id, { mapping, mappingName: 'Hall logger' });
    const [file] = await importUploads(portal.client, first.id);
    await save({ name: 'Hall logger', mapping: { ...mapping, delimiter: ',' }, header: guess.header });
    const { body: csv } = await portal.client.get<string>(`/api/imports/files/${file?.id}/rejects.csv`);
    expect(csv).toContain('never;1;2');
  });

  it('says by line and column what a mapping cannot read', async () => {
    const { body: one } = await upload(portal.client, 'a.csv', loggerFile('01', 'n/a'), 'north');
    const { mapping } = await sample(one.id);
    const { report } = await change(one.id, { mapping: { ...mapping, device: 'LOGGER-7' } });
    expect(report.problems).toEqual([
      { line: 2, column: 2, kind: 'value', reason: '"n/a" is not a decimal number' },
    ]);
    const without = await change(one.id, { mapping: { ...mapping, device: 'LOGGER-7', noValue: ['n/a'] } });
    expect(without.report).toMatchObject({ problems: [], points: 7, rejectedValues: 0 });
    const wrong = await sample(one.id, {
      mapping: {
        ...mapping,
        values: {
          ...mapping.values,
          channels: [{ column: 9, label: 'Ch1', name: '', unit: 'W', factor: 1 }],
        },
      },
    });
    expect(wrong.reading?.error).toMatchObject({ code: 'METER_FILE_HEADER_INVALID' });
  });

  it('can be read as a meter file again', async () => {
    const { body: one } = await upload(portal.client, 'a.csv', loggerFile('01'), 'north');
    const { mapping } = await sample(one.id);
    await change(one.id, { mapping: { ...mapping, device: 'LOGGER-7' } });
    expect(await change(one.id, { mapping: null })).toMatchObject({ state: 'needs-mapping', mapping: null });
  });
});

describe('collected files that a mapping reads', () => {
  const paths = () => portal.folder.files().then((files) => files.filter((file) => !file.startsWith('.')));

  async function saved(files: string | null): Promise<void> {
    const { body: one } = await upload(portal.client, 'a.csv', loggerFile('01'), 'north');
    const { mapping, header: cells } = await sample(one.id);
    const body = { name: 'Hall logger', mapping: inWatts(mapping), header: cells, files };
    expect((await save(body)).body).toMatchObject({ files });
  }

  it('are imported without anybody, by the device of the mapping', async () => {
    await saved('hall/logger-?/*.csv');
    await portal.folder.write('hall/logger-7/day 1.csv', loggerFile('05', 'never'));
    await portal.folder.write('hall/logger-7/notes.txt', loggerFile('06'));
    await portal.folder.write('elsewhere/logger-7/day 1.csv', loggerFile('07'));
    const [file, ...others] = await importFolder(portal.client);
    expect(others).toEqual([]);
    expect(file).toMatchObject({
      path: 'hall/logger-7/day 1.csv',
      status: 'imported',
      site: 'hall',
      device: 'logger-7',
      format: 'CSV',
      points: 7,
    });
    expect(await paths()).toEqual([
      'elsewhere/logger-7/day 1.csv',
      'hall/logger-7/notes.txt',
      'hall/logger-7/parsed/day 1.csv',
    ]);
    // What it was read by is kept with it.
    await saved(null);
    const { body: csv } = await portal.client.get<string>(`/api/imports/files/${file?.id}/rejects.csv`);
    expect(csv).toContain('never;230');
  });

  it('are of the mapping’s device where the pattern names the folder', async () => {
    await saved('hall/inbox/*.csv');
    await portal.folder.write('hall/inbox/day 2.csv', loggerFile('08'));
    expect(await importFolder(portal.client)).toMatchObject([{ status: 'imported', device: 'LOGGER-7' }]);
  });

  it('wait when no mapping reads them any more, and a pattern that is not given stays', async () => {
    await saved('hall/inbox/*.csv');
    const { body: list } = await portal.client.get<{ mappings: ImportMapping[] }>('/api/imports/mappings');
    const [{ name, mapping, header: cells } = { name: '', mapping: undefined, header: [] }] = list.mappings;
    expect((await save({ name, mapping, header: cells })).body).toMatchObject({ files: 'hall/inbox/*.csv' });
    await saved(null);
    await portal.folder.write('hall/inbox/day 3.csv', loggerFile('09'));
    expect(await importFolder(portal.client)).toEqual([]);
  });

  it.each(['*.csv', '/hall/x/*.csv', 'hall/../x.csv', 'hall/**/x.csv', 'hall/x/{a,b}.csv', 'a/b/c/*.csv'])(
    'are not named by %s',
    async (files) => {
      const { body: one } = await upload(portal.client, 'a.csv', loggerFile('01'), 'north');
      const { mapping } = await sample(one.id);
      const { status, body } = await portal.client.send('PUT', '/api/imports/mappings', {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'x', header: [], mapping: inWatts(mapping), files }),
      });
      expect([status, body.errors?.map(({ path }) => path)]).toEqual([400, ['files']]);
    },
  );
});

describe('a mapping', () => {
  async function refused(edit: (mapping: ColumnMapping) => unknown) {
    const { body: one } = await upload(portal.client, 'a.csv', loggerFile('01'), 'north');
    const { mapping } = await sample(one.id);
    const { status, body } = await portal.client.send('PUT', '/api/imports/mappings', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x', header: [], mapping: edit({ ...mapping, device: 'A' }) }),
    });
    expect([status, body.code]).toEqual([400, 'BODY_INVALID']);
    return body.errors?.map(({ path }) => path);
  }

  it('names the fields that are wrong', async () => {
    expect(await refused((mapping) => ({ ...mapping, device: '../x' }))).toEqual(['mapping.device']);
    expect(
      await refused((mapping) => ({ ...mapping, time: { ...mapping.time, formats: ['DD/MM'] } })),
    ).toEqual(['mapping.time.formats.0']);
    expect(
      await refused((mapping) => ({ ...mapping, time: { ...mapping.time, timeZone: 'Mars/Base' } })),
    ).toEqual(['mapping.time.timeZone']);
    const twice = [1, 2].map(() => ({ column: 2, label: 'Ch1', name: '', unit: 'W', factor: 1 }));
    expect(await refused((mapping) => ({ ...mapping, values: { layout: 'wide', channels: twice } }))).toEqual(
      ['mapping.values.channels.1.column', 'mapping.values.channels.1.label'],
    );
    const zero = [{ column: 2, label: 'a\0b', name: '', unit: 'W', factor: 0 }];
    expect(await refused((mapping) => ({ ...mapping, values: { layout: 'wide', channels: zero } }))).toEqual([
      'mapping.values.channels.0.label',
      'mapping.values.channels.0.factor',
    ]);
  });

  it('is listed by name, replaced by name, and removed', async () => {
    const { body: one } = await upload(portal.client, 'a.csv', loggerFile('01'), 'north');
    const { mapping, header: cells } = await sample(one.id);
    const body = { mapping: { ...mapping, device: 'A' }, header: cells };
    for (const name of ['beta', 'Alpha', 'beta']) await save({ ...body, name });
    const { body: list } = await portal.client.get<{ mappings: ImportMapping[] }>('/api/imports/mappings');
    expect(list.mappings.map(({ name }) => name)).toEqual(['Alpha', 'beta']);
    const id = list.mappings[0]?.id;
    expect((await portal.client.send('DELETE', `/api/imports/mappings/${id}`)).status).toBe(204);
    expect((await portal.client.send('DELETE', `/api/imports/mappings/${id}`)).status).toBe(404);
    const { body: audit } = await portal.client.get<PortalAuditPage>(
      '/api/audit?action=import-mapping.removed',
    );
    expect(audit.events).toMatchObject([{ subject: 'Alpha' }]);
  });
});
