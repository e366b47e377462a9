import { adminDashboard } from './admin.js';
import type { Dashboard } from './finish.js';
import { fleetDashboard } from './fleet.js';
import { importsDashboard } from './imports.js';
import { portfolioDashboard } from './portfolio.js';
import { siteDashboard } from './site.js';

/** A dashboard and the file that it is written to. */
export interface DashboardFile {
  path: string;
  dashboard: Dashboard;
  /** Whose Grafana shows it. */
  of: 'portal' | 'admin';
}

/** All dashboards. That of a site is a template, beside the folders that Grafana reads. */
export function dashboardFiles(): DashboardFile[] {
  return [
    { path: 'provisioning/grafana/site-dashboard.json', dashboard: siteDashboard(), of: 'portal' },
    {
      path: 'provisioning/grafana/dashboards/portal/portfolio.json',
      dashboard: portfolioDashboard(),
      of: 'portal',
    },
    {
      path: 'provisioning/grafana/dashboards/portal/imports.json',
      dashboard: importsDashboard(),
      of: 'portal',
    },
    {
      path: 'provisioning/grafana-admin/dashboards/wattfleet-admin.json',
      dashboard: adminDashboard(),
      of: 'admin',
    },
    { path: 'provisioning/grafana-admin/dashboards/fleet.json', dashboard: fleetDashboard(), of: 'admin' },
  ];
}
