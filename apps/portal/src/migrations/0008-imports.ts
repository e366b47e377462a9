import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that are uploaded in the browser, mappings of the columns of other makers, and who started a run. */
export class Imports1764000800000 implements MigrationInterface {
  name = 'Imports1764000800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.import_mapping (
        id uuid PRIMARY KEY,
        name text NOT NULL UNIQUE,
        mapping jsonb NOT NULL,
        header jsonb NOT NULL,
        saved_by text NOT NULL,
        saved_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE monitoring.import_upload (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        site text,
        mapping jsonb,
        mapping_name text,
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        mappable boolean NOT NULL,
        report jsonb NOT NULL,
        uploaded_by text NOT NULL,
        uploaded_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      COMMENT ON TABLE monitoring.import_upload IS
        'A file in the upload area, named by its id; it waits until an import_file refers to it'`);
    await runner.query(`
      ALTER TABLE monitoring.import_file
        ADD COLUMN upload_id uuid REFERENCES monitoring.import_upload ON DELETE SET NULL`);
    await runner.query(`CREATE INDEX ON monitoring.import_file (upload_id) WHERE upload_id IS NOT NULL`);
    await runner.query(`
      ALTER TABLE monitoring.import_run
        ADD COLUMN account text,
        DROP CONSTRAINT import_run_trigger_check,
        ADD CONSTRAINT import_run_trigger_check
          CHECK (trigger IN ('schedule', 'manual', 'command', 'upload', 'retry'))`);
    await runner.query(`CREATE INDEX ON monitoring.import_run (started_at DESC)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }
}
