import { SchedulerRegistry } from '@nestjs/schedule';
import type { DataSource } from 'typeorm';
import type { FleetPushStatus } from '#libs/contracts';
import type { DatabaseAddress } from '#libs/database';
import { FleetPushService } from '../../../apps/portal/src/fleet-push/fleet-push.service.js';
import { PusherService } from '../../../apps/portal/src/fleet-push/pusher.service.js';
import { importInto } from '../imports/import-database.js';
import { MeterFolder } from '../meter-folder.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';

export const pushToken = 'wf_abc0001_0123456789ABCDEFGHIJabcdefghij0123456789ABC_00000000';

/** Variables of a portal that pushes to `url`. */
export function pushingTo(url: string): Record<string, string> {
  return {
    FLEET_INGEST_ENABLED: 'true',
    FLEET_INGEST_URL: url,
    FLEET_INGEST_TOKEN: pushToken,
    FLEET_INGEST_BATCH_SIZE: '100',
  };
}

/** A portal whose policies do not run: on the one connection of the embedded database they hold up everything else. */
export async function startQuietPortal(
  database: TestDatabase,
  environment: Record<string, string> = {},
): Promise<RunningApp> {
  const running = await startPortal({ database, environment });
  for (const job of running.app.get(SchedulerRegistry).getCronJobs().values()) await job.stop();
  return running;
}

/** A portal that pushes batches of 100 rows when a test says so. */
export class PushingPortal {
  #day = 0;

  private constructor(
    private readonly running: RunningApp,
    private readonly database: TestDatabase,
  ) {}

  static async start(
    adminUrl: string,
    environment: Record<string, string> = {},
    database?: TestDatabase,
  ): Promise<PushingPortal> {
    const own = database ?? (await createTestDatabase());
    const running = await startQuietPortal(own, { ...pushingTo(adminUrl), ...environment });
    const portal = new PushingPortal(running, own);
    await portal.pusher.settled();
    return portal;
  }

  get url(): string {
    return this.running.url;
  }

  get dataSource(): DataSource {
    return this.running.dataSource;
  }

  get pusher(): PusherService {
    return this.running.app.get(PusherService);
  }

  get address(): DatabaseAddress {
    return this.database.address;
  }

  /** Ends the program and leaves its database. */
  stop(): Promise<void> {
    return this.running.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.database.drop();
  }

  status(): Promise<FleetPushStatus> {
    return this.running.app.get(FleetPushService).status();
  }

  /** Wakes the pusher and waits until it rests. */
  async push(): Promise<FleetPushStatus> {
    this.pusher.wake();
    await this.pusher.settled();
    return this.status();
  }

  /** The same without waiting for the time of the next try. */
  async pushNow(): Promise<FleetPushStatus> {
    await this.dataSource.query('UPDATE monitoring.fleet_push_state SET retry_at = NULL');
    await this.dataSource.query('UPDATE monitoring.fleet_reconcile SET retry_at = NULL');
    return this.push();
  }

  /** Imports one file of a day of its own; 50 rows of 6 channels fill three entries. */
  async import(rows = 50, site = 'north'): Promise<void> {
    const start = new Date(Date.UTC(2026, 0, ++this.#day));
    const folder = await MeterFolder.create();
    await folder.write(`${site}/02001084/T302.tsv`, { start, rows });
    await importInto(this.dataSource, folder, { pushBatchRows: 100 });
  }

  /** Fills the outbox with three full entries, and no others. */
  async fillOutbox(): Promise<string[]> {
    await this.import();
    await this.dataSource.query(`DELETE FROM monitoring.outbox WHERE kind = 'catalogue'`);
    return this.outboxKeys();
  }

  async outboxKeys(): Promise<string[]> {
    const rows: { key: string }[] = await this.dataSource.query(
      `SELECT idempotency_key AS key FROM monitoring.outbox ORDER BY id, part`,
    );
    return rows.map(({ key }) => key);
  }

  /** A line for every row that it holds, as `MemoryAdmin.rows` has them. */
  async rows(): Promise<string[]> {
    const rows: { row: string }[] = await this.dataSource.query(
      `SELECT uid || ' ' || (extract(epoch FROM time) * 1000)::bigint || ' ' || value AS row
       FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id`,
    );
    return rows.map(({ row }) => row).toSorted();
  }

  /** Forgets what is queued, quarantined and being compared. */
  async forget(): Promise<void> {
    await this.dataSource.query('DELETE FROM monitoring.outbox');
    await this.dataSource.query('DELETE FROM monitoring.outbox_quarantine');
    await this.dataSource.query('DELETE FROM monitoring.fleet_reconcile');
    await this.dataSource.query(
      `UPDATE monitoring.fleet_push_state SET unknown_channel_at = NULL, stream_position = 0`,
    );
  }
}
