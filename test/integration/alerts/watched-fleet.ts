import type { Alert, AlertKind, AlertPage } from '#libs/contracts';
import { NoticeDelivery } from '#libs/nest-kit';
import { AlertEvaluator } from '../../../apps/admin/src/alerts/alert-evaluator.js';
import { ApiClient } from '../api-client.js';
import { startAdmin, type RunningApp, type StartOptions } from '../running-app.js';

/** Minute 0 of the tests: nothing in them waits for a clock. */
const start = Date.UTC(2026, 5, 1, 12);

export function minute(minutes: number): Date {
  return new Date(start + minutes * 60_000);
}

/** Columns of `fleet.customer`: an instant as minutes. */
export interface CustomerTimes {
  last_contact_at?: number;
  last_accepted_at?: number;
  last_rejected_at?: number;
  last_auth_failed_at?: number;
  newest_data_at?: number;
  disabled_at?: number | null;
}

/** Admin with customers that are what a test says they are, and time that passes when it says so. */
export class WatchedFleet {
  constructor(
    readonly admin: RunningApp,
    readonly operator: ApiClient,
  ) {}

  static async start(options: StartOptions = {}): Promise<WatchedFleet> {
    const admin = await startAdmin(options);
    return new WatchedFleet(admin, await ApiClient.signedIn(admin.url));
  }

  close(): Promise<void> {
    return this.admin.close();
  }

  /** As after the migration. */
  async reset(): Promise<void> {
    for (const table of ['alert', 'alert_destination', 'alert_condition', 'ingest_event', 'customer'])
      await this.query(`DELETE FROM fleet.${table}`);
    await this.query(`UPDATE fleet.alert_evaluation SET evaluated_at = NULL, resumed_at = NULL`);
    await this.query(
      `UPDATE fleet.alert_rule SET enabled = true, hold_minutes = 5, threshold = CASE kind
         WHEN 'lag' THEN 1440 WHEN 'rejection' THEN 5 WHEN 'offline' THEN 60 END`,
    );
  }

  query<T = unknown>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.admin.dataSource.query(sql, parameters);
  }

  /** Registers a customer that was in contact at minute 0 unless told otherwise. */
  async addCustomer(code: string, times: CustomerTimes = {}, name = `Name of ${code}`): Promise<void> {
    await this.query(`INSERT INTO fleet.customer (uid, code, name) VALUES (gen_random_uuid(), $1, $2)`, [
      code,
      name,
    ]);
    await this.set(code, { last_contact_at: 0, ...times });
  }

  async set(code: string, times: CustomerTimes): Promise<void> {
    for (const [column, value] of Object.entries(times) as [string, number | null][])
      await this.query(`UPDATE fleet.customer SET ${column} = $2 WHERE code = $1`, [
        code,
        value === null ? null : minute(value),
      ]);
  }

  async addEvent(
    code: string,
    at: number,
    event: { outcome: string; received?: number; rejected?: number; code?: string },
  ): Promise<void> {
    await this.query(
      `INSERT INTO fleet.ingest_event (received_at, customer_id, type, outcome, code, rows_received, rows_rejected,
         bytes, duration_ms)
       SELECT $2, id, 'measurements', $3, $4, $5, $6, 0, 0 FROM fleet.customer WHERE customer.code = $1`,
      [code, minute(at), event.outcome, event.code ?? null, event.received ?? 0, event.rejected ?? 0],
    );
  }

  async setHold(minutes: number): Promise<void> {
    await this.query(`UPDATE fleet.alert_rule SET hold_minutes = $1`, [minutes]);
  }

  evaluate(at: number) {
    return this.admin.app.get(AlertEvaluator).evaluate(minute(at));
  }

  /** Every minute from one to the other, both included. */
  async evaluateFrom(first: number, last: number): Promise<void> {
    for (let at = first; at <= last; at++) await this.evaluate(at);
  }

  deliver(at: number, stop = new AbortController().signal): Promise<void> {
    return this.admin.app.get(NoticeDelivery).deliver(minute(at), stop);
  }

  async alerts(query = 'state=all'): Promise<Alert[]> {
    const { body } = await this.operator.get<AlertPage>(`/api/alerts?${query}`);
    return body.alerts;
  }

  /** `CODE kind`, sorted. */
  async open(): Promise<string[]> {
    const alerts = await this.alerts('state=open');
    return alerts.map(({ customer, kind }) => `${customer.code} ${kind satisfies AlertKind}`).toSorted();
  }

  async addDestination(type: 'webhook' | 'email', address: string): Promise<string> {
    const { status, body } = await this.operator.post<{ id: string }>('/api/alerts/destinations', {
      type,
      address,
    });
    if (status !== 201) throw new Error(`the destination was answered ${status}`);
    return body.id;
  }
}
