import { composeDown, composeStop } from '../docker/compose.js';
import type { Docker } from '../docker/docker.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import { leaveEdge } from './edge-networks.js';

/**
 * Stops one stack and removes its containers and networks; its volumes stay. Traefik leaves in between: before its containers
 * have stopped, requests that are under way would lose their answers, and those on kept connections wait for ever; after it,
 * the network could not be removed.
 */
export async function stopStack(docker: Docker, root: string, slug: string): Promise<void> {
  const { folder } = tenantFolder(root, slug);
  await docker.run(composeStop(folder));
  await leaveEdge(docker, root, slug);
  await docker.run(composeDown(folder));
}
