import { listVolumes } from '../docker/volumes.js';
import type { Docker } from '../docker/docker.js';
import { removeScratch } from '../docker/scratch.js';
import { keptVolumes } from '../backup/restore-volumes.js';

/** Removes a tenant's containers, by their labels, so that it also works where files are gone. */
export async function removeContainers(docker: Docker, slug: string): Promise<void> {
  await removeScratch(docker, slug);
  const containers = await ids(
    docker,
    'ps',
    '--all',
    '--quiet',
    '--no-trunc',
    '--filter',
    `label=${projectOf(slug)}`,
  );
  // In their own time: a portal finishes its requests, and the database its writes.
  if (containers.length > 0) {
    await docker.run(['stop', ...containers]);
    await docker.run(['rm', '--force', '--volumes', ...containers]);
  }
}

/** Removes what else the engine has of a tenant without containers: networks, after others on them were disconnected, and volumes. */
export async function removeNetworksAndVolumes(docker: Docker, slug: string): Promise<void> {
  for (const network of await networksOf(docker, slug)) await removeNetwork(docker, network);
  const volumes = new Set([
    ...(await listVolumes(docker, projectOf(slug))),
    ...(await keptVolumes(docker, slug)),
  ]);
  if (volumes.size > 0) await docker.run(['volume', 'rm', ...volumes]);
}

function projectOf(slug: string): string {
  return `com.docker.compose.project=${slug}`;
}

async function networksOf(docker: Docker, slug: string): Promise<string[]> {
  const list = (filter: string) => ids(docker, 'network', 'ls', '--format', '{{.Name}}', '--filter', filter);
  const labelled = await list(`label=${projectOf(slug)}`);
  // The edge network may be older than the stack. No slug holds an underscore, so this is no other tenant's.
  const named = (await list(`name=${slug}_`)).filter(
    (name) => /^(edge|private)$/.test(name.slice(slug.length + 1)) && name.startsWith(`${slug}_`),
  );
  return [...new Set([...labelled, ...named])];
}

/** Traefik, or whoever watches, is on the edge network: it loses the route with the network. */
async function removeNetwork(docker: Docker, network: string): Promise<void> {
  const format = '{{range $id, $_ := .Containers}}{{println $id}}{{end}}';
  for (const container of await ids(docker, 'network', 'inspect', '--format', format, network)) {
    await docker.run(['network', 'disconnect', '--force', network, container]);
  }
  await docker.run(['network', 'rm', network]);
}

async function ids(docker: Docker, ...args: string[]): Promise<string[]> {
  return (await docker.run(args)).split('\n').filter((id) => id !== '');
}
