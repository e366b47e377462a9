import pMap from 'p-map';
import { hostNames, sftpAddress, traefikAddress, type HostSpec } from '#libs/stack';
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

/** A container of the host's that stands in tenants' edge networks, always at the same place in the range. */
interface Guest {
  find: (docker: Docker, host: HostSpec | undefined) => Promise<string | undefined>;
  addressIn: (subnet: string) => string;
}

const traefik: Guest = {
  find: (docker, host) => findHostService(docker, host, 'edge', 'traefik'),
  addressIn: traefikAddress,
};

const sftp: Guest = {
  find: async (docker, host) =>
    host?.profiles.sftp === true ? findHostService(docker, host, 'sftp', 'sftp') : undefined,
  addressIn: sftpAddress,
};

/**
 * Sees to it that Traefik stands in the edge networks of these tenants, each time at its own fixed address. What is so
 * already is left alone; a network that does not exist is passed over: its tenant is down.
 */
export async function joinEdge(docker: Docker, root: string, slugs: readonly string[]): Promise<Joined> {
  const joined = await join(traefik, docker, root, slugs);
  return { joined: joined ?? [], hasEdge: joined !== undefined };
}

/** As `joinEdge`, for every tenant below the root: after Traefik was made anew. */
export async function joinAllTenants(docker: Docker, root: string): Promise<Joined> {
  return joinEdge(docker, root, await listTenants(root));
}

/** As `joinEdge`, for the host's SFTP server and the tenants that use it. @returns the networks that it joined now */
export async function joinSftp(docker: Docker, root: string, slugs: readonly string[]): Promise<string[]> {
  return (await join(sftp, docker, root, slugs)) ?? [];
}

/** Whether the host's SFTP server stands in the tenant's edge network, where its portal looks for it. */
export async function hasJoinedSftp(docker: Docker, root: string, slug: string): Promise<boolean> {
  const guest = await sftp.find(docker, await readHost(root));
  if (guest === undefined) return false;
  const [network] = tenantNetworks(slug);
  const [subnet, had] = [
    (await readSubnets(root)).get(network),
    (await attachedNetworks(docker, guest)).get(network),
  ];
  return had !== undefined && (subnet === undefined || had.address === sftpAddress(subnet));
}

/** Takes Traefik and the SFTP server out of the tenant's edge network, which can then be removed. */
export async function leaveEdge(docker: Docker, root: string, slug: string): Promise<void> {
  await leave(traefik, docker, root, slug);
  await leave(sftp, docker, root, slug);
}

/** Takes the SFTP server alone out of it. */
export function leaveSftp(docker: Docker, root: string, slug: string): Promise<void> {
  return leave(sftp, docker, root, slug);
}

async function join(
  { find, addressIn }: Guest,
  docker: Docker,
  root: string,
  slugs: readonly string[],
): Promise<string[] | undefined> {
  const guest = await find(docker, await readHost(root));
  if (guest === undefined) return undefined;
  const [networks, attached, subnets] = await Promise.all([
    listNetworks(docker),
    attachedNetworks(docker, guest),
    readSubnets(root),
  ]);
  const joined = await pMap(
    slugs,
    async (slug) => {
      const [network] = tenantNetworks(slug);
      const [id, subnet, had] = [networks.get(network), subnets.get(network), attached.get(network)];
      if (id === undefined) return [];
      const address = subnet === undefined ? undefined : addressIn(subnet);
      if (had?.id === id && (address === undefined || had.address === address)) return [];
      if (had !== undefined) await docker.run(disconnectNetwork(network, guest));
      await docker.run(connectNetwork(network, guest, address));
      return [network];
    },
    { concurrency: 4 },
  );
  return joined.flat();
}

async function leave({ find }: Guest, docker: Docker, root: string, slug: string): Promise<void> {
  const guest = await find(docker, await readHost(root));
  if (guest === undefined) return;
  const [network] = tenantNetworks(slug);
  const attached = await attachedNetworks(docker, guest);
  if (attached.has(network)) await docker.run(disconnectNetwork(network, guest));
}

/** Id of one of the host's own containers, running or not. Without a host.yaml there is none that is ours. */
async function findHostService(
  docker: Docker,
  host: HostSpec | undefined,
  stack: string,
  service: string,
): Promise<string | undefined> {
  if (host === undefined) return undefined;
  const ids = await docker.run(findService(hostNames(host).project(stack), service));
  return ids.split('\n').find((id) => id !== '');
}
