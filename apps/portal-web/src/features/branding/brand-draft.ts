import type { Branding, BrandingBody } from '#libs/contracts';

/** What the form holds: a colour that is not given is an empty field. */
export type BrandValues = { [Name in keyof BrandingBody]: string };

export const colorNames = ['primaryColor', 'secondaryColor', 'accentColor'] as const;
export type ColorName = (typeof colorNames)[number];

export function valuesOf(brand: BrandingBody): BrandValues {
  const { applicationName, primaryColor, secondaryColor, accentColor, footerText } = brand;
  return {
    applicationName,
    primaryColor: primaryColor ?? '',
    secondaryColor: secondaryColor ?? '',
    accentColor: accentColor ?? '',
    footerText,
  };
}

/** Body of the request; undefined stands for a colour that is none. */
export function bodyOf(values: BrandValues): {
  [Name in keyof BrandingBody]: BrandingBody[Name] | undefined;
} {
  return {
    applicationName: values.applicationName.trim(),
    primaryColor: colorOf(values.primaryColor),
    secondaryColor: colorOf(values.secondaryColor),
    accentColor: colorOf(values.accentColor),
    footerText: values.footerText.trim(),
  };
}

/** How the portal would look: while a colour is being typed, as it looks now. */
export function draftOf(values: BrandValues, saved: Branding): Branding {
  const body = bodyOf(values);
  const color = (name: ColorName) => (body[name] === undefined ? saved[name] : body[name]);
  return {
    ...saved,
    applicationName: body.applicationName || saved.applicationName,
    primaryColor: color('primaryColor'),
    secondaryColor: color('secondaryColor'),
    accentColor: color('accentColor'),
    footerText: body.footerText ?? '',
  };
}

/** `#rrggbb` of what was typed, `#rgb` too; null of an empty field, undefined of anything else. */
export function colorOf(typed: string): string | null | undefined {
  const text = typed.trim().toLowerCase();
  if (text === '') return null;
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`;
}
