import type { ImportFileSummary, ImportRunSummary, ImportSource, ImportSources } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { filesOf } from '../imports/upload-client.js';
import { startPortal, type RunningApp, type StartOptions } from '../running-app.js';

/** A portal that collects, and somebody signed in to it. */
export interface CollectingPortal extends RunningApp {
  client: ApiClient;
  /** Import now, to its end. */
  collect: () => Promise<ImportFileSummary[]>;
  source: () => Promise<ImportSource | undefined>;
  runs: () => Promise<ImportRunSummary[]>;
  measurements: () => Promise<number>;
}

export async function startCollecting(options: StartOptions): Promise<CollectingPortal> {
  const portal = await startPortal(options);
  const client = await ApiClient.signedIn(portal.url);
  const source = async () => (await client.get<ImportSources>('/api/imports/sources')).body.sources[0];
  return {
    ...portal,
    client,
    source,
    collect: async () => {
      const { status, body } = await client.post<{ runId: string }>('/api/imports/runs');
      if (status !== 202) throw new Error(`the portal answered ${status} ${JSON.stringify(body)}`);
      const files = await filesOf(client, body.runId);
      while ((await source())?.busy) await new Promise((resolve) => setTimeout(resolve, 20));
      return files;
    },
    runs: async () => (await client.get<{ runs: ImportRunSummary[] }>('/api/imports/runs')).body.runs,
    measurements: async () => {
      const [row]: { count: number }[] = await portal.dataSource.query(
        'SELECT count(*)::int AS count FROM monitoring.measurement',
      );
      return row?.count ?? 0;
    },
  };
}
