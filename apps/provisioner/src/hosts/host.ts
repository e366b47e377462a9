import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '#libs/errors';
import { edgeOf, parseHostSpec, type HostSettings, type HostSpec } from '#libs/stack';
import { readSftpHost } from '../sftp/sftp-host.js';
import { reserveSubnets } from './subnets.js';

/** host.yaml as it was last read: a run over a thousand tenants asks a thousand times. */
const lastRead = new Map<string, { version: string; spec: HostSpec }>();

export function hostFile(root: string): string {
  return path.join(root, 'host.yaml');
}

/** What ops wrote of this host; undefined before its first `host init`. @throws CodedError HOST_SPEC_INVALID */
export async function readHost(root: string): Promise<HostSpec | undefined> {
  const file = hostFile(root);
  try {
    const { mtimeMs, size, ino } = await stat(file);
    const version = `${ino} ${mtimeMs} ${size}`;
    const known = lastRead.get(file);
    if (known?.version === version) return known.spec;
    const spec = parseHostSpec(await readFile(file, 'utf8'));
    lastRead.set(file, { version, spec });
    return spec;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * What a tenant's files take from the host. Its networks get their ranges here, once and for good, so that a plan shows
 * what an apply writes. Empty before the first `host init`.
 */
export async function tenantHostSettings(
  root: string,
  slug: string,
): Promise<Pick<HostSettings, 'edge' | 'networks' | 'sftp'>> {
  const host = await readHost(root);
  if (host === undefined) return {};
  const { pool, tenantPrefix: prefix } = host.networks;
  const [edge, inner] = tenantNetworks(slug);
  const subnets = await reserveSubnets(root, pool, [
    { name: edge, prefix },
    { name: inner, prefix },
  ]);
  return {
    edge: edgeOf(host),
    networks: { edge: subnets[edge] ?? '', private: subnets[inner] ?? '' },
    sftp: await readSftpHost(root, host),
  };
}

/** Names of a tenant's two networks: of the one that Traefik joins, and of the private one. */
export function tenantNetworks(slug: string): [edge: string, inner: string] {
  return [`${slug}_edge`, `${slug}_private`];
}
