import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import { FakeDocker, host, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

/** A root with tenants, each labelled by its region. */
async function rootWith(...codes: string[]): Promise<string> {
  const root = newRoot();
  for (const code of codes) await wattfleet(root, ['create', code, ...host]);
  return root;
}

/** An engine in which `up` of these tenants fails. */
function failingFor(...slugs: string[]): FakeDocker {
  return new FakeDocker().answer(new RegExp(`/(${slugs.join('|')}) up `), () => {
    throw new CodedError('DOCKER_FAILED', { detail: 'portal is unhealthy' });
  });
}

const started = ({ calls }: FakeDocker) =>
  calls.flatMap((line) => /\/(\w+) (?:up|down) /.exec(`${line} `)?.[1] ?? []);
const events = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a run over tenants', () => {
  it('ends with a table and 0 when all are done', async () => {
    const root = await rootWith('AAA', 'BBB');
    const { exitCode, stdout, stderr } = await wattfleet(root, ['down', '--all']);
    expect([exitCode, stdout.split('\n').map((line) => line.split(/ {2,}/))]).toEqual([
      0,
      [
        ['Tenant', 'Result', 'Seconds', 'Next'],
        ['aaa', 'stopped', expect.stringMatching(/^\d+\.\d$/), 'wattfleet up aaa'],
        ['bbb', 'stopped', expect.stringMatching(/^\d+\.\d$/), 'wattfleet up bbb'],
        [''],
      ],
    ]);
    expect(stderr).toContain('aaa: stopping\n');
    expect(stderr).toMatch(/2 done in \d+(\.\d)? s\.\n$/);
  });

  it('goes on after a failure, tells of it, and ends with 3', async () => {
    const root = await rootWith('AAA', 'BBB', 'CCC');
    const docker = failingFor('bbb');
    const { exitCode, stdout, stderr } = await wattfleet(root, ['up', '--all', '--parallel', '1'], {
      docker,
    });
    expect(exitCode).toBe(3);
    expect(started(docker)).toEqual(['aaa', 'bbb', 'ccc']);
    expect(stdout).toMatch(/^bbb +failed: DOCKER_FAILED .* wattfleet up bbb$/m);
    expect(stderr).toContain('bbb: The container engine refused or failed: portal is unhealthy');
    expect(stderr).toContain('2 done, 1 failed');
  });

  it('ends with 1 when none is done', async () => {
    const root = await rootWith('AAA');
    expect((await wattfleet(root, ['up', 'AAA'], { docker: failingFor('aaa') })).exitCode).toBe(1);
  });

  it('begins no further one after a failure with --fail-fast, and --resume goes on', async () => {
    const root = await rootWith('AAA', 'BBB', 'CCC');
    const docker = failingFor('bbb');
    const first = await wattfleet(root, ['up', '--all', '--parallel', '1', '--fail-fast'], { docker });
    expect([first.exitCode, started(docker)]).toEqual([3, ['aaa', 'bbb']]);
    expect(first.stdout).toMatch(/^ccc +remaining/m);
    expect(first.stderr).toContain('wattfleet up --resume');
    const second = new FakeDocker();
    expect((await wattfleet(root, ['up', '--resume'], { docker: second })).exitCode).toBe(0);
    expect(started(second).toSorted()).toEqual(['bbb', 'ccc']);
    const third = await wattfleet(root, ['up', '--resume']);
    expect([third.exitCode, third.stderr]).toEqual([64, expect.stringContaining('no earlier run of up')]);
  });

  it('keeps what an earlier run has left when one tenant of it is tried again', async () => {
    const root = await rootWith('AAA', 'BBB', 'CCC');
    const stop = ['up', '--all', '--parallel', '1', '--fail-fast'];
    await wattfleet(root, stop, { docker: failingFor('bbb') });
    expect((await wattfleet(root, ['up', 'BBB'])).exitCode).toBe(0);
    const resumed = new FakeDocker();
    expect((await wattfleet(root, ['up', '--resume'], { docker: resumed })).exitCode).toBe(0);
    expect(started(resumed)).toEqual(['ccc']);
  });

  it('begins the rest only when the canaries are well', async () => {
    const root = await rootWith('AAA', 'BBB', 'CCC');
    const docker = failingFor('aaa');
    const { exitCode } = await wattfleet(root, ['up', '--all', '--canary', '1'], { docker });
    expect([exitCode, started(docker)]).toEqual([1, ['aaa']]);
  });

  it('stops where it is safe when it is interrupted', async () => {
    const root = await rootWith('AAA', 'BBB');
    const controller = new AbortController();
    const docker = new FakeDocker().answer(/aaa up/, () => {
      controller.abort();
      return '';
    });
    const { signal } = controller;
    const { exitCode, stdout } = await wattfleet(root, ['up', '--all', '--parallel', '1'], {
      docker,
      signal,
    });
    expect([exitCode, started(docker)]).toEqual([3, ['aaa']]);
    expect(stdout).toMatch(/^bbb +remaining/m);
  });

  it('refuses a tenant that another run works on', async () => {
    const root = await rootWith('AAA');
    const docker = new FakeDocker().answer(/aaa up/, async () => {
      const other = await wattfleet(root, ['down', 'AAA']);
      expect([other.exitCode, other.stderr]).toEqual([1, expect.stringContaining('held by `wattfleet up`')]);
      return '';
    });
    expect((await wattfleet(root, ['up', 'AAA'], { docker })).exitCode).toBe(0);
  });

  it('gives events with --json, of which the first names their version', async () => {
    const root = await rootWith('AAA');
    const { stdout, stderr } = await wattfleet(root, ['down', 'AAA', '--json']);
    expect(stderr).toBe('');
    expect(events(stdout)).toMatchObject([
      { event: 'start', version: 1, command: 'down', tenants: 1 },
      { event: 'step', tenant: 'aaa', step: 'stopping' },
      { event: 'result', tenant: 'aaa', result: 'done', next: 'wattfleet up aaa' },
      { event: 'end', done: 1, failed: 0, remaining: 0 },
    ]);
  });

  it('says with --quiet only how it ended', async () => {
    const root = await rootWith('AAA');
    const { stdout, stderr } = await wattfleet(root, ['down', 'AAA', '--quiet']);
    expect([stdout.split('\n')[1]?.startsWith('aaa'), stderr]).toEqual([true, '']);
  });

  it('draws over its lines on a terminal', async () => {
    const root = await rootWith('AAA');
    const { stderr } = await wattfleet(root, ['down', 'AAA'], { terminal: true });
    expect(stderr).toContain('down: 0 of 1, 0 failed');
    expect(stderr).toContain('aaa  stopping');
    expect(stderr).toContain('\u001B[');
  });

  it('is in the audit log, from its begin to its end', async () => {
    const root = await rootWith('AAA', 'BBB');
    await wattfleet(root, ['up', '--all', '--parallel', '1'], { docker: failingFor('bbb') });
    const [answer] = events((await wattfleet(root, ['audit', '--json'])).stdout);
    expect(answer).toMatchObject({
      entries: [
        { command: 'create', tenant: 'aaa', result: 'done' },
        { command: 'create', tenant: 'bbb', result: 'done' },
        { command: 'up', tenant: 'aaa', result: 'started' },
        { command: 'up', tenant: 'aaa', result: 'done', detail: 'up to date' },
        { command: 'up', tenant: 'bbb', result: 'started' },
        { command: 'up', tenant: 'bbb', result: 'failed', detail: 'DOCKER_FAILED' },
      ],
    });
  });
});
