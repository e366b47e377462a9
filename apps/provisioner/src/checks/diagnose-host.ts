import type { Context } from '../commands/context.js';
import { listTenants } from '../tenants/select-tenants.js';
import { findingsOf, type Finding } from './finding.js';
import { hostBackups } from './host-backups.js';
import { hostClock } from './host-clock.js';
import { hostDisk } from './host-disk.js';
import { hostEdge } from './host-edge.js';
import { hostEngine } from './host-engine.js';
import { hostLocks } from './host-locks.js';
import { hostNetworks } from './host-networks.js';
import type { HostCheck } from './host-subject.js';
import { hostTenants } from './host-tenants.js';

/** Everything `doctor` looks at, in the order in which it is told. */
export const hostChecks: readonly HostCheck[] = [
  hostEngine,
  hostEdge,
  hostNetworks,
  hostDisk,
  hostClock,
  hostTenants,
  hostLocks,
  hostBackups,
];

/** Looks at what all tenants of this host need. Changes nothing. */
export async function diagnoseHost({ config, docker, output }: Context): Promise<Finding[]> {
  const subject = { config, docker, slugs: await listTenants(config.root) };
  const findings = await Promise.all(
    hostChecks.map((check) => findingsOf(check, subject, (cause) => output.describe(cause))),
  );
  return findings.flat();
}
