import { CodedError } from '#libs/errors';
import { listContainers } from './containers.js';
import type { Docker } from './docker.js';

/**
 * Id of the running container of a tenant's service.
 * @throws CodedError TENANT_STOPPED when there is none
 */
export async function serviceContainer(docker: Docker, slug: string, service: string): Promise<string> {
  const containers = await listContainers(docker, slug);
  const running = containers.find((one) => one.service === service && one.state === 'running');
  if (running === undefined)
    throw new CodedError('TENANT_STOPPED', { detail: `${service} of ${slug} does not run` });
  return running.id;
}
