import { ports, type TenantNames } from './names.js';

/**
 * Routes of the portal: everything on its host but `/metrics`, which is for the host's monitoring alone.
 * Rate limit and compression are defined here and used by Grafana's route too.
 */
export function portalRoute(names: TenantNames, host: string): Record<string, string> {
  const middleware = 'traefik.http.middlewares';
  return {
    ...route(names, 'portal', {
      rule: `Host(\`${host}\`) && !PathPrefix(\`/metrics\`)`,
      priority: '10',
      middlewares: [names.traefik('ratelimit'), names.traefik('compress')],
    }),
    [`${middleware}.${names.traefik('ratelimit')}.ratelimit.average`]: '100',
    [`${middleware}.${names.traefik('ratelimit')}.ratelimit.burst`]: '200',
    [`${middleware}.${names.traefik('compress')}.compress`]: 'true',
  };
}

/**
 * Routes of Grafana: `/grafana`, for those whom the portal vouches for.
 * What the client says about its identity is removed first; the portal's answer then says who it is.
 */
export function grafanaRoute(names: TenantNames, host: string): Record<string, string> {
  const identity = `traefik.http.middlewares.${names.traefik('identity')}.headers.customrequestheaders`;
  const auth = `traefik.http.middlewares.${names.traefik('auth')}.forwardauth`;
  return {
    ...route(names, 'grafana', {
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
  };
}

function route(
  names: TenantNames,
  service: 'portal' | 'grafana',
  { rule, priority, middlewares }: { rule: string; priority: string; middlewares: string[] },
): Record<string, string> {
  const name = names.traefik(service);
  const router = `traefik.http.routers.${name}`;
  return {
    'traefik.enable': 'true',
    'traefik.docker.network': names.network('edge'),
    [`${router}.rule`]: rule,
    [`${router}.priority`]: priority,
    [`${router}.entrypoints`]: 'websecure',
    [`${router}.tls`]: 'true',
    [`${router}.tls.certresolver`]: 'le',
    [`${router}.middlewares`]: middlewares.join(','),
    [`${router}.service`]: name,
    [`traefik.http.services.${name}.loadbalancer.server.port`]: ports[service],
  };
}
