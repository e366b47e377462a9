import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import {
  importRunReport,
  siteDashboardUid,
  type ImportRunSummary,
  type SiteSeries,
  type SiteSummary,
} from '#libs/contracts';
import { ApiClient } from '../../integration/api-client.js';

/** The portal looks every ten seconds for sites that imports have made. */
const dashboardsTimeoutMs = 60_000;

/** Fails unless every site has its dashboard, every site with channels its curve, and a run its report. */
export async function expectCurvesReportsAndDashboards(url: string, dashboards: string): Promise<void> {
  const client = await ApiClient.signedIn(url);
  const { body } = await client.get<{ sites: SiteSummary[] }>('/api/sites');
  const { sites } = body;
  expect(sites.length).toBeGreaterThan(0);
  await expect
    .poll(async () => (await readdir(dashboards)).toSorted(), { timeout: dashboardsTimeoutMs })
    .toEqual(sites.map(({ id }) => `${siteDashboardUid(id)}.json`).toSorted());
  const measured = sites.filter(({ channelCount }) => channelCount > 0);
  expect(measured.length).toBeGreaterThan(0);
  for (const { id } of measured) expect(await curveOf(client, id)).toBeGreaterThan(0);
  const { runs } = (await client.get<{ runs: ImportRunSummary[] }>('/api/imports/runs?pageSize=200')).body;
  const run = runs.find(({ totals, finishedAt }) => totals.imported > 0 && finishedAt !== null);
  const report = await client.get<unknown>(`/api/imports/runs/${run?.id}/report.json`);
  expect(importRunReport.parse(report.body).totals).toEqual(run?.totals);
}

/** How many points its lines have, over all that the customer sends. */
async function curveOf(client: ApiClient, site: string): Promise<number> {
  const range = 'from=2025-12-31T00:00:00Z&to=2026-04-01T00:00:00Z';
  const { body } = await client.get<SiteSeries>(`/api/sites/${site}/series?by=channel&${range}`);
  return body.series.reduce((sum, { values }) => sum + values.length, 0);
}
