import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The append-only record of who changed what. */
export class Audit1763900000000 implements MigrationInterface {
  name = 'Audit1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.audit_event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        account text NOT NULL,
        action text NOT NULL,
        subject text,
        summary text NOT NULL,
        request_id text
      )`);
    await runner.query(`
      CREATE FUNCTION monitoring.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '% is append-only', tg_table_name; END $$`);
    await runner.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring.audit_event
      FOR EACH STATEMENT EXECUTE FUNCTION monitoring.refuse_change()`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }
}
