import { describe, expect, it } from 'vitest';
import { findPackage } from '../find-package.js';
import { Output } from '../output.js';
import { readProvisionerConfig } from '../provisioner.config.js';
import { containerLine, FakeDocker, host, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';
import { verifyTenant } from './verify-tenant.js';

const ready = {
  status: 'ok',
  details: { database: { status: 'up' }, 'fleet-push': { status: 'up' } },
};

function engine(
  containers = ['portal', 'timescaledb', 'grafana'].map((service) => containerLine({ service })),
) {
  return new FakeDocker()
    .answer(/^ps /, containers.join('\n'))
    .answer(/^exec .*node/, JSON.stringify({ status: 200, body: ready }));
}

async function verify(docker: FakeDocker) {
  const root = newRoot();
  await wattfleet(root, ['create', 'ABC0001', ...host]);
  const config = readProvisionerConfig(findPackage(import.meta.dirname), { WATTFLEET_ROOT: root });
  const output = new Output(process, { json: true, noColour: true, quiet: true });
  const findings = await verifyTenant({ config, docker, output }, 'abc0001');
  return (check: string) => findings.filter((finding) => finding.check === check);
}

describe('containers', () => {
  it('are well when each is healthy', async () => {
    const found = await verify(engine());
    expect(found('containers')).toMatchObject([{ severity: 'ok' }]);
    expect(found('ready')).toMatchObject([{ severity: 'ok' }]);
  });

  it('that are missing, ended or unhealthy are told with what to do', async () => {
    const found = await verify(
      engine([
        containerLine({ service: 'portal', state: 'exited', status: 'Exited (1) 2 minutes ago' }),
        containerLine({ service: 'timescaledb', status: 'Up 3 minutes (unhealthy)' }),
      ]),
    );
    expect(found('containers')).toEqual([
      expect.objectContaining({ severity: 'error', found: 'portal is exited' }),
      expect.objectContaining({ severity: 'error', found: 'timescaledb is unhealthy' }),
      {
        check: 'containers',
        severity: 'error',
        found: 'grafana has no container',
        remedy: 'wattfleet up abc0001',
      },
    ]);
    expect(found('ready')).toEqual([{ check: 'ready', severity: 'skipped', found: 'portal does not run' }]);
  });
});

describe('the portal’s readiness', () => {
  it('names the part that is not well', async () => {
    const body = {
      status: 'degraded',
      details: { database: { status: 'up' }, imports: { status: 'degraded', message: 'no folder' } },
    };
    const docker = engine().answer(/^exec .*node/, JSON.stringify({ status: 200, body }));
    expect((await verify(docker))('ready')).toMatchObject([
      { severity: 'warning', found: 'imports: no folder' },
    ]);
  });

  it('is an error when it answers something else', async () => {
    const docker = engine().answer(/^exec .*node/, JSON.stringify({ status: 404, body: 'no' }));
    expect((await verify(docker))('ready')).toMatchObject([
      { severity: 'error', found: '/health/ready answers 404' },
    ]);
  });

  it('is an error when it cannot be asked', async () => {
    const docker = engine().answer(/^exec .*node/, () => {
      throw new Error('no');
    });
    expect((await verify(docker))('ready')).toMatchObject([{ severity: 'error' }]);
  });
});
