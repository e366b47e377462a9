import { readOnlyBind, type ComposeService } from '../../compose-model.js';
import { traefikAddress, type EdgeSettings } from '../../edge-settings.js';
import type { TenantSpec } from '../../tenant-spec.js';
import { hardening, healthcheck, tenantLabels } from '../hardening.js';
import { ports, type TenantNames } from './names.js';
import { grafanaRoute } from './traefik-labels.js';

/**
 * From whom Grafana believes `X-WEBAUTH-*` on a host without a host.yaml: any address Docker gives out. It publishes no
 * port, so only this tenant's containers and Traefik can reach it.
 */
const anyDockerAddress = '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16';

/** Grafana under `/grafana`, signed in by the portal. */
export function grafanaService(
  spec: TenantSpec,
  names: TenantNames,
  { edge, subnet }: { edge: EdgeSettings; subnet: string | undefined },
): ComposeService {
  const trusted = subnet === undefined ? anyDockerAddress : traefikAddress(subnet);
  return {
    image: '${GRAFANA_IMAGE}',
    // The image's own user, in the group that owns its data folder.
    user: '472:0',
    ...hardening(spec.limits.grafana, ['/tmp']),
    stop_grace_period: '30s',
    environment: { ...server(spec), ...signIn(trusted) },
    secrets: ['grafana_admin_password', 'grafana_database_password'],
    volumes: [
      { type: 'volume', source: 'grafana-data', target: '/var/lib/grafana' },
      // Dashboards of sites, which the portal writes.
      {
        type: 'volume',
        source: 'grafana-dashboards',
        target: '/var/lib/grafana-dashboards',
        read_only: true,
      },
      readOnlyBind('${PROVISIONING_DIR}/grafana', '/etc/grafana/provisioning'),
    ],
    networks: { edge: {}, private: {} },
    depends_on: { timescaledb: { condition: 'service_healthy' } },
    // With the sub-path: without it Grafana sends the question on to its public address.
    healthcheck: healthcheck(
      60,
      'wget',
      '-q',
      '-O',
      '/dev/null',
      `http://127.0.0.1:${ports.grafana}/grafana/api/health`,
    ),
    labels: { ...tenantLabels(names.slug, spec.labels), ...grafanaRoute(names, spec.host, edge) },
  };
}

function server(spec: TenantSpec): Record<string, string> {
  return {
    GF_SERVER_ROOT_URL: `https://${spec.host}/grafana/`,
    GF_SERVER_SERVE_FROM_SUB_PATH: 'true',
    GF_SECURITY_ALLOW_EMBEDDING: 'true',
    GF_SECURITY_COOKIE_SECURE: 'true',
    GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/grafana_admin_password',
    GF_DATE_FORMATS_DEFAULT_TIMEZONE: spec.timeZone,
    // As the reader's browser has it, like the portal around it.
    GF_DATE_FORMATS_USE_BROWSER_LOCALE: 'true',
    GF_USERS_DEFAULT_LANGUAGE: 'detect',
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: '/etc/grafana/provisioning/dashboards/portal/portfolio.json',
    GF_LOG_MODE: 'console',
    GF_METRICS_ENABLED: 'false',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  };
}

function signIn(trusted: string): Record<string, string> {
  return {
    GF_AUTH_PROXY_ENABLED: 'true',
    GF_AUTH_PROXY_HEADER_NAME: 'X-WEBAUTH-USER',
    GF_AUTH_PROXY_HEADER_PROPERTY: 'username',
    GF_AUTH_PROXY_HEADERS: 'Role:X-WEBAUTH-ROLE',
    GF_AUTH_PROXY_WHITELIST: trusted,
    GF_AUTH_PROXY_AUTO_SIGN_UP: 'true',
    // No session of Grafana's own: it would outlive the portal's.
    GF_AUTH_PROXY_ENABLE_LOGIN_TOKEN: 'false',
    GF_AUTH_ANONYMOUS_ENABLED: 'false',
    GF_AUTH_DISABLE_LOGIN_FORM: 'true',
    GF_AUTH_DISABLE_SIGNOUT_MENU: 'true',
    GF_USERS_ALLOW_SIGN_UP: 'false',
    GF_USERS_AUTO_ASSIGN_ORG_ROLE: 'Viewer',
  };
}
