import { slugOf } from '../../tenant-code.js';
import type { TenantSpec } from '../../tenant-spec.js';

/**
 * Every name of a tenant that others on the host could see. All begin with the slug and end in a word without a
 * hyphen, so the names of two tenants never meet (`ab` + `-portal-grafana` is not one of them).
 */
export function tenantNames({ code }: Pick<TenantSpec, 'code'>) {
  const slug = slugOf(code);
  return {
    slug,
    volume: (name: string) => `${slug}_${name}`,
    network: (name: 'edge' | 'private') => `${slug}_${name}`,
    /** Traefik's routers, services and middlewares: one namespace for the whole host. */
    traefik: (name: 'portal' | 'grafana' | 'auth' | 'identity' | 'ratelimit' | 'compress') =>
      `${slug}-${name}`,
    /** How Traefik, which stands in all edge networks at once, finds this tenant's portal. */
    portalAlias: `${slug}-portal`,
  };
}

export type TenantNames = ReturnType<typeof tenantNames>;

/** Facts that two services of the stack must agree on. */
export const database = { host: 'timescaledb', port: '5432', name: 'power_monitoring', user: 'power_user' };
export const ports = { portal: '4100', grafana: '3000' };
