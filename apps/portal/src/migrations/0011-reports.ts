import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports of runs, habits of devices, retention of originals, and alerts. */
export class Reports1764001100000 implements MigrationInterface {
  name = 'Reports1764001100000';

  async up(runner: QueryRunner): Promise<void> {
    await this.widenImports(runner);
    await this.createAlerts(runner);
    await this.createNotices(runner);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }

  private async widenImports(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE monitoring.import_run
        ADD COLUMN unreadable integer NOT NULL DEFAULT 0,
        ADD COLUMN unrecorded jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN reported_at timestamptz`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.import_run.unrecorded IS
        'Reports of files that have no import_file: unchanged ones, and those that could not be read'`);
    await runner.query(`UPDATE monitoring.import_run SET reported_at = coalesce(finished_at, started_at)`);
    await runner.query(`
      CREATE INDEX import_run_unreported ON monitoring.import_run (started_at) WHERE reported_at IS NULL`);
    // ISO text of one length, so it is in the order of the instants; a cast to an instant cannot be generated.
    await runner.query(`
      ALTER TABLE monitoring.import_file
        ADD COLUMN newest_sample text GENERATED ALWAYS AS (report ->> 'lastTime') STORED,
        ADD COLUMN original_removed_at timestamptz`);
    await runner.query(`
      CREATE INDEX import_file_deliveries ON monitoring.import_file (site, device, imported_at DESC)
        INCLUDE (run_id, newest_sample) WHERE status = 'imported' AND upload_id IS NULL`);
    await runner.query(`
      CREATE INDEX import_file_originals ON monitoring.import_file (imported_at)
        WHERE original_removed_at IS NULL`);
    await runner.query(`ALTER TABLE monitoring.device ADD COLUMN watched boolean NOT NULL DEFAULT true`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.device.watched IS
        'False for one that was replaced or taken away: it is never overdue'`);
  }

  private async createAlerts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.import_source_failure (
        source text PRIMARY KEY,
        message text NOT NULL,
        since timestamptz NOT NULL,
        noted_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE monitoring.alert_evaluation (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        evaluated_at timestamptz,
        resumed_at timestamptz
      )`);
    await runner.query(`INSERT INTO monitoring.alert_evaluation DEFAULT VALUES`);
    // The subject is kept: the alert of a device that was deleted is history all the same.
    await runner.query(`
      CREATE TABLE monitoring.alert (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('overdue', 'source-failed')),
        device_id integer REFERENCES monitoring.device ON DELETE SET NULL,
        source text,
        subject jsonb NOT NULL,
        summary text NOT NULL,
        raised_at timestamptz NOT NULL,
        resolved_at timestamptz
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX alert_one_of_device ON monitoring.alert (device_id)
        WHERE resolved_at IS NULL AND kind = 'overdue'`);
    await runner.query(`
      CREATE UNIQUE INDEX alert_one_of_source ON monitoring.alert (source)
        WHERE resolved_at IS NULL AND kind = 'source-failed'`);
    await runner.query(`CREATE INDEX ON monitoring.alert (raised_at DESC)`);
    await runner.query(`CREATE INDEX ON monitoring.alert (device_id)`);
  }

  private async createNotices(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.alert_destination (
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
      COMMENT ON COLUMN monitoring.alert_destination.sender IS
        'The process that sends to it, until sender_until: never two at once'`);
    await runner.query(`
      CREATE TABLE monitoring.alert_notice (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        alert_id uuid NOT NULL REFERENCES monitoring.alert ON DELETE CASCADE,
        destination_id uuid REFERENCES monitoring.alert_destination ON DELETE SET NULL,
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
      CREATE INDEX alert_notice_unsent ON monitoring.alert_notice (destination_id, id)
        WHERE sent_at IS NULL AND given_up_at IS NULL`);
  }
}
