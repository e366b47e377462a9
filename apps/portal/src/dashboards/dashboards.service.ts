import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { siteDashboardUid, type DashboardList, type ListedDashboard } from '#libs/contracts';
import type { CodedError } from '#libs/errors';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { selectDashboardSites } from './dashboards.queries.js';
import { SiteDashboards } from './site-dashboards.service.js';

/** Of all sites; their uids are those of provisioning/grafana/dashboards/portal. */
const ofAllSites: readonly ListedDashboard[] = (['portfolio', 'imports'] as const).map((kind) => ({
  uid: kind,
  kind,
  siteId: null,
  title: null,
  timeZone: null,
}));

@Injectable()
export class DashboardsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly written: SiteDashboards,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  async list(): Promise<DashboardList> {
    if (this.settings.dashboardsFolder === undefined)
      return { enabled: false, problem: null, dashboards: [] };
    const sites = await selectDashboardSites(this.dataSource);
    const ofSites = sites
      .filter(({ archived }) => !archived)
      .map(({ id, name, timeZone }) => ({
        uid: siteDashboardUid(id),
        kind: 'site' as const,
        siteId: id,
        title: name,
        timeZone,
      }));
    const { problem } = this.written;
    return {
      enabled: true,
      problem: problem === undefined ? null : toldOf(problem),
      dashboards: [...ofAllSites, ...ofSites],
    };
  }
}

function toldOf({ code, message, entry: { remedy } }: CodedError): DashboardList['problem'] {
  return { code, message, remedy };
}
