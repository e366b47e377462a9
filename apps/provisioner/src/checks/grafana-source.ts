import { z } from 'zod';
import { tenantPorts } from '#libs/stack';
import { askFromPortal } from './ask-portal.js';
import { error, ok, skipped, type Found } from './finding.js';
import { inService, runningContainer, type TenantSubject } from './tenant-subject.js';

/** What dashboards name their data source by. */
const uid = 'timescaledb';
const grafana = `http://grafana:${tenantPorts.grafana}/grafana`;
const health = z.looseObject({ database: z.string(), version: z.string() });

/** Grafana has the data source that its dashboards name, and reaches the database through it. */
export const grafanaSource = inService(
  'grafana',
  'grafana-source',
  'Grafana reaches the measurements',
  async (subject, container) => {
    const file = await provisioned(subject, container);
    if (file.length > 0) return file;
    const portal = runningContainer(subject, 'portal');
    if (portal === undefined)
      return [ok(`provisioned with uid ${uid}`), skipped('portal does not run to ask it')];
    return [ok(`provisioned with uid ${uid}`), ...(await asked(subject, portal))];
  },
);

/** The file that Grafana reads at its start, as its container has it. */
async function provisioned({ docker, tenant: { slug } }: TenantSubject, container: string): Promise<Found[]> {
  const folder = '/etc/grafana/provisioning/datasources';
  const text = await docker.run(['exec', container, 'sh', '-c', `cat ${folder}/*.y*ml || true`], {
    timeoutSeconds: 30,
  });
  if (new RegExp(`^ +(?:- )?uid: ['"]?${uid}['"]?$`, 'm').test(text)) return [];
  return [
    error(
      `${folder} has no data source with uid ${uid}: dashboards find none`,
      `reinstall Wattfleet's provisioning/ folder (PROVISIONING_DIR in .env), then docker restart ${slug}-grafana-1`,
    ),
  ];
}

/** Asked from the portal's container: nobody else can, and the password stays off every command line. */
async function asked({ docker, tenant: { slug, secrets } }: TenantSubject, portal: string): Promise<Found[]> {
  const answer = await askFromPortal(docker, portal, `${grafana}/api/health`);
  const state = health.safeParse(answer.body);
  if (!state.success) return [skipped(`what answers as grafana is not Grafana (${answer.status})`)];
  const password = secrets.GRAFANA_ADMIN_PASSWORD ?? '';
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  const { status, body } = await askFromPortal(
    docker,
    portal,
    `${grafana}/api/datasources/uid/${uid}/health`,
    {
      authorization,
    },
  );
  if (status === 200) return [ok(`Grafana ${state.data.version} reaches the database`)];
  if (status === 401) {
    return [error('Grafana does not take the admin password of .env', `wattfleet rotate grafana ${slug}`)];
  }
  const said = z.looseObject({ message: z.string() }).safeParse(body);
  return [
    error(
      `the data source answers ${status}${said.success ? `: ${said.data.message}` : ''}`,
      `wattfleet logs ${slug} --service grafana --tail 100; wattfleet rotate db ${slug} when it is the password`,
    ),
  ];
}
