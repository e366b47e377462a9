import { describe, expect, it } from 'vitest';
import { FakeDocker, host, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

const container = (project: string, service: string, state: string, status: string) =>
  ['0123', project, service, 'image:1', state, status, 'hash'].join('\t');

describe('list', () => {
  it('shows every tenant with what its containers say', async () => {
    const root = newRoot();
    for (const code of ['AAA', 'BBB', 'CCC']) await wattfleet(root, ['create', code, ...host]);
    const rows = [
      container('aaa', 'portal', 'running', 'Up 3 minutes (healthy)'),
      container('aaa', 'grafana', 'running', 'Up 3 minutes (healthy)'),
      container('bbb', 'portal', 'running', 'Up 1 second (health: starting)'),
      container('bbb', 'timescaledb', 'exited', 'Exited (1) 2 minutes ago'),
      container('other', 'web', 'running', 'Up 3 minutes'),
    ];
    const docker = new FakeDocker().answer(/^ps /, rows.join('\n'));
    const { exitCode, stdout } = await wattfleet(root, ['list'], { docker });
    expect([
      exitCode,
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ {2,}/)),
    ]).toEqual([
      0,
      [
        ['Tenant', 'Host', 'State', 'Labels'],
        ['aaa', 'abc0001.portal.example.com', 'healthy'],
        ['bbb', 'abc0001.portal.example.com', 'portal starting, timescaledb exited'],
        ['ccc', 'abc0001.portal.example.com', 'stopped'],
      ],
    ]);
    expect(docker.calls).toHaveLength(1);
  });

  it('says how to make the first one', async () => {
    const { exitCode, stdout, stderr } = await wattfleet(newRoot(), ['list']);
    expect([exitCode, stdout, stderr]).toEqual([0, '', expect.stringContaining('wattfleet create CODE')]);
  });
});
