import { z } from 'zod';
import { Secret } from './secret.js';

/** One environment variable: how it is read and what the reference page says of it. */
export interface Variable<T> {
  schema: z.ZodType<T>;
  doc: string;
  /** Value when it is not set, as it would stand in the environment. Without one the variable is required. */
  default?: string;
  /** True where leaving it out means something; the value is then undefined. */
  optional?: boolean;
  /** A secret can also be given as a file, `NAME_FILE`, and is never shown. */
  secret?: boolean;
  example?: string;
}

type Options = Pick<Variable<unknown>, 'default' | 'example'> & { optional?: never };
type OptionalOptions = { optional: true; example?: string };

interface Make<T> {
  (doc: string, options?: Options): Variable<T>;
  (doc: string, options: OptionalOptions): Variable<T | undefined>;
}

function make<T>(schema: z.ZodType<T>): Make<T> {
  return ((doc: string, options: Options | OptionalOptions = {}) => ({
    schema: options.optional ? schema.optional() : schema,
    doc,
    ...options,
  })) as Make<T>;
}

const spelledBoolean = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true');

export const text = make(z.string().max(10_000));
export const flag = make(spelledBoolean);
export const port = make(wholeNumber(1, 65_535));
export const url = make(
  z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).transform((u) => new URL(u)),
);
export const email = make(z.email('must be an e-mail address').toLowerCase());

/** `#rrggbb`, in lower case. */
export const color = make(
  z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0c4a6e')
    .toLowerCase(),
);

export const timeZone = make(z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Paris'));

export function integer(minimum: number, maximum: number): Make<number> {
  return make(wholeNumber(minimum, maximum));
}

export function oneOf<const T extends string>(...values: T[]): Make<T> {
  return make(z.enum(values, `must be one of ${values.join(', ')}`));
}

/** A secret of at least `minimumLength` characters. */
export function secret(minimumLength: number, doc: string): Variable<Secret>;
export function secret(
  minimumLength: number,
  doc: string,
  options: OptionalOptions,
): Variable<Secret | undefined>;
export function secret(
  minimumLength: number,
  doc: string,
  options: { optional?: true } = {},
): Variable<Secret | undefined> {
  const schema = z
    .string()
    .min(minimumLength, `must have at least ${minimumLength} characters`)
    .transform((value) => new Secret(value));
  return { schema: options.optional ? schema.optional() : schema, doc, secret: true, ...options };
}

function wholeNumber(minimum: number, maximum: number) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, message);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
