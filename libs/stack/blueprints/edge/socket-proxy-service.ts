import type { ComposeService } from '../../compose-model.js';
import type { HostFacts } from '../../host-facts.js';
import type { HostSpec } from '../../host-spec.js';
import { hardening, healthcheck, hostLabels } from '../hardening.js';

/**
 * What Traefik may ask of the engine: its version, the list of containers, one container, the stream of events.
 * Not their files (`archive`, `export`), logs or processes, and nothing that changes anything.
 */
const allowedGet = String.raw`/_ping|(/v1\.[0-9]{1,3})?/(version|events|containers/json|containers/[a-zA-Z0-9_.-]+/json)`;

/** Name and port under which Traefik finds the proxy. */
export const socketProxy = { service: 'socket-proxy', port: 2375 };

/** The one container that has the engine's socket. Only Traefik's address may ask it, on a network that leads nowhere. */
export function socketProxyService(
  { engine }: HostSpec,
  { engineGroup }: HostFacts,
  traefik: string,
): ComposeService {
  return {
    image: '${SOCKET_PROXY_IMAGE}',
    // Nobody, in the group that may use the socket.
    user: `65534:${engineGroup}`,
    command: [
      '-loglevel=WARN',
      '-listenip=0.0.0.0',
      `-proxyport=${socketProxy.port}`,
      '-socketpath=/var/run/docker.sock',
      `-allowfrom=${traefik}/32`,
      '-allowHEAD=/_ping',
      `-allowGET=${allowedGet}`,
      '-allowhealthcheck',
      // After an update of the engine the socket is another one: end, and be started anew.
      '-watchdoginterval=60',
      '-stoponwatchdog',
      '-shutdowngracetime=5',
    ],
    ...hardening({ memory: '64m', pids: 64, cpus: 0.5 }, ['/tmp']),
    stop_grace_period: '10s',
    environment: {},
    secrets: [],
    volumes: [
      {
        type: 'bind',
        source: engine.socket,
        target: '/var/run/docker.sock',
        read_only: true,
        bind: { create_host_path: false },
      },
    ],
    networks: { engine: {} },
    healthcheck: healthcheck(10, './healthcheck'),
    labels: hostLabels('edge'),
  };
}
