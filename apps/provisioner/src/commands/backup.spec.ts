import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeArchive } from '../testing/archives.fixtures.js';
import {
  containerLine,
  FakeDocker,
  newRoot,
  rootWithTenant,
  wattfleet,
} from '../testing/provisioner.fixtures.js';

const id = 'abc0001-20261121T200732Z';

async function rootWithArchive() {
  const made = await rootWithTenant();
  const archive = path.join(made.root, 'backups/abc0001', id);
  mkdirSync(archive, { recursive: true });
  await makeArchive(archive);
  return { ...made, archive };
}

describe('backup list', () => {
  it('shows complete archives, newest first, also of tenants that are no more', async () => {
    const { root, archive } = await rootWithArchive();
    mkdirSync(path.join(root, 'backups/abc0001/.new-abc0001-20261122T200732Z'));
    mkdirSync(path.join(root, 'backups/gone1', 'gone1-20251121T200732Z'), { recursive: true });
    expect((await wattfleet(root, ['backup', 'list'])).stdout).toMatch(
      new RegExp(`^Tenant .*\nabc0001 +2026-11-21 20:07 +no +${archive}\n$`),
    );
    const { stdout } = await wattfleet(root, ['backup', 'list', 'GONE1', '--json']);
    expect(JSON.parse(stdout).archives).toMatchObject([
      { slug: 'gone1', createdAt: '2025-11-21T20:07:32.000Z' },
    ]);
  });

  it('says how to make the first', async () => {
    expect((await wattfleet(newRoot(), ['backup', 'list'])).stderr).toContain('wattfleet backup CODE');
  });
});

describe('backup', () => {
  it('leaves nothing behind when it fails', async () => {
    const { root } = await rootWithTenant();
    const docker = new FakeDocker()
      .answer(/^ps .*label=com/, containerLine({ service: 'timescaledb' }))
      .answer(/^volume ls/, 'abc0001_portal-keys');
    const { exitCode, stderr } = await wattfleet(root, ['backup', 'ABC0001'], { docker });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('missing are portal-branding');
    expect(readdirSync(path.join(root, 'backups/abc0001'))).toEqual([]);
  });

  it('does nothing where nothing is due', async () => {
    const { root, folder } = await rootWithTenant();
    appendFileSync(path.join(folder, 'tenant.yaml'), `backup: { schedule: 'off' }\n`);
    expect(await wattfleet(root, ['backup', '--all', '--due'])).toMatchObject({
      exitCode: 0,
      stderr: 'No backup is due.\n',
    });
  });

  it.each(['rclone:x', 'restic:'])('refuses %s as a place', async (to) => {
    const { root } = await rootWithTenant();
    const { stderr } = await wattfleet(root, ['backup', 'ABC0001', '--to', to]);
    expect(stderr).toContain('must be a folder, rclone:REMOTE:PATH or restic:REPOSITORY');
  });
});

describe('restore', () => {
  it('says which archives there are not', async () => {
    const { root } = await rootWithArchive();
    for (const options of [
      ['--at', '2026-11-20'],
      ['--from', 'abc0001-20260101T000000Z'],
      ['--store', '/nowhere'],
    ]) {
      const { exitCode, stderr } = await wattfleet(root, ['restore', 'ABC0001', ...options]);
      expect([exitCode, stderr.split(':')[0]]).toEqual([1, 'error ARCHIVE_NOT_FOUND']);
    }
  });

  it.each([
    [['--at', 'yesterday'], '--at'],
    [['--drop-old', '--at', 'newest'], '--drop-old'],
  ])('refuses %j', async (options, told) => {
    const { root } = await rootWithArchive();
    const { exitCode, stderr } = await wattfleet(root, ['restore', 'ABC0001', ...options]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain(told);
  });

  it('asks nothing of the engine before the archive is proven', async () => {
    const { root, archive } = await rootWithArchive();
    writeFileSync(path.join(archive, 'database.dump'), 'something else');
    const docker = new FakeDocker();
    const { exitCode, stderr } = await wattfleet(root, ['restore', 'ABC0001'], { docker });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('has 14 bytes instead of 6');
    expect(docker.calls).toEqual([]);
  });
});
