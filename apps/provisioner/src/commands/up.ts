import { composeUp } from '../docker/compose.js';
import { listContainers } from '../docker/containers.js';
import type { Docker } from '../docker/docker.js';
import { listNetworks, subnetOfNetwork } from '../docker/networks.js';
import { joinEdge } from '../hosts/edge-networks.js';
import { tenantNetworks } from '../hosts/host.js';
import { stopStack } from '../hosts/stop-stack.js';
import { readSubnets } from '../hosts/subnets.js';
import { runTenants, type Done, type TenantRun } from '../rollout/run-tenants.js';
import { bringUpSftp } from '../sftp/tenant-sftp.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import {
  many,
  manyTenants,
  shared,
  wholeNumber,
  type Context,
  type ManyOptions,
  type Register,
} from './context.js';

interface UpOptions extends ManyOptions {
  waitSeconds: number;
}

export const registerUp: Register = (program, start) => {
  const command = program
    .command('up')
    .summary('start tenants, and wait until they are healthy')
    .description(
      'Starts the stacks of tenants, or brings running ones after their files, and waits for health.',
    )
    .option('--wait-seconds <n>', 'how long a stack may take', wholeNumber(1), 300);
  shared(many(command, 4), ['up ABC0001', 'up --all --parallel 8 --canary 1']).action(start(up));
};

async function up(context: Context, options: UpOptions, codes: string[]): Promise<number> {
  const tenants = await manyTenants(context, 'up', options, codes);
  return runTenants(context, { ...tenants, work: (run) => startStack(context, run, options.waitSeconds) });
}

/**
 * Starts one stack, has the host's Traefik join its edge network, and brings its user on the SFTP server after its files.
 * @throws CodedError DOCKER_FAILED when a service does not become healthy in time
 */
export async function startStack(
  context: Context,
  { slug, step }: TenantRun,
  waitSeconds: number,
): Promise<Done> {
  const { config, docker } = context;
  const { folder } = tenantFolder(config.root, slug);
  step('starting');
  const before = await containerIds(docker, slug);
  if (await hasOtherRange(docker, config.root, slug)) {
    // Docker changes no network that exists: it is made anew, and for that the stack has to leave it.
    await stopStack(docker, config.root, slug);
  }
  await docker.run(composeUp(folder, waitSeconds));
  const started = (await containerIds(docker, slug)).filter((id) => !before.includes(id));
  const { hasEdge } = await joinEdge(docker, config.root, [slug]);
  const sftp = await bringUpSftp(context, slug);
  const containers = started.length === 0 ? 'up to date' : `${started.length} containers started`;
  const detail = sftp === undefined ? containers : `${containers}; ${sftp}`;
  return hasEdge ? { detail } : { detail, next: 'wattfleet host init' };
}

/** True when one of the tenant's networks exists with another range than the one that it has been given. */
async function hasOtherRange(docker: Docker, root: string, slug: string): Promise<boolean> {
  const subnets = await readSubnets(root);
  const ours = tenantNetworks(slug).filter((network) => subnets.has(network));
  if (ours.length === 0) return false;
  const present = await listNetworks(docker);
  for (const network of ours.filter((name) => present.has(name))) {
    const subnet = subnets.get(network);
    if ((await subnetOfNetwork(docker, network)) !== subnet) return true;
  }
  return false;
}

async function containerIds(docker: Docker, slug: string): Promise<string[]> {
  const containers = await listContainers(docker, slug);
  return containers.filter(({ state }) => state === 'running').map(({ id }) => id);
}
