import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import { FakeTenant } from '../testing/fake-tenant.fixtures.js';
import { FakeDocker, filesIn, host, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

async function rootWithTenant(): Promise<string> {
  const root = newRoot();
  await wattfleet(root, ['create', 'ABC0001', ...host]);
  return root;
}

const refusing = () => {
  throw new CodedError('DOCKER_FAILED', { detail: 'no such image' });
};
const image = ['--image', 'portal=wattfleet:9.9.9'];

describe('update', () => {
  it.each([
    ['no image', [], '--image: say what to bring them to'],
    ['a service there is not', ['--image', 'redis=redis:7'], 'portal=…, timescaledb=…, grafana=…'],
    ['no image after the service', ['--image', 'portal'], 'such as portal=wattfleet:1.2.3'],
    ['nothing to resume', ['--resume'], '--resume: no earlier run of update was left unfinished'],
  ])('exits with 64: %s', async (_, options, message) => {
    const { exitCode, stderr } = await wattfleet(await rootWithTenant(), ['update', 'ABC0001', ...options]);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining(message)]);
  });

  it.each([
    ['is not pinned', 'portal=wattfleet:latest', 'SPEC_INVALID'],
    ['is not to be had', 'portal=wattfleet:9.9.9', 'IMAGE_UNAVAILABLE'],
  ])('touches nothing for an image that %s', async (_, wanted, code) => {
    const root = await rootWithTenant();
    const before = filesIn(root);
    const docker = new FakeDocker().answer(/^image inspect/, refusing).answer(/^pull/, refusing);
    const { exitCode, stderr } = await wattfleet(root, ['update', '--all', '--image', wanted], { docker });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`error ${code}`)]);
    expect(filesIn(root)).toEqual(before);
    expect(docker.calls.filter((call) => !/^(image inspect|pull)/.test(call))).toEqual([]);
  });

  it('leaves a tenant alone that does not run', async () => {
    const root = await rootWithTenant();
    const { exitCode, stdout } = await wattfleet(root, ['update', 'ABC0001', ...image]);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/not updated: it does not run .*wattfleet up/),
    ]);
    expect(readFileSync(path.join(root, 'abc0001/tenant.yaml'), 'utf8')).not.toContain('9.9.9');
  });

  it('waits for a rotation that was cut off', async () => {
    const root = await rootWithTenant();
    const journal = { version: 1, name: 'db', startedAt: '2026-11-21T20:07:32.000Z', direction: 'on' };
    writeFileSync(
      path.join(root, 'abc0001/.rotation.json'),
      JSON.stringify({ ...journal, next: {}, previous: {}, facts: {} }),
    );
    const { stdout, stderr } = await wattfleet(root, ['update', 'ABC0001', ...image]);
    expect(stdout).toContain('ROTATION_UNFINISHED');
    expect(stderr).toContain('wattfleet rotate db abc0001, begun at 2026-11-21T20:07:32.000Z');
    expect(stdout).toContain('wattfleet update abc0001 --image portal=wattfleet:9.9.9');
  });

  it('stops nothing for a database of another major version', async () => {
    const root = await rootWithTenant();
    const { docker } = new FakeTenant();
    docker
      .answer(/^image inspect/, 'sha256:new')
      .answer(/^inspect /, 'sha256:old\nsha256:old\nsha256:old')
      .answer(/^run .*--entrypoint postgres .*--version$/, 'postgres (PostgreSQL) 18.1 (Debian 18.1-1)');
    const wanted = ['--image', 'timescaledb=timescaledb:2.99.0'];
    const { exitCode, stderr } = await wattfleet(root, ['update', 'ABC0001', ...wanted], { docker });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('timescaledb:2.99.0 has PostgreSQL 18.1, the database is of 17.6');
    expect(readFileSync(path.join(root, 'abc0001/tenant.yaml'), 'utf8')).not.toContain('2.99.0');
    expect(docker.calls.filter((call) => / (stop|up) /.test(call))).toEqual([]);
  });

  it('is gone on with as it was given', async () => {
    const root = await rootWithTenant();
    const docker = new FakeDocker().answer(/^ps /, refusing);
    expect((await wattfleet(root, ['update', '--all', ...image], { docker })).exitCode).toBe(1);
    const { stdout } = await wattfleet(root, ['update', '--resume']);
    expect(stdout).toContain('not updated: it does not run');
    expect((await wattfleet(root, ['update', '--resume'])).exitCode).toBe(64);
  });
});

describe('rollback', () => {
  const images = { portal: 'wattfleet:1', timescaledb: 'timescaledb:1', grafana: 'grafana:1' };
  const database = { migrations: ['A'], timescaledb: '2.22.1', rows: { measurement: 10 } };

  it('says that there is nothing to go back from', async () => {
    const { exitCode, stderr } = await wattfleet(await rootWithTenant(), ['rollback', 'ABC0001']);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('error NO_RELEASE')]);
  });

  it('asks before data is lost, and says how much', async () => {
    const root = await rootWithTenant();
    const folder = path.join(root, 'abc0001/.releases/20261121T200732Z');
    mkdirSync(path.join(folder, 'before'), { recursive: true });
    const release = {
      version: 1,
      id: '20261121T200732Z',
      phase: 'done',
      startedAt: '2026-11-21T20:07:32.000Z',
      provisioner: '1.0.0',
      images,
      before: { images, imageIds: {}, files: {}, database },
      wrongBefore: [],
      extensionChanged: true,
    };
    writeFileSync(path.join(folder, 'release.json'), JSON.stringify(release));
    const before = filesIn(root);
    const tenant = new FakeTenant();
    tenant.rows = { measurement: 35 };
    const { exitCode, stderr } = await wattfleet(root, ['rollback', 'ABC0001'], { docker: tenant.docker });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('error CONFIRMATION_NEEDED')]);
    expect(stderr).toContain('abc0001: the database goes back to 2026-11-21 20:07 UTC');
    expect(stderr).toContain('rows written since are lost: 25 of measurement');
    expect(filesIn(root)).toEqual(before);
  });
});
