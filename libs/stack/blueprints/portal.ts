import { secretFile, tenantSecrets, type TenantSecretName } from '../tenant-secrets.js';
import type { ComposeModel } from '../compose-model.js';
import { networkOf, sftpAddress, type EdgeSettings, type TenantNetworks } from '../edge-settings.js';
import type { TenantSpec } from '../tenant-spec.js';
import { grafanaService } from './portal/grafana-service.js';
import { tenantNames, type TenantNames } from './portal/names.js';
import { portalService } from './portal/portal-service.js';
import { timescaledbService } from './portal/timescaledb-service.js';

/** The blueprint `portal`: a customer's portal, its database and its Grafana. */
export function portalBlueprint(
  spec: TenantSpec,
  {
    edge,
    networks,
    sftp,
  }: {
    edge: EdgeSettings;
    networks: TenantNetworks | undefined;
    sftp: { hostKeyFingerprint: string } | undefined;
  },
  has: (secret: TenantSecretName) => boolean,
): ComposeModel {
  const names = tenantNames(spec);
  const pushes = spec.fleet.enabled && has('FLEET_INGEST_TOKEN');
  const collects =
    spec.sftp.enabled && sftp !== undefined && networks !== undefined && has('SFTP_PASSWORD')
      ? { address: sftpAddress(networks.edge), ...sftp }
      : undefined;
  const services = {
    portal: portalService(spec, names, {
      edge,
      pushes,
      collects,
      has,
    }),
    timescaledb: timescaledbService(spec, names),
    grafana: grafanaService(spec, names, { edge, subnet: networks?.edge }),
  };
  return {
    name: names.slug,
    services,
    networks: {
      edge: networkOf(names.network('edge'), networks?.edge),
      private: { ...networkOf(names.network('private'), networks?.private), internal: true },
    },
    volumes: volumes(names),
    secrets: usedSecrets(Object.values(services).flatMap((service) => service.secrets)),
  };
}

function volumes(names: TenantNames): ComposeModel['volumes'] {
  const all = [
    'timescale-data',
    'grafana-data',
    'grafana-dashboards',
    'portal-branding',
    'portal-keys',
    'portal-import',
    'portal-reports',
  ];
  return Object.fromEntries(all.map((name) => [name, { name: names.volume(name) }]));
}

function usedSecrets(used: string[]): ComposeModel['secrets'] {
  const files = tenantSecrets.map(({ name }) => secretFile(name)).filter((file) => used.includes(file));
  return Object.fromEntries(files.map((file) => [file, { file: `./secrets/${file}` }]));
}
