import { networkOf, traefikAddress } from '../edge-settings.js';
import { hostNames } from '../parse-host-spec.js';
import { dynamicFiles } from './edge/dynamic-files.js';
import { socketProxyService } from './edge/socket-proxy-service.js';
import { traefikService } from './edge/traefik-service.js';
import { secretFiles, type HostBlueprint } from './host-blueprint.js';

/**
 * The blueprint `edge`: Traefik, the only thing on the host that answers to the world, and the proxy through which it
 * reads the engine's socket. Traefik joins the edge network of every tenant besides, when that tenant is started.
 */
export const edgeBlueprint: HostBlueprint = (spec, facts, images, secrets) => {
  const names = hostNames(spec);
  const engine = networkOf(names.network('edge', 'engine'), facts.subnets[names.network('edge', 'engine')]);
  const shared = networkOf(names.publicNetwork, facts.subnets[names.publicNetwork]);
  const addresses = { engine: addressIn(engine), public: addressIn(shared) };
  return {
    compose: {
      name: names.project('edge'),
      services: {
        'socket-proxy': socketProxyService(spec, facts, addresses.engine),
        traefik: traefikService(spec, facts, addresses, Object.keys(secrets)),
      },
      networks: {
        front: networkOf(names.frontNetwork, facts.subnets[names.frontNetwork]),
        engine: { ...engine, internal: true },
        public: shared,
      },
      volumes: {},
      secrets: secretFiles(Object.keys(secrets)),
    },
    variables: { TRAEFIK_IMAGE: images.traefik, SOCKET_PROXY_IMAGE: images.socketProxy },
    files: dynamicFiles(spec, facts),
  };
};

function addressIn({ name, ipam }: ReturnType<typeof networkOf>): string {
  const subnet = ipam?.config[0]?.subnet;
  if (subnet === undefined) throw new TypeError(`the network ${name} has no range`);
  return traefikAddress(subnet);
}
