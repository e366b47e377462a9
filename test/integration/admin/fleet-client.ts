import { randomUUID } from 'node:crypto';
import type { CustomerWithToken } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { adminAccount, startAdmin, type RunningApp, type StartOptions } from '../running-app.js';

/** Admin with its first account signed in, and ways to give customers a past without pushing it. */
export class FleetClient {
  private constructor(
    readonly running: RunningApp,
    /** Signed in as admin. */
    readonly admin: ApiClient,
  ) {}

  static async start(options: StartOptions = {}): Promise<FleetClient> {
    const running = await startAdmin(options);
    return new FleetClient(running, await ApiClient.signedIn(running.url));
  }

  async register(code: string, name = code): Promise<{ id: number; token: string }> {
    const { status, body } = await this.admin.post<CustomerWithToken>('/api/customers', { code, name });
    if (status !== 201) throw new Error(`registration answered ${status}`);
    const [row]: { id: number }[] = await this.query('SELECT id FROM fleet.customer WHERE code = $1', [code]);
    return { id: row?.id ?? 0, token: body.token };
  }

  /** A second account with the role; its password is that of the first. */
  async signedInAs(
    role: 'operator' | 'admin',
    email = `${randomUUID()}@wattfleet.example`,
  ): Promise<ApiClient> {
    const account = { email, role, password: adminAccount.password };
    const { status } = await this.admin.post('/api/operators', account);
    if (status !== 201) throw new Error(`adding an account answered ${status}`);
    const client = new ApiClient(this.running.url);
    await client.signIn({ email, password: account.password });
    return client;
  }

  query<T>(statement: string, parameters: unknown[] = []): Promise<T[]> {
    return this.running.dataSource.query(statement, parameters);
  }

  /** The answer to a push's sign of life: whether the token is taken. */
  async contact(token: string): Promise<number> {
    const client = new ApiClient(this.running.url);
    const headers = { authorization: `Bearer ${token}` };
    return (await client.post('/api/ingest/contact', undefined, headers)).status;
  }

  /** A site with one device and these channels; gives the channels' keys. */
  async addChannels(
    customerId: number,
    channels: readonly { label: string; unit: string; name?: string }[],
    serial = '02001084',
  ): Promise<number[]> {
    const site = randomUUID();
    const device = randomUUID();
    await this.query(
      `INSERT INTO fleet.site (customer_id, uid, slug, name, time_zone) VALUES ($1, $2, $3, $3, 'UTC')`,
      [customerId, site, `site-${serial}`],
    );
    await this.query(
      `INSERT INTO fleet.device (customer_id, uid, site_uid, serial) VALUES ($1, $2, $3, $4)`,
      [customerId, device, site, serial],
    );
    const rows = await this.query<{ id: number }>(
      `INSERT INTO fleet.channel (customer_id, uid, device_uid, label, name, unit, quantity)
       SELECT $1, gen_random_uuid(), $2, label, name, unit, 'unknown'
       FROM unnest($3::text[], $4::text[], $5::text[]) AS given (label, name, unit) RETURNING id`,
      [
        customerId,
        device,
        channels.map(({ label }) => label),
        channels.map(({ name = '' }) => name),
        channels.map(({ unit }) => unit),
      ],
    );
    return rows.map(({ id }) => id);
  }

  /** One value a step from `from` until `to`. */
  async addMeasurements(
    customerId: number,
    channelId: number,
    { from, to, step = '1 hour', value }: { from: string; to: string; step?: string; value: string },
  ): Promise<void> {
    await this.query(
      `INSERT INTO fleet.measurement (customer_id, channel_id, time, value)
       SELECT $1, $2, time, ${value}
       FROM generate_series($3::timestamptz, $4::timestamptz - INTERVAL '1 microsecond', $5::interval) AS time`,
      [customerId, channelId, from, to, step],
    );
    await this.query(
      `UPDATE fleet.customer SET newest_data_at = now(), last_accepted_at = now(), last_contact_at = now(),
         measurement_count = (SELECT count(*) FROM fleet.measurement WHERE customer_id = $1) WHERE id = $1`,
      [customerId],
    );
  }

  async addEvent(customerId: number, event: Record<string, unknown>): Promise<void> {
    const row = {
      customer_id: customerId,
      outcome: 'accepted',
      type: 'measurements',
      bytes: 1,
      duration_ms: 1,
      ...event,
    };
    const names = Object.keys(row);
    await this.query(
      `INSERT INTO fleet.ingest_event (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(row),
    );
  }
}

/** A time so long ago, as PostgreSQL reads it. */
export function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1_000).toISOString();
}
