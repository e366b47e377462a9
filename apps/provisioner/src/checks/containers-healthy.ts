import { buildStack } from '#libs/stack';
import type { Container } from '../docker/containers.js';
import { error, ok, warning, type Found } from './finding.js';
import type { TenantCheck } from './tenant-subject.js';

/** Every service has a container that runs and finds itself healthy. */
export const containersHealthy: TenantCheck = {
  id: 'containers',
  title: 'Containers run and are healthy',
  run: ({ config, tenant, containers }) => {
    const services = Object.keys(buildStack(tenant.spec, config, tenant.secrets).compose.services);
    const found = services.flatMap((service) => findWrong(tenant.slug, service, containers));
    return Promise.resolve(found.length > 0 ? found : [ok(`${services.join(', ')} are healthy`)]);
  },
};

function findWrong(slug: string, service: string, containers: readonly Container[]): Found[] {
  const container = containers.find((one) => one.service === service);
  const logs = `wattfleet logs ${slug} --service ${service} --tail 100`;
  if (container === undefined) return [error(`${service} has no container`, `wattfleet up ${slug}`)];
  const { state, health } = container;
  if (state === 'restarting') return [error(`${service} starts again and again`, `${logs}: it says why`)];
  if (state !== 'running') return [error(`${service} is ${state}`, `${logs}; then wattfleet up ${slug}`)];
  if (health === 'unhealthy') return [error(`${service} is unhealthy`, `${logs}: it says why`)];
  if (health === 'starting')
    return [warning(`${service} is still starting`, `wattfleet up ${slug} waits for it`)];
  return [];
}
