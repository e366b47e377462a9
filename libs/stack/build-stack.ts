import { portalBlueprint } from './blueprints/portal.js';
import type { ComposeModel } from './compose-model.js';
import type { TenantSecrets } from './tenant-secrets.js';
import { slugOf } from './tenant-code.js';
import type { TenantSpec } from './tenant-spec.js';

/** What the host, not the tenant, decides. */
export interface HostSettings {
  /** Absolute path of the project's `provisioning/` on the Docker host. */
  provisioningDir: string;
  /** Version of the provisioner, whose portal image a tenant gets that names none. */
  version: string;
}

/** A tenant's stack, ready to be rendered. */
export interface Stack {
  slug: string;
  compose: ComposeModel;
  /** What `.env` holds beside the secrets. */
  variables: Record<string, string>;
  secrets: TenantSecrets;
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
    compose: blueprints[spec.blueprint](spec, (name) => secrets[name] !== undefined),
    variables: {
      COMPOSE_PROJECT_NAME: slugOf(spec.code),
      PORTAL_IMAGE: images.portal,
      TIMESCALE_IMAGE: images.timescaledb,
      GRAFANA_IMAGE: images.grafana,
      PROVISIONING_DIR: host.provisioningDir,
    },
    secrets,
  };
}

const blueprints = { portal: portalBlueprint };
