import { siteDashboardUid, type DashboardList } from '#libs/contracts';
import { catalogue } from '#libs/errors';
import { FakeFile, FakeProblem, type FakeApi } from './page-server.js';
import { newSite, northPlant } from './sites-data.js';

const ofAllSites = { siteId: null, title: null, timeZone: null };

export const dashboards: DashboardList = {
  enabled: true,
  problem: null,
  dashboards: [
    { uid: 'portfolio', kind: 'portfolio', ...ofAllSites },
    { uid: 'imports', kind: 'imports', ...ofAllSites },
    ...[northPlant, newSite].map(({ id, name, timeZone }) => ({
      uid: siteDashboardUid(id),
      kind: 'site' as const,
      siteId: id,
      title: name,
      timeZone,
    })),
  ],
};

export const unwritable: DashboardList['problem'] = {
  code: 'DASHBOARDS_UNWRITABLE',
  message:
    'Dashboards of sites cannot be written: the folder GRAFANA_DASHBOARDS_DIR is missing: is the volume mounted?',
  remedy: catalogue.DASHBOARDS_UNWRITABLE.remedy,
};

export const withoutGrafana: DashboardList = { enabled: false, problem: null, dashboards: [] };

/** The portal's list, and a Grafana that says what it was asked for. */
export function dashboardsApi(list: DashboardList, { answers = true } = {}): FakeApi {
  return ({ path, query }) => {
    if (path === '/api/dashboards') return list;
    if (!path.startsWith('/grafana/')) return undefined;
    if (!answers) throw new FakeProblem({ status: 502, code: 'BAD_GATEWAY', title: 'Bad gateway' });
    if (path === '/grafana/api/health') return { database: 'ok', version: '11.4.0' };
    return new FakeFile('text/html', grafanaPage(path, query));
  };
}

function grafanaPage(path: string, query: URLSearchParams): Buffer {
  const colors = query.get('theme') === 'dark' ? '#ddd; background: #111' : '#222; background: #fff';
  const facts = `${path} ${query.has('kiosk') ? 'kiosk' : 'whole'} ${query.get('timezone') ?? ''}`;
  return Buffer.from(
    `<!doctype html><html lang="en"><title>Grafana</title><body style="color: ${colors}"><main><h1>${facts}</h1></main></body></html>`,
  );
}
