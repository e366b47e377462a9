import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the collector remembers of its sources between two looks. */
export class Collection1764001000000 implements MigrationInterface {
  name = 'Collection1764001000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.collection_state (
        source text PRIMARY KEY CHECK (source IN ('folder', 'sftp')),
        looked_at timestamptz,
        waiting integer NOT NULL DEFAULT 0,
        problems jsonb NOT NULL DEFAULT '[]',
        problem_count integer NOT NULL DEFAULT 0,
        stuck_files integer NOT NULL DEFAULT 0,
        stuck_reason text,
        error_code text,
        error_message text,
        error_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE monitoring.collected_file (
        source text NOT NULL,
        path text NOT NULL,
        bytes bigint NOT NULL,
        modified_ms bigint NOT NULL,
        sha256 text NOT NULL,
        aside text NOT NULL CHECK (aside IN ('parsed', 'error')),
        collected_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (source, path)
      )`);
    await runner.query(`
      COMMENT ON TABLE monitoring.collected_file IS
        'A file that was dealt with and could not be moved: known by path, size, time and hash, it is not read again'`);
    await runner.query(`
      CREATE TABLE monitoring.collected_site_folder (
        source text NOT NULL,
        name text NOT NULL,
        PRIMARY KEY (source, name)
      )`);
    await this.widenImports(runner);
    // Of a site that was made for an empty folder nobody knows the zone before its first file.
    await runner.query(
      `ALTER TABLE monitoring.site ADD COLUMN time_zone_assumed boolean NOT NULL DEFAULT false`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }

  private async widenImports(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE monitoring.import_file
        ADD COLUMN source text NOT NULL DEFAULT 'folder',
        ADD COLUMN moved_to text,
        ADD COLUMN incomplete boolean NOT NULL DEFAULT false`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.import_file.incomplete IS
        'The upload was cut off, and no whole file of this path has come since'`);
    await runner.query(`CREATE INDEX ON monitoring.import_file (path) WHERE incomplete`);
    await runner.query(`
      ALTER TABLE monitoring.import_run
        DROP CONSTRAINT import_run_trigger_check,
        ADD CONSTRAINT import_run_trigger_check
          CHECK (trigger IN ('schedule', 'hook', 'manual', 'command', 'upload', 'retry'))`);
  }
}
