import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Municipalities, their tariffs with versions, and which site is billed by which. */
export class Tariffs1764000900000 implements MigrationInterface {
  name = 'Tariffs1764000900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE monitoring.municipality (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        uid uuid NOT NULL UNIQUE,
        name text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE monitoring.tariff (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        uid uuid NOT NULL UNIQUE,
        municipality_id integer NOT NULL REFERENCES monitoring.municipality,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (municipality_id, name)
      )`);
    await runner.query(`
      CREATE TABLE monitoring.tariff_version (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        uid uuid NOT NULL UNIQUE,
        tariff_id integer NOT NULL REFERENCES monitoring.tariff ON DELETE CASCADE,
        first_day date NOT NULL,
        last_day date CHECK (last_day >= first_day),
        document jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (tariff_id, first_day)
      )`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.tariff_version.last_day IS 'Included; without one it is valid for ever'`);
    await runner.query(`
      CREATE TABLE monitoring.site_tariff (
        site_id integer PRIMARY KEY REFERENCES monitoring.site ON DELETE CASCADE,
        tariff_id integer REFERENCES monitoring.tariff,
        subscribed_a numeric CHECK (subscribed_a >= 0),
        subscribed_kva numeric CHECK (subscribed_kva >= 0)
      )`);
    await runner.query(`CREATE INDEX ON monitoring.site_tariff (tariff_id)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }
}
