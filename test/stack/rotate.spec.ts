import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FleetEdge, interruptions, Traffic } from './fleet-edge.js';
import { Fleet, type FleetTenant } from './fleet.js';
import { buildImage } from './image-under-test.js';
import { skipsStack } from './requirements.js';

describe.skipIf(skipsStack)('rotate', () => {
  let fleet: Fleet;
  let tenant: FleetTenant;
  let other: FleetTenant;
  let edge: FleetEdge;
  let cookie: string;

  beforeAll(async () => {
    await buildImage();
    const made = await Fleet.create('ROTATE-A', 'ROTATE-B');
    fleet = made.fleet;
    [tenant, other] = made.tenants as [FleetTenant, FleetTenant];
    await rotated('up', '--all');
    edge = await FleetEdge.start(made.tenants);
    cookie = await signIn((await tenant.env())['DEFAULT_ADMIN_PASSWORD'] ?? '');
  });

  afterAll(async () => {
    await edge?.remove();
    await fleet?.remove([tenant, other]);
  });

  /** Runs the provisioner, which must do what it is told. */
  async function rotated(...args: string[]) {
    const finished = await fleet.wattfleet(...args);
    expect(finished, `${finished.stdout}\n${finished.stderr}`).toMatchObject({ exitCode: 0 });
    return finished;
  }

  async function signIn(password: string): Promise<string> {
    const answer = await edge.signIn(tenant, { email: `admin@${tenant.host}`, password });
    expect(answer.status).toBe(200);
    return answer.cookie;
  }

  const session = () => edge.ask(tenant, '/api/session', { headers: { cookie } });
  const grafana = () => edge.ask(tenant, '/grafana/', { headers: { cookie, accept: 'text/html' } });
  const asking = (ask: typeof session) => new Traffic(async () => (await ask()).status);

  it('db: portal and Grafana go on with new passwords, after one restart', async () => {
    const before = await tenant.env();
    const untouched = await other.containers();
    const traffic = [asking(session), asking(grafana)];
    await rotated('rotate', 'db', tenant.code);
    await edge.reaches(tenant);
    const after = await tenant.env();
    for (const [name, user] of [
      ['DATABASE_PASSWORD', 'power_user'],
      ['GRAFANA_DATABASE_PASSWORD', 'grafana_reader'],
    ] as const) {
      const [old = '', now = ''] = [before[name], after[name]];
      expect(await tenant.sql('SELECT 1', { user, password: now })).toMatchObject({ stdout: '1\n' });
      expect((await tenant.sql('SELECT 1', { user, password: old })).stderr).toContain('authentication failed');
    }
    for (const one of traffic) expect(interruptions(await one.stop())).toBeLessThanOrEqual(1);
    expect((await session()).status).toBe(200);
    expect(await other.containers()).toEqual(untouched);
  });
});
