import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A queue whose entries can be merged and halved, quarantine, lease, comparison with Admin, and tombstones. */
export class FleetPush1763800000000 implements MigrationInterface {
  name = 'FleetPush1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await this.widenOutbox(runner);
    await this.createQuarantine(runner);
    await this.widenState(runner);
    await this.createReconcile(runner);
    await runner.query(`
      CREATE TABLE monitoring.deleted_entity (
        uid uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('site', 'device', 'channel')),
        deleted_at timestamptz NOT NULL DEFAULT now()
      )`);
    // A meter file does not give a channel back the name that somebody has replaced by hand.
    await runner.query(`ALTER TABLE monitoring.channel ADD COLUMN renamed_at timestamptz`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }

  private async widenOutbox(runner: QueryRunner): Promise<void> {
    // Entries of the older protocol are not understood any more; the first start compares everything with Admin.
    await runner.query(`TRUNCATE monitoring.outbox`);
    await runner.query(`
      ALTER TABLE monitoring.outbox
        DROP COLUMN quarantined_at,
        DROP COLUMN quarantine_reason,
        DROP CONSTRAINT outbox_pkey,
        ADD COLUMN part integer NOT NULL DEFAULT 0,
        ADD COLUMN part_width integer NOT NULL DEFAULT 1073741824,
        ADD COLUMN kind text NOT NULL CHECK (kind IN ('catalogue', 'measurements', 'deletion')),
        ADD COLUMN items integer NOT NULL DEFAULT 0,
        ADD COLUMN attempts integer NOT NULL DEFAULT 0,
        ADD PRIMARY KEY (id, part)`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.outbox.part IS
        'Place among the parts of an entry that was halved; its first part keeps 0'`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.outbox.items IS 'Sites, devices and channels, created, changed or deleted'`);
  }

  private async createQuarantine(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.outbox_quarantine (
        id uuid PRIMARY KEY,
        quarantined_at timestamptz NOT NULL DEFAULT now(),
        code text NOT NULL,
        message text NOT NULL,
        rows integer NOT NULL,
        sample jsonb NOT NULL,
        payload bytea NOT NULL
      )`);
    await runner.query(`CREATE INDEX ON monitoring.outbox_quarantine (quarantined_at DESC)`);
  }

  private async widenState(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE monitoring.fleet_push_state
        ADD COLUMN enabled boolean NOT NULL DEFAULT false,
        ADD COLUMN batch_rows integer NOT NULL DEFAULT 5000,
        ADD COLUMN stream_position bigint NOT NULL DEFAULT 0,
        ADD COLUMN lease_holder uuid,
        ADD COLUMN lease_expires_at timestamptz,
        ADD COLUMN hold text CHECK (hold IN ('held', 'backing-off')),
        ADD COLUMN retry_at timestamptz,
        ADD COLUMN failures integer NOT NULL DEFAULT 0,
        ADD COLUMN last_contact_at timestamptz,
        ADD COLUMN last_error_remedy text,
        ADD COLUMN unknown_channel_at timestamptz`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.fleet_push_state.stream_position IS
        'Batches of the stream that Admin has committed, as its last answer said'`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.fleet_push_state.unknown_channel_at IS
        'When a comparison was last begun because Admin did not know a channel'`);
  }

  private async createReconcile(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.fleet_reconcile (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        id uuid NOT NULL,
        reason text NOT NULL,
        stage text NOT NULL DEFAULT 'catalogue' CHECK (stage IN ('catalogue', 'windows', 'quarantine', 'finished')),
        started_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        window_start timestamptz,
        queued_day date,
        queued_channel integer,
        windows_done integer NOT NULL DEFAULT 0,
        windows_total integer NOT NULL DEFAULT 0,
        rows_queued bigint NOT NULL DEFAULT 0,
        failures integer NOT NULL DEFAULT 0,
        retry_at timestamptz
      )`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.fleet_reconcile.window_start IS
        'The window that is compared now; newer ones are done'`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.fleet_reconcile.queued_day IS
        'With queued_channel: the last day and channel of the window whose rows are queued; days run backwards'`);
  }
}
