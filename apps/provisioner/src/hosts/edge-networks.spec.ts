import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSubnets } from './subnets.js';
import { FakeDocker, host, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

const traefik = 'f'.repeat(64);

/** A host with one tenant, whose engine says in which networks Traefik stands. */
async function hostWith(attached: object, networks = 'abc0001_edge\tid-1\nabc0001_private\tid-2') {
  const root = newRoot();
  writeFileSync(path.join(root, 'host.yaml'), 'tls: {email: ops@example.com}\n');
  await wattfleet(root, ['create', 'ABC0001', ...host]);
  const docker = new FakeDocker()
    .answer(/^ps .*project=edge .*service=traefik/, traefik)
    .answer(/^ps .*project=abc0001$/, 'c1')
    .answer(/^network ls/, networks)
    .answer(/^network inspect .* abc0001_edge$/, '10.200.0.0/28')
    .answer(/^network inspect .* abc0001_private$/, '10.200.0.16/28')
    .answer(/^inspect/, JSON.stringify(attached));
  return {
    root,
    docker,
    changes: () => docker.calls.filter((call) => /^network (dis)?connect|^compose|^stop/.test(call)),
  };
}

const inEdge = { abc0001_edge: { NetworkID: 'id-1', IPAMConfig: { IPv4Address: '10.200.0.14' } } };
const started = (root: string) =>
  `compose --project-directory ${root}/abc0001 up --detach --remove-orphans --no-build --wait --wait-timeout 300`;

describe('Traefik and the network of a tenant', () => {
  it('is joined at its fixed address when the tenant is started', async () => {
    const { root, docker, changes } = await hostWith({});
    const { exitCode } = await wattfleet(root, ['up', 'ABC0001'], { docker });
    expect([exitCode, changes()]).toEqual([
      0,
      [started(root), `network connect --ip 10.200.0.14 abc0001_edge ${traefik}`],
    ]);
  });

  it('is left alone when it is joined already', async () => {
    const { root, docker, changes } = await hostWith(inEdge);
    await wattfleet(root, ['up', 'ABC0001'], { docker });
    expect(changes()).toEqual([started(root)]);
  });

  it.each([
    ['the network was made anew', { abc0001_edge: { ...inEdge.abc0001_edge, NetworkID: 'id-0' } }],
    ['the address is another one', { abc0001_edge: { NetworkID: 'id-1', IPAMConfig: {} } }],
    ['the address is by chance', { abc0001_edge: { NetworkID: 'id-1', IPAMConfig: null } }],
  ])('is joined anew when %s', async (_, attached) => {
    const { root, docker, changes } = await hostWith(attached);
    await wattfleet(root, ['up', 'ABC0001'], { docker });
    expect(changes()).toEqual([
      started(root),
      `network disconnect --force abc0001_edge ${traefik}`,
      `network connect --ip 10.200.0.14 abc0001_edge ${traefik}`,
    ]);
  });

  it('is left when the tenant’s containers have stopped, before the network is removed', async () => {
    const { root, docker, changes } = await hostWith(inEdge);
    await wattfleet(root, ['down', 'ABC0001'], { docker });
    expect(changes()).toEqual([
      `compose --project-directory ${root}/abc0001 stop`,
      `network disconnect --force abc0001_edge ${traefik}`,
      `compose --project-directory ${root}/abc0001 down --remove-orphans`,
    ]);
  });

  it('is left, and the stack stopped first, when the network has another range than it should', async () => {
    const { root, docker, changes } = await hostWith(inEdge);
    docker.answer(/^network inspect .* abc0001_private$/, '172.18.0.0/16');
    await wattfleet(root, ['up', 'ABC0001'], { docker });
    expect(changes().slice(0, 4)).toEqual([
      `compose --project-directory ${root}/abc0001 stop`,
      `network disconnect --force abc0001_edge ${traefik}`,
      `compose --project-directory ${root}/abc0001 down --remove-orphans`,
      started(root),
    ]);
  });

  it('is left, and its range is given back, when the tenant is retired', async () => {
    const { root, docker, changes } = await hostWith(inEdge);
    expect([...(await readSubnets(root)).keys()]).toEqual(['abc0001_edge', 'abc0001_private']);
    const sure = ['--yes', '--confirm', 'ABC0001', '--no-backup', '--confirm-no-backup', 'ABC0001'];
    const { exitCode } = await wattfleet(root, ['decommission', 'ABC0001', ...sure], { docker });
    expect([exitCode, ...changes()]).toEqual([
      0,
      'stop c1',
      `network disconnect --force abc0001_edge ${traefik}`,
    ]);
    expect([...(await readSubnets(root)).keys()]).toEqual([]);
  });

  it('is nothing to do on a host without an edge, which is said', async () => {
    const { root, docker, changes } = await hostWith({});
    docker.answer(/^ps .*service=traefik/, '');
    const { stdout } = await wattfleet(root, ['up', 'ABC0001'], { docker });
    expect(changes()).toEqual([started(root)]);
    expect(stdout).toContain('wattfleet host init');
  });
});
