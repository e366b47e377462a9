import { variable, type Values } from '#libs/config';
import { brandingBody, type BrandingBody } from '#libs/contracts';
import type { InputProblem } from '#libs/errors';

const first = 'Used at the first start and by a reset.';

/** The variables of the portal's looks. */
export const brandingVariables = {
  WHITE_LABEL_APPLICATION_NAME: variable.text(`Name shown to the customer. ${first}`, {
    default: 'Wattfleet',
  }),
  WHITE_LABEL_PRIMARY_COLOR: variable.color(`Buttons and links. ${first}`, {
    optional: true,
    example: '#0c4a6e',
  }),
  WHITE_LABEL_SECONDARY_COLOR: variable.color(`The bar at the top. ${first}`, {
    optional: true,
    example: '#0e7490',
  }),
  WHITE_LABEL_ACCENT_COLOR: variable.color(`Marks where one is. ${first}`, {
    optional: true,
    example: '#06b6d4',
  }),
  WHITE_LABEL_FOOTER_TEXT: variable.text(`Plain text below every page. ${first}`, {
    optional: true,
    example: '© Acme Corp',
  }),
  WHITE_LABEL_LOGO_FILE: variable.text(`PNG, JPEG, WebP or SVG file of the logo. ${first}`, {
    optional: true,
    example: '/data/branding/first-logo.svg',
  }),
  BRANDING_DIR: variable.text('Folder of the logo and the favicon; without it none can be uploaded.', {
    optional: true,
    example: '/data/branding',
  }),
};

type BrandingValues = Values<typeof brandingVariables>;

export interface BrandingSettings {
  folder: string | undefined;
  /** What the portal looks like until somebody changes it. */
  first: BrandingBody;
  firstLogoFile: string | undefined;
}

export function brandingSettings(values: BrandingValues): BrandingSettings {
  return {
    folder: values.BRANDING_DIR,
    first: brandingBody.parse(firstBrand(values)),
    firstLogoFile: values.WHITE_LABEL_LOGO_FILE,
  };
}

const variableOf: Record<string, string> = {
  applicationName: 'WHITE_LABEL_APPLICATION_NAME',
  footerText: 'WHITE_LABEL_FOOTER_TEXT',
};

/** The same rules as for what is typed into the page. */
export function checkBranding(values: BrandingValues): InputProblem[] {
  const result = brandingBody.safeParse(firstBrand(values));
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => ({
    path: variableOf[String(path[0])] ?? 'WHITE_LABEL_*',
    message,
  }));
}

function firstBrand(values: BrandingValues): BrandingBody {
  return {
    applicationName: values.WHITE_LABEL_APPLICATION_NAME,
    primaryColor: values.WHITE_LABEL_PRIMARY_COLOR ?? null,
    secondaryColor: values.WHITE_LABEL_SECONDARY_COLOR ?? null,
    accentColor: values.WHITE_LABEL_ACCENT_COLOR ?? null,
    footerText: values.WHITE_LABEL_FOOTER_TEXT ?? '',
  };
}
