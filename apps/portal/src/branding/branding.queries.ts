import type { DataSource, EntityManager } from 'typeorm';
import type { BrandingBody, LogoInk } from '#libs/contracts';

/** The logo as the database knows it; it and the favicon made from it are the files of `id` on the branding volume. */
export interface LogoRow {
  id: string;
  width: number;
  height: number;
  ink: LogoInk | null;
}

export interface BrandingRow extends BrandingBody {
  logo: LogoRow | null;
  /** Of a favicon that was uploaded for its own sake. */
  faviconId: string | null;
}

type FlatRow = BrandingBody &
  Pick<BrandingRow, 'faviconId'> & {
    logoId: string | null;
    logoWidth: number | null;
    logoHeight: number | null;
    inkDark: string | null;
    inkLight: string | null;
  };

const columns = `application_name AS "applicationName", primary_color::text AS "primaryColor",
  secondary_color::text AS "secondaryColor", accent_color::text AS "accentColor", footer_text AS "footerText",
  logo_id AS "logoId", logo_width AS "logoWidth", logo_height AS "logoHeight",
  logo_ink_dark::text AS "inkDark", logo_ink_light::text AS "inkLight", favicon_id AS "faviconId"`;

export async function selectBranding(database: DataSource | EntityManager): Promise<BrandingRow> {
  return theOnly(await database.query(`SELECT ${columns} FROM monitoring.branding`));
}

/** The same, and nobody else changes it until the transaction has ended. */
export async function lockBranding(manager: EntityManager): Promise<BrandingRow> {
  return theOnly(await manager.query(`SELECT ${columns} FROM monitoring.branding FOR UPDATE`));
}

/** @returns whether this is the first start: there was no row */
export async function insertFirstBranding(manager: EntityManager, body: BrandingBody): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `INSERT INTO monitoring.branding (application_name, primary_color, secondary_color, accent_color, footer_text)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1`,
    textsOf(body),
  );
  return rows.length > 0;
}

export async function updateTexts(manager: EntityManager, body: BrandingBody): Promise<void> {
  await manager.query(
    `UPDATE monitoring.branding SET application_name = $1, primary_color = $2, secondary_color = $3,
       accent_color = $4, footer_text = $5`,
    textsOf(body),
  );
}

export async function updateLogo(manager: EntityManager, logo: LogoRow | null): Promise<void> {
  await manager.query(
    `UPDATE monitoring.branding SET logo_id = $1, logo_width = $2, logo_height = $3,
       logo_ink_dark = $4, logo_ink_light = $5`,
    [
      logo?.id ?? null,
      logo?.width ?? null,
      logo?.height ?? null,
      logo?.ink?.dark ?? null,
      logo?.ink?.light ?? null,
    ],
  );
}

export async function updateFavicon(manager: EntityManager, id: string | null): Promise<void> {
  await manager.query(`UPDATE monitoring.branding SET favicon_id = $1`, [id]);
}

function textsOf(body: BrandingBody): unknown[] {
  const { applicationName, primaryColor, secondaryColor, accentColor, footerText } = body;
  return [applicationName, primaryColor, secondaryColor, accentColor, footerText];
}

function theOnly(rows: FlatRow[]): BrandingRow {
  const [row] = rows;
  if (row === undefined) throw new Error('the branding has no row: the portal has not started yet');
  const { logoId, logoWidth, logoHeight, inkDark, inkLight, ...rest } = row;
  const ink = inkDark === null || inkLight === null ? null : { dark: inkDark, light: inkLight };
  const hasLogo = logoId !== null && logoWidth !== null && logoHeight !== null;
  return { ...rest, logo: hasLogo ? { id: logoId, width: logoWidth, height: logoHeight, ink } : null };
}
