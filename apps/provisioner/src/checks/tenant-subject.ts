import { listContainers, type Container } from '../docker/containers.js';
import type { Docker } from '../docker/docker.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { readTenant, type Tenant } from '../tenants/tenant.js';
import { skipped, type Check, type Found } from './finding.js';

/** What a check of a tenant looks at. */
export interface TenantSubject {
  config: ProvisionerConfig;
  docker: Docker;
  tenant: Tenant;
  /** As the engine has them, running or not. */
  containers: readonly Container[];
}

export type TenantCheck = Check<TenantSubject>;

/** @throws CodedError TENANT_NOT_FOUND, SPEC_INVALID, DOCKER_MISSING, DOCKER_FAILED */
export async function tenantSubject(
  { config, docker }: Pick<TenantSubject, 'config' | 'docker'>,
  slug: string,
): Promise<TenantSubject> {
  const [tenant, containers] = await Promise.all([readTenant(config, slug), listContainers(docker, slug)]);
  return { config, docker, tenant, containers };
}

/** A check that looks into the running container of a service, and is left out when there is none. */
export function inService(
  service: string,
  id: string,
  title: string,
  look: (subject: TenantSubject, container: string) => Promise<Found[]>,
): TenantCheck {
  return {
    id,
    title,
    run: async (subject) => {
      const container = runningContainer(subject, service);
      return container === undefined ? [skipped(`${service} does not run`)] : look(subject, container);
    },
  };
}

/** Id of the service's running container. */
export function runningContainer({ containers }: TenantSubject, service: string): string | undefined {
  return containers.find((one) => one.service === service && one.state === 'running')?.id;
}
