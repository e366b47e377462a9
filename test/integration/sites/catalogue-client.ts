import type { PortalAuditPage, SiteDetail, SiteSummary } from '#libs/contracts';
import { ApiClient, type Answer } from '../api-client.js';
import { importInto } from '../imports/import-database.js';
import { MeterFolder, smallFile } from '../meter-folder.js';
import { startPortal, type RunningApp } from '../running-app.js';

/** A portal with the site `north`: a meter with six channels, and a slave module with two. */
export class CataloguePortal {
  #files = 0;

  private constructor(
    readonly running: RunningApp,
    readonly client: ApiClient,
  ) {}

  static async start(): Promise<CataloguePortal> {
    const running = await startPortal();
    const portal = new CataloguePortal(running, await ApiClient.signedIn(running.url));
    await portal.import();
    return portal;
  }

  /** A new file of the meter, as its next upload. */
  async import(site = 'north', masterSerial = '02001084') {
    const folder = await MeterFolder.create();
    const start = new Date(smallFile.start.getTime() + 86_400_000 * this.#files++);
    await folder.write(`${site}/${masterSerial}/file.tsv`, {
      masterSerial,
      start,
      slaves: [{ serial: '04002211', channels: 2 }],
    });
    return importInto(this.running.dataSource, folder);
  }

  async site(slug = 'north'): Promise<SiteDetail> {
    const { body } = await this.client.get<{ sites: SiteSummary[] }>('/api/sites?state=all');
    const found = body.sites.find((one) => one.slug === slug);
    return (await this.client.get<SiteDetail>(`/api/sites/${found?.id ?? ''}`)).body;
  }

  send<T = { code: string; errors?: { path: string; message: string }[] }>(
    method: string,
    address: string,
    body?: unknown,
  ): Promise<Answer<T>> {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return this.client.send<T>(method, address, body === undefined ? {} : json);
  }

  /** Actions, subjects and summaries since the sign-in, oldest first. */
  async audit(): Promise<string[]> {
    const { body } = await this.client.get<PortalAuditPage>('/api/audit?limit=500');
    return body.events
      .filter(({ action }) => !action.startsWith('session.'))
      .map(({ action, subject, summary }) => `${action} ${subject ?? ''}: ${summary}`)
      .toReversed();
  }

  /** Kinds of what waits to be pushed, and how many things each brings. */
  async outbox(): Promise<string[]> {
    const rows: { entry: string }[] = await this.running.dataSource.query(
      `SELECT kind || ' ' || items AS entry FROM monitoring.outbox WHERE kind <> 'measurements' ORDER BY id`,
    );
    return rows.map(({ entry }) => entry);
  }

  async clearOutbox(): Promise<void> {
    await this.running.dataSource.query('DELETE FROM monitoring.outbox');
  }

  /** Answers of the work while the signed-in account has this role. */
  async as<T>(role: 'viewer' | 'editor', work: () => Promise<T>): Promise<T> {
    await this.running.dataSource.query(`UPDATE monitoring.account SET role = $1`, [role]);
    try {
      return await work();
    } finally {
      await this.running.dataSource.query(`UPDATE monitoring.account SET role = 'admin'`);
    }
  }

  close(): Promise<void> {
    return this.running.close();
  }
}
