import { portalBlueprint } from './blueprints/portal.js';
import type { ComposeModel } from './compose-model.js';
import { defaultEdge, type EdgeSettings, type TenantNetworks } from './edge-settings.js';
import type { RenderedFile } from './render.js';
import { tenantSecrets, type TenantSecrets } from './tenant-secrets.js';
import { slugOf } from './tenant-code.js';
import type { TenantSpec } from './tenant-spec.js';

/** What the host, not the tenant, decides. */
export interface HostSettings {
  /** Absolute path of the project's `provisioning/` on the Docker host. */
  provisioningDir: string;
  /** Version of the provisioner, whose portal image a tenant gets that names none. */
  version: string;
  /** Default: what a new host.yaml says. */
  edge?: EdgeSettings;
  /** Without them Docker chooses the addresses, and Traefik has none of its own that Grafana could trust alone. */
  networks?: TenantNetworks | undefined;
  /** The host's SFTP server, where it has one. */
  sftp?: { hostKeyFingerprint: string } | undefined;
}

/** The stack of a tenant or of the host, ready to be rendered. */
export interface Stack {
  slug: string;
  /** The file that people write, from which all of it follows. */
  source: 'tenant.yaml' | 'host.yaml';
  compose: ComposeModel;
  /** What `.env` holds beside the secrets. */
  variables: Record<string, string>;
  secrets: Readonly<Record<string, string>>;
  /** Files that the services mount, beside their secrets. */
  files?: readonly RenderedFile[];
}

/** The images a tenant gets that names none. */
export function defaultImages(version: string) {
  return {
    portal: `wattfleet:${version}`,
    timescaledb: 'timescale/timescaledb:2.22.1-pg17',
    grafana: 'grafana/grafana:11.4.0',
  };
}

/** The stack that `spec` describes. `secrets` are the tenant's own, as `.env` keeps them. */
export function buildStack(spec: TenantSpec, host: HostSettings, secrets: TenantSecrets): Stack {
  const images = { ...defaultImages(host.version), ...spec.images };
  return {
    slug: slugOf(spec.code),
    source: 'tenant.yaml',
    compose: blueprints[spec.blueprint](
      spec,
      { edge: host.edge ?? defaultEdge, networks: host.networks, sftp: host.sftp },
      (name) => secrets[name] !== undefined,
    ),
    variables: {
      COMPOSE_PROJECT_NAME: slugOf(spec.code),
      PORTAL_IMAGE: images.portal,
      TIMESCALE_IMAGE: images.timescaledb,
      GRAFANA_IMAGE: images.grafana,
      PROVISIONING_DIR: host.provisioningDir,
    },
    secrets: inOrder(secrets),
  };
}

/** However they came together, `.env` has them in one order: another one would be a change to apply. */
function inOrder(secrets: TenantSecrets): TenantSecrets {
  return Object.fromEntries(
    tenantSecrets.flatMap(({ name }) => (secrets[name] === undefined ? [] : [[name, secrets[name]]])),
  );
}

const blueprints = { portal: portalBlueprint };
