import type { EdgeSettings } from '../edge-settings.js';

/** A router and its service, as Traefik reads them from a container's labels. */
export interface Route {
  /** Of the router and the service: one namespace for the whole host. */
  name: string;
  /** The one of the container's networks in which Traefik stands. */
  network: string;
  port: string;
  rule: string;
  priority: string;
  middlewares: string[];
}

/** The labels of a route over https. */
export function route(edge: EdgeSettings, { name, network, port, rule, priority, middlewares }: Route) {
  const router = `traefik.http.routers.${name}`;
  return {
    'wattfleet.edge': edge.project,
    'traefik.enable': 'true',
    'traefik.docker.network': network,
    [`${router}.rule`]: rule,
    [`${router}.priority`]: priority,
    [`${router}.entrypoints`]: 'websecure',
    [`${router}.tls`]: 'true',
    ...(edge.certResolver === undefined ? {} : { [`${router}.tls.certresolver`]: edge.certResolver }),
    [`${router}.middlewares`]: middlewares.join(','),
    [`${router}.service`]: name,
    [`traefik.http.services.${name}.loadbalancer.server.port`]: port,
  };
}

/** 100 requests a second of one client, 200 at once. */
export function rateLimit(edge: EdgeSettings, name: string): Record<string, string> {
  const middleware = `traefik.http.middlewares.${name}.ratelimit`;
  return {
    [`${middleware}.average`]: '100',
    [`${middleware}.burst`]: '200',
    // Behind a proxy all clients have its address: theirs is the one before it.
    ...(edge.trustedIps.length === 0
      ? {}
      : { [`${middleware}.sourcecriterion.ipstrategy.excludedips`]: edge.trustedIps.join(',') }),
  };
}
