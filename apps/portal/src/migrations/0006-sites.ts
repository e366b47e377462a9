import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people keep of sites, devices and channels beside what meter files say, and the policy for unknown devices. */
export class Sites1764000600000 implements MigrationInterface {
  name = 'Sites1764000600000';

  async up(runner: QueryRunner): Promise<void> {
    await this.widenSite(runner);
    await this.widenDevice(runner);
    await this.widenChannel(runner);
    for (const table of ['site', 'device', 'channel']) {
      await runner.query(
        `CREATE UNIQUE INDEX ${table}_external_id_key ON monitoring.${table} (external_id) WHERE external_id IS NOT NULL`,
      );
    }
    await runner.query(`
      CREATE TABLE monitoring.import_policy (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        unknown_devices text NOT NULL CHECK (unknown_devices IN ('create', 'reject'))
      )`);
    await runner.query(`INSERT INTO monitoring.import_policy (unknown_devices) VALUES ('create')`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }

  private async widenSite(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE monitoring.site
        ADD COLUMN address text NOT NULL DEFAULT '',
        ADD COLUMN notes text NOT NULL DEFAULT '',
        ADD COLUMN latitude double precision CHECK (latitude BETWEEN -90 AND 90),
        ADD COLUMN longitude double precision CHECK (longitude BETWEEN -180 AND 180),
        ADD COLUMN external_id text,
        ADD COLUMN archived_at timestamptz,
        ADD CHECK ((latitude IS NULL) = (longitude IS NULL))`);
  }

  private async widenDevice(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE monitoring.device
        ADD COLUMN display_name text NOT NULL DEFAULT '',
        ADD COLUMN external_id text,
        ADD COLUMN moved_at timestamptz`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.device.moved_at IS
        'When somebody chose its master by hand: a meter file does not move it back'`);
    await runner.query(`CREATE INDEX ON monitoring.device (master_id) WHERE master_id IS NOT NULL`);
  }

  private async widenChannel(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE monitoring.channel
        ADD COLUMN external_id text,
        ADD COLUMN meter_name text NOT NULL DEFAULT '',
        ADD COLUMN quantity_set_at timestamptz,
        ADD CHECK (sample_period_seconds > 0)`);
    // Of a channel that was renamed, the meter's own name comes with its next file.
    await runner.query(`UPDATE monitoring.channel SET meter_name = name WHERE renamed_at IS NULL`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.channel.name IS
        'What is displayed: the name of the newest meter file, or after renamed_at what somebody called it'`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.channel.meter_name IS 'What the newest meter file calls it'`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.channel.quantity_set_at IS
        'When somebody chose the quantity by hand: a meter file does not change it back'`);
    await runner.query(`
      COMMENT ON COLUMN monitoring.channel.sample_period_seconds IS
        'Set by hand; while null it is derived from the newest samples'`);
  }
}
