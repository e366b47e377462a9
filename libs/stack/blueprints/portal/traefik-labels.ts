import type { EdgeSettings } from '../../edge-settings.js';
import { rateLimit, route } from '../route.js';
import { ports, type TenantNames } from './names.js';

/**
 * Routes of the portal: everything on its host but `/metrics`, which is for the host's monitoring alone.
 * Rate limit and compression are defined here and used by Grafana's route too.
 */
export function portalRoute(names: TenantNames, host: string, edge: EdgeSettings): Record<string, string> {
  return {
    ...route(edge, {
      name: names.traefik('portal'),
      network: names.network('edge'),
      port: ports.portal,
      rule: `Host(\`${host}\`) && !PathPrefix(\`/metrics\`)`,
      priority: '10',
      middlewares: [names.traefik('ratelimit'), names.traefik('compress')],
    }),
    ...rateLimit(edge, names.traefik('ratelimit')),
    [`traefik.http.middlewares.${names.traefik('compress')}.compress`]: 'true',
  };
}

/**
 * Routes of Grafana: `/grafana`, for those whom the portal vouches for.
 * What the client says about its identity is removed first; the portal's answer then says who it is.
 */
export function grafanaRoute(names: TenantNames, host: string, edge: EdgeSettings): Record<string, string> {
  const identity = `traefik.http.middlewares.${names.traefik('identity')}.headers.customrequestheaders`;
  const auth = `traefik.http.middlewares.${names.traefik('auth')}.forwardauth`;
  return {
    ...route(edge, {
      name: names.traefik('grafana'),
      network: names.network('edge'),
      port: ports.grafana,
      rule: `Host(\`${host}\`) && PathPrefix(\`/grafana\`)`,
      // Said outright: by default the longer rule wins, and that is the portal's.
      priority: '100',
      middlewares: [
        names.traefik('ratelimit'),
        names.traefik('identity'),
        names.traefik('auth'),
        names.traefik('compress'),
      ],
    }),
    // An empty value removes the header.
    [`${identity}.X-WEBAUTH-USER`]: '',
    [`${identity}.X-WEBAUTH-ROLE`]: '',
    [`${auth}.address`]: `http://${names.portalAlias}:${ports.portal}/api/auth/check`,
    [`${auth}.authResponseHeaders`]: 'X-WEBAUTH-USER,X-WEBAUTH-ROLE',
    // What the portal is asked about is what Traefik saw, not what the client says of it.
    [`${auth}.trustForwardHeader`]: 'false',
    [`${auth}.maxResponseBodySize`]: '65536',
  };
}
