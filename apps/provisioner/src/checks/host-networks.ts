import { z } from 'zod';
import type { HostSpec } from '#libs/stack';
import { readHost } from '../hosts/host.js';
import { readSubnets } from '../hosts/subnets.js';
import { error, ok, warning, type Found } from './finding.js';
import type { HostCheck } from './host-subject.js';

const pools = z.array(z.looseObject({ Base: z.string(), Size: z.int() })).nullable();

/** Docker's own, where its daemon.json names none: fifteen large ones and sixteen small ones. */
const ownPools = 31;
const perTenant = 2;

/** There are address ranges left for the networks of further tenants. */
export const hostNetworks: HostCheck = {
  id: 'networks',
  title: 'Address ranges for networks',
  run: async ({ docker, config: { root } }) => {
    const host = await readHost(root);
    if (host !== undefined) return [ofOurRanges(host, (await readSubnets(root)).size)];
    const [given, names] = await Promise.all([
      docker.run(['info', '--format', '{{json .DefaultAddressPools}}'], { timeoutSeconds: 30 }),
      docker.run(['network', 'ls', '--filter', 'driver=bridge', '--format', '{{.Name}}'], {
        timeoutSeconds: 30,
      }),
    ]);
    const used = names.split('\n').filter((name) => name !== '').length;
    const capacity = capacityOf(pools.parse(JSON.parse(given)) ?? []);
    const tenants = Math.max(0, Math.floor((capacity - used) / perTenant));
    const text = `${used} networks of ${capacity} that Docker has ranges for: room for ${tenants} more tenants`;
    const fix =
      'wattfleet host init gives tenants ranges of their own; else set default-address-pools in /etc/docker/daemon.json and restart Docker';
    if (tenants === 0) return [error(text, fix)];
    return [tenants < 5 ? warning(text, fix) : ok(text)];
  },
};

/** Since `host init` every network of a tenant has a range of the pool in host.yaml. */
function ofOurRanges({ networks: { pool, tenantPrefix } }: HostSpec, used: number): Found {
  const capacity = 2 ** Math.max(0, tenantPrefix - Number(pool.split('/')[1]));
  const tenants = Math.max(0, Math.floor((capacity - used) / perTenant));
  const text = `${used} ranges of ${pool} are given out: room for about ${tenants} more tenants`;
  const fix =
    'decommission what is not used any more, or widen networks.pool in host.yaml, then wattfleet host init';
  if (tenants === 0) return error(text, fix);
  return tenants < 5 ? warning(text, fix) : ok(text);
}

function capacityOf(given: readonly { Base: string; Size: number }[]): number {
  if (given.length === 0) return ownPools;
  return given.reduce((sum, { Base, Size }) => sum + 2 ** Math.max(0, Size - Number(Base.split('/')[1])), 0);
}
