import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that are collected and read by a mapping, and which bytes were imported before, found by an index. */
export class MappingFiles1764001200000 implements MigrationInterface {
  name = 'MappingFiles1764001200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE monitoring.import_mapping ADD COLUMN files text`);
    await runner.query(`ALTER TABLE monitoring.import_file ADD COLUMN mapping jsonb`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.import_file.mapping IS
        'What a collected file was read by; that of an upload stands in import_upload'`);
    await runner.query(`CREATE INDEX ON monitoring.import_file (sha256)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }
}
