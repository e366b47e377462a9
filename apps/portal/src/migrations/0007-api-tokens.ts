import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens of programs that send and read measurements, and the names by which they call channels. */
export class ApiTokens1764000700000 implements MigrationInterface {
  name = 'ApiTokens1764000700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.api_token (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
        prefix text NOT NULL,
        sha256 bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(),
        created_by text NOT NULL,
        last_used_at timestamptz,
        expires_at timestamptz,
        revoked_at timestamptz
      )`);
    await runner.query(`ALTER TABLE monitoring.channel ADD COLUMN IF NOT EXISTS external_id text`);
    await runner.query(
      `CREATE UNIQUE INDEX IF NOT EXISTS channel_external_id_key ON monitoring.channel (external_id)
       WHERE external_id IS NOT NULL`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }
}
