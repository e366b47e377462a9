import { z } from 'zod';
import type { TenantSubject } from './tenant-subject.js';

/** Where the host's Traefik can be asked for the tenant's pages from this machine. */
export interface EdgeAddress {
  address: string;
  port: number;
}

const attached = z.record(z.string(), z.unknown());
const settings = z.looseObject({
  Ports: z.record(
    z.string(),
    z.array(z.looseObject({ HostIp: z.string(), HostPort: z.string() })).nullable(),
  ),
  Networks: z.record(z.string(), z.looseObject({ IPAddress: z.string() })),
});

/** @returns undefined where no Traefik stands in the tenant's edge network */
export async function edgeAddress({
  docker,
  tenant: { slug },
  containers,
}: TenantSubject): Promise<EdgeAddress | undefined> {
  const network = `${slug}_edge`;
  const text = await docker.run(['network', 'ls', '--quiet', '--filter', `name=^${network}$`]);
  if (text === '') return undefined;
  const members = await docker.run(['network', 'inspect', '--format', '{{json .Containers}}', network]);
  const own = new Set(containers.map(({ id }) => id));
  const [traefik] = Object.keys(attached.parse(JSON.parse(members))).filter((id) => !own.has(id));
  if (traefik === undefined) return undefined;
  const state = await docker.run(['inspect', '--format', '{{json .NetworkSettings}}', traefik]);
  const { Ports: ports, Networks: networks } = settings.parse(JSON.parse(state));
  const published = ports['443/tcp']?.[0];
  if (published !== undefined) {
    const isAny = published.HostIp === '0.0.0.0' || published.HostIp === '' || published.HostIp === '::';
    return { address: isAny ? '127.0.0.1' : published.HostIp, port: Number(published.HostPort) };
  }
  const address = networks[network]?.IPAddress;
  return address === undefined || address === '' ? undefined : { address, port: 443 };
}
