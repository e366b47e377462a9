import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets the ids of sites and devices change (a portal made anew gives new ones to what Admin knows already), and lets
 * names be exchanged within one batch: that no two are the same is checked when all of it has been applied.
 */
export class Ingest1763800000003 implements MigrationInterface {
  name = 'Ingest1763800000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE fleet.device
        DROP CONSTRAINT device_customer_id_site_uid_fkey,
        ADD CONSTRAINT device_customer_id_site_uid_fkey FOREIGN KEY (customer_id, site_uid)
          REFERENCES fleet.site (customer_id, uid) ON UPDATE CASCADE ON DELETE CASCADE`);
    await runner.query(`
      ALTER TABLE fleet.channel
        DROP CONSTRAINT channel_customer_id_device_uid_fkey,
        ADD CONSTRAINT channel_customer_id_device_uid_fkey FOREIGN KEY (customer_id, device_uid)
          REFERENCES fleet.device (customer_id, uid) ON UPDATE CASCADE ON DELETE CASCADE`);
    await this.deferUnique(runner, 'site', 'customer_id, slug');
    await this.deferUnique(runner, 'device', 'customer_id, site_uid, serial');
    await this.deferUnique(runner, 'channel', 'customer_id, device_uid, label, unit');
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }

  private async deferUnique(runner: QueryRunner, table: string, columns: string): Promise<void> {
    const name = `${table}_${columns.replaceAll(', ', '_')}_key`;
    await runner.query(`
      ALTER TABLE fleet.${table}
        DROP CONSTRAINT ${name},
        ADD CONSTRAINT ${name} UNIQUE (${columns}) DEFERRABLE INITIALLY DEFERRED`);
  }
}
