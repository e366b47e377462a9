import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Energy per customer and day, kept ready for the fleet page; the mark of a deletion that is under way. */
export class FleetEnergy1763800000001 implements MigrationInterface {
  name = 'FleetEnergy1763800000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE fleet.customer ADD COLUMN deletion_started_at timestamptz`);
    // The sums of pushes over the last minutes would read a week of them without it.
    await runner.query(`CREATE INDEX ON fleet.ingest_event (received_at DESC)`);
    await runner.query(`
      CREATE TABLE fleet.daily_energy (
        customer_id integer NOT NULL REFERENCES fleet.customer ON DELETE CASCADE,
        day date NOT NULL,
        energy_kwh double precision NOT NULL,
        covered_hours integer NOT NULL,
        channels integer NOT NULL,
        PRIMARY KEY (customer_id, day)
      )`);
    await runner.query(`CREATE INDEX ON fleet.daily_energy (day)`);
    await runner.query(`
      COMMENT ON COLUMN fleet.daily_energy.covered_hours IS
        'Hours with data, summed over the channels that count; all of them would be 24 times channels'`);
    await runner.query(`
      CREATE TABLE fleet.energy_sweep (
        window_days integer PRIMARY KEY,
        ran_at timestamptz NOT NULL
      )`);
    await runner.query(`
      COMMENT ON TABLE fleet.energy_sweep IS
        'When the days of a window were last computed; 0 stands for all days'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }
}
