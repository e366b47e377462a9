import type { NewSite, SiteDetail } from '#libs/contracts';

/** What the form holds: text, as it is typed. */
export interface SiteFormValues {
  name: string;
  slug: string;
  timeZone: string;
  address: string;
  latitude: string;
  longitude: string;
  externalId: string;
  notes: string;
}

export function emptySite(timeZone: string): SiteFormValues {
  return {
    name: '',
    slug: '',
    timeZone,
    address: '',
    latitude: '',
    longitude: '',
    externalId: '',
    notes: '',
  };
}

export function valuesOfSite(site: SiteDetail): SiteFormValues {
  const { name, slug, timeZone, address, latitude, longitude, externalId, notes } = site;
  return {
    name,
    slug,
    timeZone,
    address,
    latitude: latitude?.toString() ?? '',
    longitude: longitude?.toString() ?? '',
    externalId: externalId ?? '',
    notes,
  };
}

/** The body for the API. */
export function siteBody(values: SiteFormValues): NewSite {
  const { name, slug, timeZone, address, latitude, longitude, externalId, notes } = values;
  return {
    name: name.trim(),
    slug: slug.trim(),
    timeZone,
    address: address.trim(),
    latitude: coordinate(latitude),
    longitude: coordinate(longitude),
    externalId: externalId.trim() === '' ? null : externalId.trim(),
    notes: notes.trim(),
  };
}

/** Of a change, only what differs: what a meter file called a site need not be a name that may be typed. */
export function changedFields<T extends object>(before: T, after: T): Partial<T> {
  const changed = Object.keys(after).filter((key) => before[key as keyof T] !== after[key as keyof T]);
  return Object.fromEntries(changed.map((key) => [key, after[key as keyof T]])) as Partial<T>;
}

/** `48,85` is what a French keyboard types. */
function coordinate(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? null : Number(trimmed);
}

/** Whether it is left out or a number of degrees up to the limit. */
export function isCoordinate(text: string, limit: number): boolean {
  const degrees = coordinate(text);
  return degrees === null || Math.abs(degrees) <= limit;
}

/** A short name for a site of this name: `Hôtel de Ville (annexe)` → `hotel-de-ville-annexe`. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join('-');
}
