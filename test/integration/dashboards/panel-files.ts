import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '#libs/nest-kit';

/** What the tests look at of a panel. */
export interface PanelJson {
  id: number;
  type: string;
  title: string;
  description: string;
  fieldConfig: { defaults: { unit?: string } };
  targets: { rawSql: string; format: string; datasource: { uid: string } }[];
}

/** A row of an answer. */
export type Row = Record<string, unknown>;

export interface DashboardJson {
  uid: string;
  title: string;
  timezone: string;
  tags: string[];
  templating: { list: { name: string; type: string; query?: unknown; skipUrlSync?: boolean }[] };
  panels: PanelJson[];
}

function readDashboard(file: string): DashboardJson {
  return JSON.parse(readFileSync(path.join(packageRoot, 'provisioning', file), 'utf8')) as DashboardJson;
}

/** The dashboards of a portal. */
export const portalDashboards = {
  site: readDashboard('grafana/site-dashboard.json'),
  portfolio: readDashboard('grafana/dashboards/portal/portfolio.json'),
  imports: readDashboard('grafana/dashboards/portal/imports.json'),
};

/** Of Admin, over its own database. */
export const fleetDashboard = readDashboard('grafana-admin/dashboards/fleet.json');
