import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteDashboardUid, type DashboardList } from '#libs/contracts';
import { DashboardFolder } from '../../../apps/portal/src/dashboards/dashboard-folder.js';
import { SiteDashboards } from '../../../apps/portal/src/dashboards/site-dashboards.service.js';
import { ApiClient } from '../api-client.js';
import { startQuietPortal } from '../push/pushing-portal.js';
import type { RunningApp } from '../running-app.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';
import type { DashboardJson } from './panel-files.js';

let database: TestDatabase;
let folder: string;
let portal: RunningApp;
let client: ApiClient;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dashboards-'));
  database = await createTestDatabase();
  await start();
});
afterAll(async () => {
  await portal.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  portal = await startQuietPortal(database, { GRAFANA_DASHBOARDS_DIR: folder });
  client = await ApiClient.signedIn(portal.url);
  await settled();
}

const settled = () => portal.app.get(SiteDashboards).settled();

/** As an import of another process does: nobody is told. */
async function look(): Promise<void> {
  portal.app.get(SiteDashboards).wake();
  await settled();
}

let count = 0;

/** The slug is made one of its own, the name is as it is. */
async function addSite(
  name: string,
  timeZone = 'Africa/Johannesburg',
  slug = `site-${(count += 1)}`,
): Promise<string> {
  const { body, status } = await client.post<{ id: string }>('/api/sites', { slug, name, timeZone });
  expect(status).toBe(201);
  await settled();
  return body.id;
}

const fileOf = (id: string) => path.join(folder, `${siteDashboardUid(id)}.json`);
const dashboardOf = (id: string) => JSON.parse(readFileSync(fileOf(id), 'utf8')) as DashboardJson;

describe('a site', () => {
  it('has its dashboard from its beginning, under a uid of its own, in its time zone', async () => {
    const id = await addSite('North plant');
    const dashboard = dashboardOf(id);
    expect(dashboard).toMatchObject({ title: 'North plant', timezone: 'Africa/Johannesburg' });
    expect(dashboard.uid).toBe(siteDashboardUid(id));
    expect(dashboard.uid.length).toBeLessThanOrEqual(40);
    expect(dashboard.templating.list).toMatchObject([
      { name: 'site', type: 'constant', query: id, skipUrlSync: true },
      { name: 'time_zone', type: 'constant', query: 'Africa/Johannesburg' },
      { name: 'nominal' },
    ]);
    expect(statSync(fileOf(id)).mode & 0o777).toBe(0o644);
  });

  it('keeps it when it is renamed, with the new name, and loses it when it goes', async () => {
    const id = await addSite('North', 'UTC', 'to-go');
    const before = dashboardOf(id).uid;
    await client.send('PATCH', `/api/sites/${id}`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Far "north"', timeZone: 'UTC' }),
    });
    await settled();
    expect(dashboardOf(id)).toMatchObject({ uid: before, title: 'Far "north"', timezone: 'UTC' });
    expect((await client.send('DELETE', `/api/sites/${id}?confirm=to-go`)).status).toBe(204);
    await settled();
    expect(existsSync(fileOf(id))).toBe(false);
  });

  it('keeps it in the archive, marked', async () => {
    const id = await addSite('North');
    await client.post(`/api/sites/${id}/archive`);
    await settled();
    expect(dashboardOf(id).tags).toContain('archived');
  });

  it('may have any name: it is JSON, and no part of a path', async () => {
    const name = `../"</script> \${x} $__interval {{y}} \\ é`;
    const id = await addSite(name);
    expect(dashboardOf(id).title).toBe(name);
    expect(readdirSync(folder).filter((file) => !/^site-[0-9a-f]{32}\.json$/.test(file))).toEqual([]);
  });

  it('that an import or another process makes has one with the next look', async () => {
    const before = readdirSync(folder).length;
    await portal.dataSource.query(
      `INSERT INTO monitoring.site (uid, slug, name, time_zone) VALUES (gen_random_uuid(), 'mkdir', 'mkdir', 'UTC')`,
    );
    await look();
    expect(readdirSync(folder)).toHaveLength(before + 1);
  });

  it('shares its title with no other, as Grafana wants it', async () => {
    const ids = [
      await addSite('Plant', 'UTC', 'a'),
      await addSite('plant', 'UTC', 'b'),
      await addSite('Other'),
      await addSite('plant (b)'),
    ];
    const titles = ids.map((id) => dashboardOf(id).title.toLowerCase());
    expect(new Set(titles).size).toBe(4);
    expect(dashboardOf(ids[0] ?? '').title).toBe('Plant (a)');
  });
});

describe('the folder', () => {
  it('is brought up to date at a start, and left alone when it is', async () => {
    const id = await addSite('North');
    const gone = path.join(folder, `site-${'0'.repeat(32)}.json`);
    const text = readFileSync(fileOf(id), 'utf8');
    await portal.close();
    writeFileSync(gone, '{}');
    writeFileSync(fileOf(id), 'half a fi');
    writeFileSync(path.join(folder, 'mine.json'), '{}');
    const leftOver = `${fileOf(id)}.1234`;
    writeFileSync(leftOver, 'half');
    utimesSync(leftOver, new Date(0), new Date(0));
    await start();
    expect(readFileSync(fileOf(id), 'utf8')).toBe(text);
    expect([gone, leftOver].filter((file) => existsSync(file))).toEqual([]);
    expect(readdirSync(folder)).toContain('mine.json');
    const { mtimeMs, ino } = statSync(fileOf(id));
    await look();
    expect(statSync(fileOf(id))).toMatchObject({ mtimeMs, ino });
  });

  it('keeps what another portal writes while this one asks for the sites', async () => {
    const written = path.join(folder, `site-${'1'.repeat(32)}.json`);
    await portal.app.get(DashboardFolder).bring(() => {
      writeFileSync(written, '{}');
      return Promise.resolve([]);
    });
    expect(existsSync(written)).toBe(true);
    await look();
    expect(existsSync(written)).toBe(false);
  });

  it('gets back what somebody has removed', async () => {
    const id = await addSite('North');
    rmSync(fileOf(id));
    await look();
    expect(existsSync(fileOf(id))).toBe(true);
  });

  it('may be missing: the portal says so and goes on, and writes when it is there', async () => {
    rmSync(folder, { recursive: true });
    const { body: site, status } = await client.post<{ id: string }>('/api/sites', {
      slug: 'while-missing',
      name: 'While missing',
      timeZone: 'UTC',
    });
    expect(status).toBe(201);
    await settled();
    const { body } = await client.get<DashboardList>('/api/dashboards');
    expect(body.problem?.message).toContain('is the volume mounted?');
    expect(body.problem?.remedy).toContain('GRAFANA_DASHBOARDS_DIR');
    mkdirSync(folder);
    await look();
    expect(existsSync(fileOf(site.id))).toBe(true);
    expect((await client.get<DashboardList>('/api/dashboards')).body.problem).toBeNull();
  });

  it('may be none: the portal says what the system answers, and writes when it is one again', async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    const id = await addSite('North');
    expect((await client.get<DashboardList>('/api/dashboards')).body.problem?.message).toContain('ENOTDIR');
    rmSync(folder);
    mkdirSync(folder);
    await look();
    expect(existsSync(fileOf(id))).toBe(true);
  });
});

describe('the list', () => {
  it('has those of all sites, then one per site that is not archived', async () => {
    const south = await addSite('South', 'Europe/Paris');
    const north = await addSite('North');
    const old = await addSite('Old');
    await client.post(`/api/sites/${old}/archive`);
    const { body } = await client.get<DashboardList>('/api/dashboards');
    expect(body).toMatchObject({ enabled: true, problem: null });
    expect(body.dashboards.slice(0, 2)).toMatchObject([
      { uid: 'portfolio', kind: 'portfolio', siteId: null },
      { uid: 'imports', kind: 'imports', siteId: null },
    ]);
    expect(body.dashboards.filter(({ siteId }) => [south, north, old].includes(siteId ?? ''))).toMatchObject([
      {
        uid: siteDashboardUid(north),
        kind: 'site',
        siteId: north,
        title: 'North',
        timeZone: 'Africa/Johannesburg',
      },
      { uid: siteDashboardUid(south), title: 'South', timeZone: 'Europe/Paris' },
    ]);
  });
});

it('a portal without a Grafana says so, and writes nothing', async () => {
  await portal.close();
  portal = await startQuietPortal(database);
  client = await ApiClient.signedIn(portal.url);
  const id = await addSite('North');
  expect(existsSync(fileOf(id))).toBe(false);
  const { body } = await client.get<DashboardList>('/api/dashboards');
  expect(body).toEqual({ enabled: false, problem: null, dashboards: [] });
});
