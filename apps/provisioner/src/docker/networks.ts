import { z } from 'zod';
import type { Docker } from './docker.js';

/** A network that a container has, as the container remembers it. */
const attachedSchema = z.record(
  z.string(),
  z.object({ NetworkID: z.string(), IPAMConfig: z.object({ IPv4Address: z.string().optional() }).nullish() }),
);

/** Ids of all networks of the engine by their names. */
export async function listNetworks(docker: Docker): Promise<Map<string, string>> {
  const text = await docker.run(['network', 'ls', '--no-trunc', '--format', '{{.Name}}\t{{.ID}}']);
  const rows = text.split('\n').filter((row) => row !== '');
  return new Map(rows.map((row) => row.split('\t') as [string, string]));
}

/** The range of a network; undefined when the engine chose none. */
export async function subnetOfNetwork(docker: Docker, network: string): Promise<string> {
  const format = '{{range .IPAM.Config}}{{.Subnet}}{{end}}';
  return docker.run(['network', 'inspect', '--format', format, network]);
}

/** Networks of a container, running or not: their ids, and its fixed address in them. */
export async function attachedNetworks(
  docker: Docker,
  container: string,
): Promise<Map<string, { id: string; address: string | undefined }>> {
  const text = await docker.run(['inspect', '--format', '{{json .NetworkSettings.Networks}}', container]);
  const networks = attachedSchema.parse(JSON.parse(text));
  return new Map(
    Object.entries(networks).map(([name, { NetworkID, IPAMConfig }]) => [
      name,
      { id: NetworkID, address: IPAMConfig?.IPv4Address },
    ]),
  );
}

export function connectNetwork(network: string, container: string, address: string | undefined): string[] {
  return ['network', 'connect', ...(address === undefined ? [] : ['--ip', address]), network, container];
}

/** Also from a network that is no more, which a container may still remember. */
export function disconnectNetwork(network: string, container: string): string[] {
  return ['network', 'disconnect', '--force', network, container];
}
