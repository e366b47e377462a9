import pMap from 'p-map';
import { hostNames, traefikAddress, type HostSpec } from '#libs/stack';
import { findService } from '../docker/containers.js';
import type { Docker } from '../docker/docker.js';
import { attachedNetworks, connectNetwork, disconnectNetwork, listNetworks } from '../docker/networks.js';
import { listTenants } from '../tenants/select-tenants.js';
import { readHost, tenantNetworks } from './host.js';
import { readSubnets } from './subnets.js';

/** What became of Traefik's place in tenants' networks. */
export interface Joined {
  /** Networks that it joined now. */
  joined: string[];
  /** False where this host has no edge, or none that was started. */
  hasEdge: boolean;
}

/**
 * Sees to it that Traefik stands in the edge networks of these tenants, each time at its own fixed address. What is so
 * already is left alone; a network that does not exist is passed over: its tenant is down.
 */
export async function joinEdge(docker: Docker, root: string, slugs: readonly string[]): Promise<Joined> {
  const traefik = await findTraefik(docker, await readHost(root));
  if (traefik === undefined) return { joined: [], hasEdge: false };
  const [networks, attached, subnets] = await Promise.all([
    listNetworks(docker),
    attachedNetworks(docker, traefik),
    readSubnets(root),
  ]);
  const joined = await pMap(
    slugs,
    async (slug) => {
      const [network] = tenantNetworks(slug);
      const [id, subnet, had] = [networks.get(network), subnets.get(network), attached.get(network)];
      if (id === undefined) return [];
      const address = subnet === undefined ? undefined : traefikAddress(subnet);
      if (had?.id === id && (address === undefined || had.address === address)) return [];
      if (had !== undefined) await docker.run(disconnectNetwork(network, traefik));
      await docker.run(connectNetwork(network, traefik, address));
      return [network];
    },
    { concurrency: 4 },
  );
  return { joined: joined.flat(), hasEdge: true };
}

/** As `joinEdge`, for every tenant below the root: after Traefik was made anew. */
export async function joinAllTenants(docker: Docker, root: string): Promise<Joined> {
  return joinEdge(docker, root, await listTenants(root));
}

/** Takes Traefik out of the tenant's edge network, which can then be removed. */
export async function leaveEdge(docker: Docker, root: string, slug: string): Promise<void> {
  const traefik = await findTraefik(docker, await readHost(root));
  if (traefik === undefined) return;
  const [network] = tenantNetworks(slug);
  const attached = await attachedNetworks(docker, traefik);
  if (attached.has(network)) await docker.run(disconnectNetwork(network, traefik));
}

/** Id of the host's Traefik, running or not. Without a host.yaml there is none that is ours. */
async function findTraefik(docker: Docker, host: HostSpec | undefined): Promise<string | undefined> {
  if (host === undefined) return undefined;
  const project = hostNames(host).project('edge');
  const ids = await docker.run(findService(project, 'traefik'));
  return ids.split('\n').find((id) => id !== '');
}
