import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that are disabled or have a temporary password, and sessions that their owner recognises. */
export class Accounts1764000400000 implements MigrationInterface {
  name = 'Accounts1764000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE monitoring.account
        ADD COLUMN disabled_at timestamptz,
        ADD COLUMN must_change_password boolean NOT NULL DEFAULT false,
        ADD COLUMN last_signed_in_at timestamptz`);
    await runner.query(`
      ALTER TABLE monitoring.session
        ADD COLUMN uid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
        ADD COLUMN address text,
        ADD COLUMN user_agent text,
        ADD COLUMN last_seen_at timestamptz NOT NULL DEFAULT now()`);
    await runner.query(
      `COMMENT ON COLUMN monitoring.session.uid IS 'Names the session to its owner; id is a secret'`,
    );
    await runner.query(`CREATE INDEX ON monitoring.session (account_id)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }
}
