import { v7 as uuid } from 'uuid';
import type { AddApiTokenBody, AddedApiToken, ApiTokenScope } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { startQuietPortal } from '../push/pushing-portal.js';
import { createTestDatabase } from '../test-database.js';

/** The external ids of the channels that there are; `nameless` has none. */
const externalIds = ['main-meter', 'pump', '=cmd|calc'] as const;

export type MeteredPortal = Awaited<ReturnType<typeof startMeteredPortal>>;

/** A portal with a site, a device and four channels, whose policies do not run. */
export async function startMeteredPortal(environment: Record<string, string> = {}) {
  const database = await createTestDatabase();
  const running = await startQuietPortal(database, environment);
  const { dataSource } = running;
  const admin = await ApiClient.signedIn(running.url);
  const [device]: { id: number }[] = await dataSource.query(
    `WITH site AS (
       INSERT INTO monitoring.site (uid, slug, name, time_zone) VALUES ($1, 'north', 'North', 'Europe/Paris') RETURNING id)
     INSERT INTO monitoring.device (uid, site_id, serial) SELECT $2, id, '02001084' FROM site RETURNING id`,
    [uuid(), uuid()],
  );
  const channels: Record<string, { id: number; uid: string }> = {};
  for (const externalId of [...externalIds, null]) {
    const uid = uuid();
    const [row]: { id: number }[] = await dataSource.query(
      `INSERT INTO monitoring.channel (uid, device_id, label, unit, name, quantity, external_id)
       VALUES ($1, $2, $3, 'W', $4, 'power', $5) RETURNING id`,
      [uid, device?.id, externalId ?? 'nameless', `Channel ${externalId ?? 'nameless'}`, externalId],
    );
    channels[externalId ?? 'nameless'] = { id: row?.id ?? 0, uid };
  }
  const makeToken = async (
    scopes: ApiTokenScope[],
    body: Partial<AddApiTokenBody> = {},
  ): Promise<AddedApiToken> => {
    const made = await admin.post<AddedApiToken>('/api/api-tokens', { name: 'logger', scopes, ...body });
    if (made.status !== 201) throw new Error(`the token was refused: ${JSON.stringify(made.body)}`);
    return made.body;
  };
  return {
    ...running,
    database,
    admin,
    channels,
    makeToken,
    /** A program with a token. */
    async program(...scopes: ApiTokenScope[]): Promise<ApiClient> {
      const { secret } = await makeToken(scopes);
      return new ApiClient(running.url, { authorization: `Bearer ${secret}` });
    },
    /** `channel time value` of all that is stored, by channel and time. */
    async stored(): Promise<string[]> {
      const rows: { row: string }[] = await dataSource.query(
        `SELECT label || ' ' || to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || ' ' || value AS row
         FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id ORDER BY channel_id, time`,
      );
      return rows.map(({ row }) => row);
    },
    async close(): Promise<void> {
      await running.close();
      await database.drop();
    },
  };
}
