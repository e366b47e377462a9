import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a fleet is watched and steered by: streams, richer events, named tokens, the audit log. */
export class Fleet1763800000000 implements MigrationInterface {
  name = 'Fleet1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await this.widenCustomers(runner);
    await this.widenIngest(runner);
    await this.createAudit(runner);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }

  private async widenCustomers(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE fleet.account ADD COLUMN last_signed_in_at timestamptz`);
    await runner.query(`ALTER TABLE fleet.customer RENAME COLUMN last_refused_at TO last_rejected_at`);
    await runner.query(`
      ALTER TABLE fleet.customer
        ADD COLUMN last_auth_failed_at timestamptz,
        ADD COLUMN contact_resumed_at timestamptz,
        ADD COLUMN catalogue_version integer NOT NULL DEFAULT 0`);
    await runner.query(`
      COMMENT ON COLUMN fleet.customer.last_rejected_at IS
        'When a batch was last refused for what it holds, or a row of it rejected'`);
    await runner.query(`
      COMMENT ON COLUMN fleet.customer.contact_resumed_at IS
        'When contact came back after a silence, so that health does not flap'`);
    await runner.query(`
      COMMENT ON COLUMN fleet.customer.catalogue_version IS
        'Grows with every change of sites, devices and channels, so that their keys can be cached'`);
    await runner.query(`
      ALTER TABLE fleet.customer_token
        ADD COLUMN name text NOT NULL DEFAULT 'first token',
        ADD COLUMN created_by text`);
    await runner.query(`ALTER TABLE fleet.customer_token ALTER COLUMN name DROP DEFAULT`);
    await runner.query(`CREATE INDEX ON fleet.customer_token (customer_id)`);
    // What a portal that was made anew calls by other ids is the same place, meter and quantity all the same.
    await runner.query(`ALTER TABLE fleet.site ADD UNIQUE (customer_id, slug)`);
    await runner.query(`ALTER TABLE fleet.device ADD UNIQUE (customer_id, site_uid, serial)`);
    await runner.query(`ALTER TABLE fleet.channel ADD UNIQUE (customer_id, device_uid, label, unit)`);
  }

  private async widenIngest(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.ingest_stream (
        customer_id integer NOT NULL REFERENCES fleet.customer ON DELETE CASCADE,
        stream_id uuid NOT NULL,
        position bigint NOT NULL DEFAULT 0,
        first_seen_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (customer_id, stream_id)
      )`);
    await runner.query(`
      COMMENT ON COLUMN fleet.ingest_stream.position IS
        'Batches of the stream that were committed; what the portal remembers of it tells either side that the other was restored'`);
    await runner.query(`CREATE INDEX ON fleet.ingest_batch (received_at)`);
    await runner.query(`
      ALTER TABLE fleet.ingest_event
        ADD COLUMN type text NOT NULL DEFAULT 'measurements'
          CHECK (type IN ('measurements', 'catalogue', 'deletion', 'unknown')),
        ADD COLUMN requests integer NOT NULL DEFAULT 1,
        ADD COLUMN lag_seconds double precision`);
    await runner.query(`ALTER TABLE fleet.ingest_event ALTER COLUMN type DROP DEFAULT`);
  }

  private async createAudit(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fleet.audit_event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        account text NOT NULL,
        action text NOT NULL,
        customer text,
        summary text NOT NULL,
        request_id text
      )`);
    await runner.query(`CREATE INDEX ON fleet.audit_event (customer, id DESC) WHERE customer IS NOT NULL`);
    await runner.query(`
      CREATE FUNCTION fleet.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '% is append-only', tg_table_name; END $$`);
    await runner.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fleet.audit_event
      FOR EACH STATEMENT EXECUTE FUNCTION fleet.refuse_change()`);
  }
}
