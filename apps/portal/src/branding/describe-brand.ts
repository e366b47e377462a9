import { createHash } from 'node:crypto';
import { defaultPrimaryColor, type Branding } from '#libs/contracts';
import type { BrandingRow } from './branding.queries.js';

/** The row as browsers get it: addresses in place of ids. */
export function describeBrand({ logo, faviconId, ...texts }: BrandingRow): Branding {
  const faviconVersion = faviconId ?? logo?.id ?? markVersion(texts.primaryColor);
  return {
    ...texts,
    logo: logo === null ? null : { ...withoutId(logo), url: `/api/branding/logo?v=${logo.id}` },
    favicon: { url: `/api/branding/favicon?v=${faviconVersion}`, own: faviconId !== null },
  };
}

function withoutId({ width, height, ink }: NonNullable<BrandingRow['logo']>) {
  return { width, height, ink };
}

/** The mark that stands where there is no logo, in the primary colour. The same drawing as the pages'. */
export function defaultMark(primaryColor: string | null): string {
  const fill = primaryColor ?? defaultPrimaryColor;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${fill}"/>` +
    '<path d="M4 17h6l3-9 5 16 4-11 2 4h4" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" ' +
    'stroke-linejoin="round"/></svg>'
  );
}

/** Of the mark, so that browsers may keep it until its colour changes. */
export function markVersion(primaryColor: string | null): string {
  return createHash('sha256').update(defaultMark(primaryColor)).digest('hex').slice(0, 16);
}
