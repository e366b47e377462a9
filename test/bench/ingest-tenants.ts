import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Client } from 'pg';
import type { PushBatch } from '#libs/contracts';
import { createToken, hashToken, tokenPrefix } from '../../apps/admin/src/customers/token.js';
import { emptyBatch } from '../../apps/portal/src/fleet-push/batch-body.js';
import type { IngestSender } from './ingest-sender.js';

/** A customer of the bench, with the keys that Admin gave it. */
export interface Tenant {
  customerId: number;
  token: string;
  streamId: string;
  /** In the order of their keys. */
  channels: { id: number; uid: string }[];
}

/** Registers the customers in the database, and announces their channels as portals do. */
export async function makeTenants(
  client: Client,
  sender: IngestSender,
  counts: { tenants: number; channels: number },
): Promise<Tenant[]> {
  const tenants: Tenant[] = [];
  for (let number = 0; number < counts.tenants; number++) {
    const code = `BENCH${number}`;
    const token = createToken(code);
    const { rows } = await client.query<{ customerId: number }>(
      `WITH added AS (INSERT INTO fleet.customer (uid, code, name) VALUES ($1, $2, $2) RETURNING id)
       INSERT INTO fleet.customer_token (id, customer_id, name, prefix, sha256)
       SELECT $1, id, 'bench', $3, $4 FROM added RETURNING customer_id AS "customerId"`,
      [randomUUID(), code, tokenPrefix(token), hashToken(token)],
    );
    const [{ customerId } = { customerId: 0 }] = rows;
    const tenant: Tenant = { customerId, token, streamId: randomUUID(), channels: [] };
    await sender.post(tenant, randomUUID(), gzipSync(JSON.stringify(announcement(tenant, counts.channels))));
    const { rows: channels } = await client.query<{ id: number; uid: string }>(
      `SELECT id, uid FROM fleet.channel WHERE customer_id = $1 ORDER BY id`,
      [customerId],
    );
    tenants.push({ ...tenant, channels });
  }
  return tenants;
}

function announcement({ token, streamId }: Tenant, channels: number): PushBatch {
  // Any id that is the same each time will do.
  const uid = (name: string) => {
    const hex = createHash('sha256').update(token).update(name).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  return {
    ...emptyBatch(streamId),
    sites: [{ id: uid('site'), slug: 'bench', name: 'Bench', timeZone: 'UTC' }],
    devices: [{ id: uid('device'), siteId: uid('site'), serial: '1', masterId: null }],
    channels: Array.from({ length: channels }, (_, index) => ({
      id: uid(`channel${index}`),
      deviceId: uid('device'),
      label: `Ch${index}`,
      name: `Channel ${index}`,
      unit: 'V',
      quantity: 'voltage',
    })),
  };
}
