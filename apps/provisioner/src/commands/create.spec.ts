import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import { parseTenantSpec } from '#libs/stack';
import {
  FakeDocker,
  filesIn,
  host,
  modeOf,
  newRoot,
  secretsIn,
  token,
  wattfleet,
} from '../testing/provisioner.fixtures.js';

const fleet = ['--fleet-url', 'https://admin.example.com'];

describe('create', () => {
  it('writes the folder of the tenant, each file with its mode', async () => {
    const root = newRoot();
    const { exitCode, stdout } = await wattfleet(root, ['create', 'ABC0001', ...host]);
    expect([exitCode, stdout]).toEqual([0, `Tenant abc0001 is in ${root}/abc0001\n`]);
    expect(Object.keys(filesIn(root))).toEqual([
      '.wattfleet/audit.jsonl',
      'abc0001/.applied.json',
      'abc0001/.env',
      'abc0001/compose.yaml',
      'abc0001/secrets/database_password',
      'abc0001/secrets/default_admin_password',
      'abc0001/secrets/grafana_admin_password',
      'abc0001/secrets/grafana_database_password',
      'abc0001/secrets/session_secret',
      'abc0001/tenant.yaml',
    ]);
    const modes = [
      '',
      '.applied.json',
      '.env',
      'compose.yaml',
      'tenant.yaml',
      'secrets',
      'secrets/session_secret',
    ];
    expect(modes.map((name) => modeOf(root, 'abc0001', name))).toEqual([
      '750',
      '600',
      '600',
      '644',
      '644',
      '700',
      '444',
    ]);
  });

  it('answers with one JSON object on standard output and nothing else', async () => {
    const root = newRoot();
    const { stdout, stderr } = await wattfleet(root, ['create', 'ABC0001', ...host, '--json']);
    const folder = path.join(root, 'abc0001');
    expect(JSON.parse(stdout)).toMatchObject({
      tenant: 'abc0001',
      folder,
      url: 'https://abc0001.portal.example.com',
      files: ['tenant.yaml', '.env', 'compose.yaml'].map((name) => path.join(folder, name)),
    });
    expect(stderr).toBe('');
  });

  it('makes up long secrets, safe in a URL, of which no two are alike and none is shown', async () => {
    const root = newRoot();
    const runs = [
      await wattfleet(root, ['create', 'ABC0001', ...host]),
      await wattfleet(root, ['create', 'ABC0002', ...host, '--json']),
    ];
    const values = ['abc0001', 'abc0002'].flatMap((slug) => Object.values(secretsIn(path.join(root, slug))));
    expect(values).toHaveLength(10);
    expect(new Set(values).size).toBe(10);
    const shown = runs.map(({ stdout, stderr }) => stdout + stderr).join('');
    for (const value of values) {
      expect(value).toMatch(/^[\w-]{43}$/);
      expect(shown).not.toContain(value);
    }
  });

  it('is done: a plan right after it has no changes', async () => {
    const root = newRoot();
    await wattfleet(root, ['create', 'ABC0001', ...host, '--application-name', 'Acme: "$5" {{x}}']);
    expect((await wattfleet(root, ['plan', 'ABC0001', '--detailed-exitcode'])).exitCode).toBe(0);
    expect(filesIn(root)['abc0001/compose.yaml']).toContain(String.raw`"Acme: \"$$5\" {{x}}"`);
  });

  it('takes labels, the blueprint and images', async () => {
    const root = newRoot();
    const labels = ['--label', 'region=north', 'stage=a=b', '--label', 'tier=1'];
    const images = ['--image', 'portal=wattfleet:9.9.9', '--blueprint', 'portal'];
    const { exitCode } = await wattfleet(root, ['create', 'ABC0001', ...host, ...labels, ...images]);
    expect(exitCode).toBe(0);
    const spec = parseTenantSpec(filesIn(root)['abc0001/tenant.yaml'] ?? '');
    expect(spec.labels).toEqual({ region: 'north', stage: 'a=b', tier: '1' });
    expect(spec.images.portal).toBe('wattfleet:9.9.9');
    expect(spec.images.grafana).toMatch(/^grafana\/grafana:/);
  });

  it.each([
    [['--label', 'north'], 'must be key=value'],
    [['--image', 'web=x:1'], 'images.web: unknown key'],
    [['--image', 'portal=x:latest'], 'images.portal: must be pinned'],
    [['--blueprint', 'odo'], 'blueprint: must be portal'],
  ])('refuses %j', async (more, message) => {
    const root = newRoot();
    const { exitCode, stderr } = await wattfleet(root, ['create', 'ABC0001', ...host, ...more]);
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toContain(message);
    expect(readdirSync(root)).toEqual([]);
  });

  it('writes nothing that Compose does not take', async () => {
    const root = newRoot();
    const docker = new FakeDocker().answer(/ config --quiet$/, () => {
      throw new CodedError('DOCKER_FAILED', { detail: 'services.portal.x is wrong' });
    });
    const { exitCode, stderr } = await wattfleet(root, ['create', 'ABC0001', ...host], { docker });
    expect([exitCode, readdirSync(root)]).toEqual([1, []]);
    expect(stderr).toMatch(/^error COMPOSE_REJECTED: .*services.portal.x is wrong/);
  });

  it('refuses a second time and changes nothing', async () => {
    const root = newRoot();
    await wattfleet(root, ['create', 'ABC0001', ...host]);
    const before = filesIn(root);
    const { exitCode, stdout, stderr } = await wattfleet(root, [
      'create',
      'ABC0001',
      '--host',
      'other.example.com',
    ]);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error TENANT_EXISTS: .*abc0001\n.*wattfleet plan/);
    expect(filesIn(root)).toEqual(before);
  });

  it('refuses a folder that somebody else made', async () => {
    const root = newRoot();
    mkdirSync(path.join(root, 'abc0001'));
    expect((await wattfleet(root, ['create', 'ABC0001', ...host])).stderr).toContain('TENANT_EXISTS');
  });

  it('names every bad value and writes nothing', async () => {
    const root = newRoot();
    const argv = ['create', 'abc/../x', '--host', 'UPPER', '--fleet-url', 'ftp://x'];
    const { exitCode, stderr } = await wattfleet(root, argv);
    expect(exitCode).toBe(1);
    expect([...stderr.matchAll(/^ {2}([\w.]+): /gm)].map((match) => match[1])).toEqual([
      'code',
      'host',
      'fleet.url',
    ]);
    expect(readdirSync(root)).toEqual([]);
  });

  it('removes what a run that was killed left behind, and only that', async () => {
    const root = newRoot();
    const [dead, living] = ['.abc0001.new-4194305', `.abc0001.new-${process.ppid}`];
    for (const name of [dead, living]) {
      mkdirSync(path.join(root, name));
      writeFileSync(path.join(root, name, '.env'), 'DATABASE_PASSWORD=leftover');
    }
    await wattfleet(root, ['create', 'ABC0001', ...host]);
    expect(readdirSync(root).toSorted()).toEqual([living, '.wattfleet', 'abc0001']);
  });
});

describe('create with a push token', () => {
  it.each([
    ['a file', 'token.txt', ''],
    ['standard input', '-', `${token}\n`],
  ])('takes it from %s and keeps it off the screen', async (_, name, stdin) => {
    const root = newRoot();
    const file = name === '-' ? name : path.join(root, name);
    if (name !== '-') writeFileSync(file, `${token}\n`);
    const argv = ['create', 'ABC0001', ...host, ...fleet, '--fleet-token-file', file];
    const { stdout, stderr } = await wattfleet(root, argv, { stdin });
    expect(stdout + stderr).not.toContain(token);
    expect(filesIn(root)['abc0001/secrets/fleet_ingest_token']).toBe(token);
    expect(filesIn(root)['abc0001/.env']).toContain(`FLEET_INGEST_TOKEN=${token}\n`);
    expect(filesIn(root)['abc0001/compose.yaml']).toContain('FLEET_INGEST_ENABLED: "true"');
  });

  it('says how to give it later when there is none yet', async () => {
    const root = newRoot();
    const { stderr } = await wattfleet(root, ['create', 'ABC0001', ...host, ...fleet]);
    expect(stderr).toContain('wattfleet set-fleet-token abc0001');
    expect(filesIn(root)['abc0001/compose.yaml']).toContain('FLEET_INGEST_ENABLED: "false"');
  });

  it.each([
    ['a file that is not there', [...fleet, '--fleet-token-file', '/nowhere/token'], ''],
    ['an empty one', [...fleet, '--fleet-token-file', '-'], '\n'],
    ['two lines', [...fleet, '--fleet-token-file', '-'], `${token}\n${token}\n`],
    ['no Admin to use it with', ['--fleet-token-file', '-'], token],
  ])('refuses %s as a wrong command line', async (_, more, stdin) => {
    const root = newRoot();
    const { exitCode, stderr } = await wattfleet(root, ['create', 'ABC0001', ...host, ...more], { stdin });
    expect(exitCode).toBe(64);
    expect(stderr).toContain('--fleet-token-file: ');
    expect(stderr).not.toContain(token);
    expect(readdirSync(root)).toEqual([]);
  });
});
