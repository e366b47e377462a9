import { readOnlyBind, type ComposeService } from '../../compose-model.js';
import type { HostFacts } from '../../host-facts.js';
import type { HostSpec } from '../../host-spec.js';
import { secretFile } from '../../tenant-secrets.js';
import { hardening, healthcheck, hostLabels } from '../hardening.js';
import { secretPaths } from '../host-blueprint.js';
import { entryPorts, pingArguments, traefikArguments } from './traefik-arguments.js';

/** Name of the secret with the lines of htpasswd. */
export const dashboardUsers = 'DASHBOARD_USERS';

/** The edge proxy. */
export function traefikService(
  spec: HostSpec,
  { traefikUser }: HostFacts,
  addresses: { engine: string; public: string },
  secrets: readonly string[],
): ComposeService {
  const { listen, tls } = spec;
  const published = (target: number, port: number) =>
    ({ target, published: port, host_ip: listen.address, protocol: 'tcp' }) as const;
  return {
    image: '${TRAEFIK_IMAGE}',
    user: traefikUser,
    command: traefikArguments(spec),
    ...hardening({ memory: '512m', pids: 500, cpus: 2 }, ['/tmp']),
    stop_grace_period: '30s',
    // It stands in the networks of all tenants: no packet may go through it from one to another.
    sysctls: { 'net.ipv4.ip_forward': '0' },
    environment: secretPaths(secrets.filter((name) => name !== dashboardUsers)),
    secrets: secrets.map(secretFile),
    volumes: [
      readOnlyBind('./dynamic', '/dynamic'),
      ...(tls.challenge === 'own'
        ? [readOnlyBind('./secrets/certificates', '/certificates')]
        : [{ ...readOnlyBind('./acme', '/acme'), read_only: false }]),
    ],
    networks: {
      front: {},
      engine: { ipv4_address: addresses.engine },
      public: { ipv4_address: addresses.public },
    },
    ports: [published(entryPorts.web, listen.http), published(entryPorts.websecure, listen.https)],
    depends_on: { 'socket-proxy': { condition: 'service_healthy' } },
    healthcheck: healthcheck(30, 'traefik', 'healthcheck', ...pingArguments),
    labels: hostLabels('edge'),
  };
}
