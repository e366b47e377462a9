import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules, alerts, and the notices that are sent of them. */
export class Alerts1763800000002 implements MigrationInterface {
  name = 'Alerts1763800000002';

  async up(runner: QueryRunner): Promise<void> {
    await this.createRules(runner);
    await this.createAlerts(runner);
    await this.createNotices(runner);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }

  private async createRules(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.alert_rule (
        kind text PRIMARY KEY,
        enabled boolean NOT NULL DEFAULT true,
        threshold double precision CHECK (threshold > 0),
        hold_minutes integer NOT NULL DEFAULT 5 CHECK (hold_minutes BETWEEN 0 AND 1440),
        CHECK ((threshold IS NULL) = (kind = 'auth-failure'))
      )`);
    await runner.query(`
      INSERT INTO fleet.alert_rule (kind, threshold)
      VALUES ('lag', 1440), ('rejection', 5), ('auth-failure', NULL), ('offline', 60)`);
    await runner.query(`
      CREATE TABLE fleet.alert_evaluation (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        evaluated_at timestamptz,
        resumed_at timestamptz
      )`);
    await runner.query(`INSERT INTO fleet.alert_evaluation DEFAULT VALUES`);
    await runner.query(`
      COMMENT ON COLUMN fleet.alert_evaluation.resumed_at IS
        'When evaluation began, or began again after a pause: what was not watched has not held'`);
  }

  private async createAlerts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.alert_condition (
        kind text NOT NULL REFERENCES fleet.alert_rule,
        customer_id integer NOT NULL REFERENCES fleet.customer ON DELETE CASCADE,
        holds boolean NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (kind, customer_id)
      )`);
    // Code and name are kept: the alert of a customer that was deleted is history all the same.
    await runner.query(`
      CREATE TABLE fleet.alert (
        id uuid PRIMARY KEY,
        kind text NOT NULL REFERENCES fleet.alert_rule,
        customer_id integer REFERENCES fleet.customer ON DELETE SET NULL,
        customer_code text NOT NULL,
        customer_name text NOT NULL,
        summary text NOT NULL,
        raised_at timestamptz NOT NULL,
        resolved_at timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by text
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX alert_one_open ON fleet.alert (kind, customer_id) WHERE resolved_at IS NULL`);
    await runner.query(`CREATE INDEX ON fleet.alert (raised_at DESC)`);
    await runner.query(`CREATE INDEX ON fleet.alert (customer_code, raised_at DESC)`);
    await runner.query(`CREATE INDEX ON fleet.alert (customer_id)`);
  }

  private async createNotices(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.alert_destination (
        id uuid PRIMARY KEY,
        type text NOT NULL CHECK (type IN ('webhook', 'email')),
        address text NOT NULL,
        enabled boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_sent_at timestamptz,
        last_error_at timestamptz,
        last_error text,
        sender uuid,
        sender_until timestamptz,
        UNIQUE (type, address)
      )`);
    await runner.query(`
      COMMENT ON COLUMN fleet.alert_destination.sender IS
        'The process that sends to it, until sender_until: never two at once'`);
    await runner.query(`
      CREATE TABLE fleet.alert_notice (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        alert_id uuid NOT NULL REFERENCES fleet.alert ON DELETE CASCADE,
        destination_id uuid REFERENCES fleet.alert_destination ON DELETE SET NULL,
        destination text NOT NULL,
        event text NOT NULL CHECK (event IN ('raised', 'resolved')),
        created_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL,
        sent_at timestamptz,
        given_up_at timestamptz,
        last_error text,
        UNIQUE (alert_id, destination_id, event)
      )`);
    await runner.query(`
      CREATE INDEX alert_notice_unsent ON fleet.alert_notice (destination_id, id)
      WHERE sent_at IS NULL AND given_up_at IS NULL`);
  }
}
