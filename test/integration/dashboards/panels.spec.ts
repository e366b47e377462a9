import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import type { SiteEnergy } from '#libs/contracts';
import { timescaleLicence } from '#libs/database';
import { ApiClient } from '../api-client.js';
import { startQuietPortal } from '../push/pushing-portal.js';
import type { RunningApp } from '../running-app.js';
import { createTestDatabase, runPolicies, type TestDatabase } from '../test-database.js';
import { asReader } from './as-reader.js';
import { expandMacros } from './macros.js';
import { expectShape } from './panel-shape.js';
import { samplesRead } from './samples-read.js';
import { insertMeasuredSites, type MeasuredSites } from './measured-sites.js';
import { portalDashboards, type PanelJson, type Row } from './panel-files.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const days = 45;

let database: TestDatabase;
let portal: RunningApp;
let dataSource: DataSource;
let sites: MeasuredSites;
let hasRollups: boolean;
const withoutRollups = 'the Apache edition of TimescaleDB has plain views';

beforeAll(async () => {
  database = await createTestDatabase();
  portal = await startQuietPortal(database);
  ({ dataSource } = portal);
  // Whole buckets that the policies have materialised: what a range reads of samples then is what it asks for.
  const newest = new Date(Math.floor(Date.now() / hourMs) * hourMs - 3 * hourMs);
  sites = await insertMeasuredSites(dataSource, newest, days);
  hasRollups = (await timescaleLicence(dataSource)) !== 'apache';
  await runPolicies({ dataSource });
}, 180_000);
afterAll(async () => {
  await portal.close();
  await database.drop();
});

const ranges = { hours: 6 * hourMs, days: 5 * dayMs, weeks: 20 * dayMs, months: 40 * dayMs };

function sqlOf(rawSql: string, rangeMs: number, of: readonly string[]): string {
  const { newest } = sites;
  return expandMacros(rawSql, {
    from: new Date(newest.getTime() - rangeMs),
    to: newest,
    variables: { site: of, nominal: ['230'] },
  });
}

function ask(rawSql: string, rangeMs: number, of: readonly string[]): Promise<Row[]> {
  return asReader(dataSource, (reader) => reader.query(sqlOf(rawSql, rangeMs, of)));
}

const panels = Object.entries(portalDashboards).flatMap(([name, dashboard]) =>
  dashboard.panels.map((panel) => [`${name}: ${panel.title}`, panel, name] as const),
);

const shownOf = (dashboard: string) =>
  dashboard === 'site' ? [sites.north] : [sites.north, sites.kathmandu, sites.empty];

describe.each(panels)('%s', (_, panel, dashboard) => {
  it('has a unit, a description and the data source of the stack', () => {
    expect(panel.fieldConfig.defaults.unit).toMatch(/^\w+$/);
    expect(panel.description).not.toBe('');
    expect(panel.targets.length).toBeGreaterThan(0);
    expect(panel.targets.map(({ datasource }) => datasource.uid)).toEqual(
      panel.targets.map(() => 'timescaledb'),
    );
  });

  it.each(Object.entries(ranges))('answers what Grafana can draw, of %s', async (_range, rangeMs) => {
    for (const { rawSql, format } of panel.targets) {
      const rows = await ask(rawSql, rangeMs, shownOf(dashboard));
      expect(rows.length).toBeGreaterThan(0);
      expectShape(rows, format);
    }
  });

  it('answers a site without anything, too', async () => {
    for (const { rawSql, format } of panel.targets) {
      const rows = await ask(rawSql, ranges.days, [sites.empty]);
      expectShape(rows, format, false);
    }
  });

  it('answers where no site is there to be chosen', async () => {
    for (const { rawSql } of panel.targets) {
      await expect(ask(rawSql, ranges.days, [])).resolves.toBeInstanceOf(Array);
    }
  });

  it('reads rollups in long ranges, and of samples only the newest', async (test) => {
    test.skip(!hasRollups, withoutRollups);
    for (const { rawSql } of panel.targets) {
      const read = await samplesRead(dataSource, sqlOf(rawSql, ranges.weeks, shownOf(dashboard)));
      expect(read).toBeLessThanOrEqual(newestSamples);
    }
  });
});

/** Of six channels up to 60 newest samples, which tell their period, and the one that is newest. */
const newestSamples = 6 * 61;

function panelOf(dashboard: keyof typeof portalDashboards, title: string): PanelJson {
  const panel = portalDashboards[dashboard].panels.find((candidate) => candidate.title.startsWith(title));
  if (panel === undefined) throw new Error(`there is no panel ${title}`);
  return panel;
}

const askPanel = (title: string, rangeMs: number, site: string, target = 0) =>
  ask(panelOf('site', title).targets[target]?.rawSql ?? '', rangeMs, [site]);

describe('the figures of a site', () => {
  it.each([
    ['north', ranges.days],
    ['north', ranges.months],
    ['kathmandu', ranges.days],
    ['kathmandu', ranges.months],
  ] as const)('are those of the portal’s own page: %s', async (name, rangeMs) => {
    const { newest } = sites;
    const from = new Date(newest.getTime() - rangeMs).toISOString();
    const client = await ApiClient.signedIn(portal.url);
    const query = `from=${from}&to=${newest.toISOString()}`;
    const { body } = await client.get<SiteEnergy>(`/api/sites/${sites[name]}/energy?${query}`);
    const [energy] = await askPanel('Energy', rangeMs, sites[name]);
    expect(energy?.['Energy']).toBeCloseTo(body.energyWh ?? Number.NaN, 0);
    const [completeness] = await askPanel('Completeness', rangeMs, sites[name]);
    expect(completeness?.['Completeness']).toBeCloseTo(body.completeness, 3);
    const perDay = await askPanel('Energy per day', rangeMs, sites[name]);
    expect(perDay.map(({ value }) => Math.round(Number(value)))).toEqual(
      body.days.map(({ energyWh }) => Math.round(energyWh)),
    );
    const coverage = await askPanel('Completeness per day', rangeMs, sites[name]);
    expect(coverage.map(({ value }) => Number(value))).toEqual(
      body.days.map((day) => expect.closeTo(day.coverage, 3) as number),
    );
  });

  it.each(['north', 'kathmandu'] as const)(
    'have a load profile as the portal’s, though channels are missing for hours: %s',
    async (name) => {
      const { newest } = sites;
      const from = new Date(newest.getTime() - ranges.months).toISOString();
      const client = await ApiClient.signedIn(portal.url);
      const query = `from=${from}&to=${newest.toISOString()}`;
      const { body } = await client.get<SiteEnergy>(`/api/sites/${sites[name]}/energy?${query}`);
      const profile = await askPanel('Load profile', ranges.months, sites[name]);
      expect(profile.map((row) => row['Hour'])).toEqual(
        Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
      );
      const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
      for (const [day, hours] of body.profile.entries()) {
        for (const [hour, power] of hours.entries()) {
          const shown = profile[hour]?.[weekdays[day] ?? ''] ?? null;
          if (power === null) expect(shown).toBeNull();
          // The page takes quarters of an hour where the zone asks for them.
          else expect(Math.abs(Number(shown) / power - 1)).toBeLessThan(0.03);
        }
      }
    },
  );

  it('say what is drawn now: the newest quarter of an hour, whatever the range', async () => {
    const { newest } = sites;
    const [now] = await askPanel('Power', ranges.weeks, sites.north);
    const [{ power }]: [{ power: number }] = await dataSource.query(
      `SELECT sum(CASE unit WHEN 'kW' THEN 1000 ELSE 1 END * value) AS power
       FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id
       WHERE unit IN ('W', 'kW') AND time = $1`,
      [new Date(newest.getTime() - 600_000)],
    );
    expect(now).toEqual({ Power: expect.closeTo(power, 6) });
  });

  it('add up phases, and leave out what has none', async () => {
    const rows = await askPanel('Power by phase', ranges.days, sites.north);
    expect(new Set(rows.map(({ metric }) => metric))).toEqual(new Set(['02001084 L1', '02001084 L2']));
    const channels = await askPanel('Power by channel', ranges.days, sites.north);
    expect(new Set(channels.map(({ metric }) => metric))).toEqual(
      new Set(['02001084 Ch1 Ph 1', '02001084 Ch2 Ph 2', '02001084 Ch3 Voie3']),
    );
    // In watts, whatever the channel's unit.
    const third = channels.filter(({ metric }) => metric === '02001084 Ch3 Voie3');
    expect(Number(third[0]?.['value'])).toBeGreaterThan(1_000);
  });

  it('show six hours without samples as a gap', async () => {
    for (const rangeMs of [ranges.days, 2 * dayMs]) {
      const rows = await askPanel('Power by channel', rangeMs, sites.north);
      expect(rows.filter(({ value }) => value === null)).toHaveLength(3);
    }
  });

  it('draw the band of EN 50160, and say how much lies within', async () => {
    const band = await askPanel('Voltage', ranges.days, sites.north);
    expect(Object.keys(band[0] ?? {})).toEqual(['Within the band']);
    // The second phase swings up to 255 V.
    expect(band[0]?.['Within the band']).toBeGreaterThan(0.85);
    expect(band[0]?.['Within the band']).toBeLessThan(0.97);
    const voltage = portalDashboards.site.panels.find(({ title }) => title === 'Voltage');
    const limits = await ask(voltage?.targets[1]?.rawSql ?? '', ranges.days, [sites.north]);
    expect(limits.map(({ value }) => Math.round(Number(value)))).toEqual([207, 253, 207, 253]);
  });
});

describe('a line', () => {
  it.for(['Power by channel', 'Power by phase', 'Voltage'])(
    'is drawn from rollups alone in a long range: %s',
    async (title, test) => {
      test.skip(!hasRollups, withoutRollups);
      const panel = portalDashboards.site.panels.find((candidate) => candidate.title === title);
      const sql = panel?.targets[0]?.rawSql ?? '';
      for (const rangeMs of [ranges.days, ranges.weeks]) {
        expect(await samplesRead(dataSource, sqlOf(sql, rangeMs, [sites.north]))).toBe(0);
      }
    },
  );

  it('is drawn from samples in a short one', async () => {
    const sql = panelOf('site', 'Power by channel').targets[0]?.rawSql ?? '';
    expect(await samplesRead(dataSource, sqlOf(sql, ranges.hours, [sites.north]))).toBeGreaterThan(100);
  });
});

describe('imports', () => {
  const askImports = (title: string) =>
    ask(panelOf('imports', title).targets[0]?.rawSql ?? '', ranges.weeks, []);

  it('are listed by run, with what became of its files', async () => {
    const runs = await askImports('Runs');
    expect(runs).toHaveLength(15);
    expect(runs[0]).toMatchObject({ Files: 2, 'Refused files': 1, Rows: 288, Duration: 2.5 });
  });

  it('have the newest delivery of every device that is watched', async () => {
    expect(await askImports('Newest file')).toMatchObject([{ Site: 'North', Device: '02001084' }]);
    await dataSource.query('UPDATE monitoring.device SET watched = false');
    expect(await askImports('Newest file')).toEqual([]);
    await dataSource.query('UPDATE monitoring.device SET watched = true');
  });
});

describe('what has the name of another', () => {
  it('is told apart by slug and serial number', async () => {
    await asReader(dataSource, async (manager) => {
      await manager.query('RESET ROLE');
      await manager.query(
        `UPDATE monitoring.site SET name = CASE slug WHEN 'north' THEN 'Plant' ELSE 'plant' END`,
      );
      await manager.query(`UPDATE monitoring.device SET display_name = 'Main'`);
      await manager.query(
        `INSERT INTO monitoring.device (uid, site_id, serial, display_name)
         SELECT gen_random_uuid(), id, 'second', 'Main' FROM monitoring.site WHERE slug = 'north'`,
      );
      const names: unknown = await manager.query('SELECT name FROM grafana.site ORDER BY slug');
      expect(names).toEqual(
        ['plant (empty)', 'plant (kathmandu)', 'Plant (north)'].map((name) => ({ name })),
      );
      const devices: unknown = await manager.query(
        'SELECT DISTINCT site_name COLLATE "C" AS site_name, device_name FROM grafana.channel ORDER BY 1',
      );
      expect(devices).toEqual([
        { site_name: 'Plant (north)', device_name: 'Main 02001084' },
        { site_name: 'plant (kathmandu)', device_name: 'Main' },
      ]);
    });
  });
});

describe('the choice of sites', () => {
  it('names each by its uid, and leaves out what is archived', async () => {
    await dataSource.query(`UPDATE monitoring.site SET archived_at = now() WHERE slug = 'empty'`);
    const [variable] = portalDashboards.portfolio.templating.list;
    const rows = await asReader(dataSource, (reader) => reader.query(String(variable?.query)));
    expect(rows).toEqual([
      { __text: 'Kathmandu', __value: sites.kathmandu },
      { __text: 'North', __value: sites.north },
    ]);
  });
});
