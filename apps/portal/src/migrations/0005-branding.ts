import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the portal looks: one row, made at the first start. The pictures are files on the branding volume. */
export class Branding1764000500000 implements MigrationInterface {
  name = 'Branding1764000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE DOMAIN monitoring.color AS text CHECK (VALUE ~ '^#[0-9a-f]{6}$')`);
    await runner.query(`
      CREATE TABLE monitoring.branding (
        the_only boolean PRIMARY KEY DEFAULT true CHECK (the_only),
        application_name text NOT NULL,
        primary_color monitoring.color,
        secondary_color monitoring.color,
        accent_color monitoring.color,
        footer_text text NOT NULL,
        logo_id uuid,
        logo_width integer,
        logo_height integer,
        logo_ink_dark monitoring.color,
        logo_ink_light monitoring.color,
        favicon_id uuid,
        CHECK (num_nonnulls(logo_id, logo_width, logo_height) IN (0, 3))
      )`);
  }

  async down(): Promise<void> {
    throw new Error('migrations run forward only; restore the backup instead');
  }
}
