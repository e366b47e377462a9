import { z } from 'zod';

/** `#rrggbb`. */
export const brandColor = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0c4a6e')
  .toLowerCase();

/** The colour of buttons and links where a brand names none. */
export const defaultPrimaryColor = '#066079';

/** Control characters, but for the line feed. */
// eslint-disable-next-line no-control-regex -- these are the characters it must find
const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f]/;

const text = (maximum: number) =>
  z
    .string()
    .trim()
    .max(maximum, `must have at most ${maximum} characters`)
    .refine((value) => !unprintable.test(value), 'must not hold control characters');

/** Body of `PUT /api/branding`: texts and colours, all of them. */
export const brandingBody = z.strictObject({
  applicationName: text(100)
    .refine((value) => !value.includes('\n'), 'must be one line')
    .refine((value) => value !== '', 'must not be empty'),
  /** Buttons, links and what is selected; null for the default. */
  primaryColor: brandColor.nullable(),
  /** The bar at the top; null leaves it plain. */
  secondaryColor: brandColor.nullable(),
  /** The line that marks where one is; null for the primary colour. */
  accentColor: brandColor.nullable(),
  /** Plain text with line breaks; empty for no footer. */
  footerText: text(500),
});

/** The dark and the light parts of what is seen of a logo; the same colour when it has only one. */
const logoInk = z.object({ dark: brandColor, light: brandColor });

/** Answer of `GET /api/branding`: how the portal looks, also before sign-in. */
export const branding = z.object({
  ...brandingBody.shape,
  logo: z
    .object({
      /** Local path; it changes with the picture, so that it may be kept for ever. */
      url: z.string(),
      /** Pixels. */
      width: z.number().int(),
      height: z.number().int(),
      /** Of a logo on a transparent ground; null when it brings its own ground. */
      ink: logoInk.nullable(),
    })
    .nullable(),
  favicon: z.object({
    /** Local path, as the logo's; `size` may be added. */
    url: z.string(),
    /** Uploaded for its own sake, not made from the logo. */
    own: z.boolean(),
  }),
});

/** Types that a logo or favicon can be sent as. What is kept and sent back is always a PNG made from it. */
export const brandingImageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'] as const;

/** Largest upload in bytes. */
export const maxBrandingImageBytes = 4_000_000;

/** Widths, and heights, that the favicon is kept in: a tab, a home screen, an installed app. */
export const faviconSizes = [32, 180, 512] as const;

export type BrandingBody = z.infer<typeof brandingBody>;
export type Branding = z.infer<typeof branding>;
export type BrandLogo = NonNullable<Branding['logo']>;
export type LogoInk = z.infer<typeof logoInk>;
export type FaviconSize = (typeof faviconSizes)[number];
