import { describe, expect, it } from 'vitest';
import { host, newRoot, wattfleet } from './testing/provisioner.fixtures.js';

const commands = [
  'create',
  'plan',
  'apply',
  'set-fleet-token',
  'up',
  'down',
  'update',
  'rollback',
  'list',
  'status',
  'verify',
  'logs',
  'doctor',
  'audit',
  'rotate',
  'backup',
  'restore',
  'decommission',
  'completion',
];

describe('help', () => {
  it.each(commands)('of %s has two examples', async (command) => {
    const { exitCode, stdout, stderr } = await wattfleet(newRoot(), [command, '--help']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.split('Examples:')[1]?.match(/^ {2}\$ wattfleet /gm)).toHaveLength(2);
  });

  it.each(['list', 'verify'])('of backup %s has two examples', async (command) => {
    const { exitCode, stdout } = await wattfleet(newRoot(), ['backup', command, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout.split('Examples:')[1]?.match(/^ {2}\$ wattfleet /gm)).toHaveLength(2);
  });

  it('lists every command', async () => {
    const { exitCode, stdout } = await wattfleet(newRoot(), ['--help']);
    expect(exitCode).toBe(0);
    expect([...stdout.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map((match) => match[1])).toEqual(commands);
    for (const word of ['Make and change:', 'Exit codes:', 'WATTFLEET_ROOT', '--resume'])
      expect(stdout).toContain(word);
  });

  it('tells the version', async () => {
    expect((await wattfleet(newRoot(), ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('a wrong command line', () => {
  it.each([
    ['a command that is not known', ['crate', 'ABC0001'], 'Did you mean create?'],
    ['an option that is not known', ['create', 'ABC0001', ...host, '--hots', 'x'], "unknown option '--hots'"],
    ['no code', ['create', ...host], "missing required argument 'code'"],
    ['no tenant', ['plan'], 'name tenants by their codes'],
    ['no host', ['create', 'ABC0001'], "required option '--host <name>' not specified"],
    ['one argument too many', ['create', 'ABC0001', 'ABC0002', ...host], 'too many arguments'],
  ])('exits with 64: %s', async (_, argv, message) => {
    const { exitCode, stdout, stderr } = await wattfleet(newRoot(), argv);
    expect([exitCode, stdout]).toEqual([64, '']);
    expect(stderr).toMatch(/^error USAGE: /);
    expect(stderr).toContain(message);
  });

  it('exits with 64 and the help without a command', async () => {
    const { exitCode, stdout, stderr } = await wattfleet(newRoot(), []);
    expect([exitCode, stdout]).toEqual([64, '']);
    expect(stderr).toContain('Usage: wattfleet');
  });

  it('is told in JSON when JSON was asked for', async () => {
    const { stderr } = await wattfleet(newRoot(), ['plan', '--json']);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'USAGE' } });
  });
});
