import { z } from 'zod';
import { isRequiredOr } from './spec-message.js';
import { sshPublicKey } from './ssh-public-key.js';
import { tenantCode } from './tenant-code.js';

const hostPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;
const imagePattern =
  /^[a-z0-9][a-z0-9._-]*(:\d+)?(\/[a-z0-9][a-z0-9._-]*)*(:[A-Za-z0-9_][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;
/** Where backups are kept: a folder, or what rclone or restic can reach. */
export const backupStorePattern = /^(\/[^\0\n]*|rclone:[\w.@+][\w .@+-]*:[^\0\n]*|restic:[^\s-][^\0\n]*)$/;
/** Control characters other than line feed, and halves of surrogate pairs: no file could hold them. */
// eslint-disable-next-line no-control-regex -- these are the characters it must find
const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f]|\p{Surrogate}/u;

const text = (maximum: number) =>
  z
    .string('must be text; put it in quotes')
    .max(maximum, `must have at most ${maximum} characters`)
    .refine((value) => !unprintable.test(value), 'must not hold control characters');

const colour = z
  .string('must be a colour in quotes, such as "#0c4a6e"')
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour in quotes, such as "#0c4a6e"');

/** A whole number within limits that its message names. */
export const wholeNumber = (minimum: number, maximum: number) => {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z.int(message).min(minimum, message).max(maximum, message);
};

/** An image by a tag that stays, or by its digest. */
export const image = z
  .string('must be an image such as wattfleet:1.2.3')
  .regex(imagePattern, 'must be an image such as wattfleet:1.2.3')
  .refine(isPinned, 'must be pinned: give a tag other than latest, or a digest');

/** What one service may use. Memory in Docker's notation (`512m`, `2g`); cpus in cores. */
const limits = (memory: string, pids: number, cpus: number) =>
  z
    .strictObject({
      memory: z
        .string('must be a size such as 512m or 2g')
        .regex(/^[1-9]\d{0,8}[kmg]$/, 'must be a size such as 512m or 2g')
        .default(memory),
      pids: wholeNumber(16, 32_768).default(pids),
      cpus: z
        .number('must be a number of cores such as 0.5')
        .min(0.05, 'must be at least 0.05')
        .max(256, 'must be at most 256')
        .default(cpus),
    })
    .prefault({});

/** The host name of a tenant's portal. */
export const hostName = z
  .string(isRequiredOr('must be a host name such as abc0001.portal.example.com'))
  .regex(hostPattern, 'must be a full host name in lower case, such as abc0001.portal.example.com');

const fleet = z
  .strictObject({
    enabled: z.boolean('must be true or false').default(false),
    url: z
      .url({ protocol: /^https?$/, error: "must be the http or https URL of Admin's ingest" })
      .refine((url) => !hasCredentials(url), 'must not hold a user name or password')
      .optional(),
    intervalSeconds: wholeNumber(5, 86_400).default(60),
    batchSize: wholeNumber(100, 5_000).default(5_000),
  })
  .refine((value) => !value.enabled || value.url !== undefined, {
    path: ['url'],
    message: 'is required when fleet.enabled is true',
  })
  .prefault({});

const sftp = z
  .strictObject({
    /** A user on the host's SFTP server, from which the portal collects. */
    enabled: z.boolean('must be true or false').default(false),
    /** Keys that sign the user in, beside its password. */
    publicKeys: z.array(sshPublicKey, 'must be a list').max(100, 'must be at most 100 keys').default([]),
    /** Most bytes that the user's folder may hold; 0 for no limit. */
    quotaBytes: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(10_000_000_000),
  })
  .prefault({});

/** Alerts of the portal. The server that mails them is `SMTP_URL` in `.env`, what signs webhooks `ALERT_WEBHOOK_SECRET`. */
const alerts = z
  .strictObject({
    /** Sender of alerts by e-mail. */
    emailFrom: z.email('must be an e-mail address').optional(),
    intervalSeconds: wholeNumber(5, 86_400).optional(),
    allowPrivateWebhooks: z.boolean('must be true or false').optional(),
  })
  .prefault({});

const days = wholeNumber(0, 36_500).optional();

/** For how many days the portal keeps files; 0 for ever. */
const imports = z
  .strictObject({ keepOriginalsDays: days, keepRefusedDays: days, keepReportsDays: days })
  .prefault({});

/** How many backups stay: the last ones, and the newest of so many days, weeks and months that have one. */
const keep = z
  .strictObject({
    last: wholeNumber(1, 1_000).default(3),
    daily: wholeNumber(0, 3_650).default(7),
    weekly: wholeNumber(0, 520).default(4),
    monthly: wholeNumber(0, 240).default(6),
  })
  .prefault({});

const backup = z
  .strictObject({
    to: z
      .string('must be a folder, rclone:REMOTE:PATH or restic:REPOSITORY')
      .regex(
        backupStorePattern,
        'must be a folder that begins with /, or rclone:REMOTE:PATH, or restic:REPOSITORY',
      )
      .refine((to) => !/\/\/[^/]*@/.test(to), 'must not hold a user name or password')
      .optional(),
    schedule: z
      .enum(['hourly', 'daily', 'weekly', 'off'], 'must be hourly, daily, weekly or off')
      .default('daily'),
    keep,
  })
  .prefault({});

/** The schema of `tenant.yaml`. Strict: a key it does not know is an error, not a setting without effect. */
export const tenantSpecSchema = z.strictObject({
  code: tenantCode,
  host: hostName,
  blueprint: z.literal('portal', 'must be portal').default('portal'),
  adminEmail: z.email(isRequiredOr('must be an e-mail address')),
  timeZone: z
    .string('must be a time zone such as Europe/Paris')
    .refine(isTimeZone, 'must be a time zone such as Europe/Paris')
    .default('UTC'),
  branding: z
    .strictObject({
      applicationName: text(100)
        .refine((value) => /^[^\n]*\S[^\n]*$/.test(value), 'must be one line of text')
        .optional(),
      primaryColor: colour.optional(),
      secondaryColor: colour.optional(),
      accentColor: colour.optional(),
      footerText: text(500).optional(),
    })
    .prefault({}),
  limits: z
    .strictObject({
      portal: limits('512m', 200, 1),
      timescaledb: limits('1g', 200, 2),
      grafana: limits('384m', 200, 1),
    })
    .prefault({}),
  labels: z
    .record(
      z.string().regex(/^[a-z][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits, dots and hyphens'),
      text(200),
    )
    .default({}),
  images: z
    .strictObject({ portal: image.optional(), timescaledb: image.optional(), grafana: image.optional() })
    .prefault({}),
  fleet,
  sftp,
  imports,
  alerts,
  backup,
});

/** A tenant as ops describe it, with every default filled in. */
export type TenantSpec = z.output<typeof tenantSpecSchema>;

function isPinned(reference: string): boolean {
  if (reference.includes('@sha256:')) return true;
  const tag = /:([^:/]+)$/.exec(reference)?.[1];
  return tag !== undefined && tag !== 'latest';
}

function isTimeZone(name: string): boolean {
  try {
    // A fixed offset such as +01:00 is one to Intl, but not to Grafana.
    return /^[A-Z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format().length > 0;
  } catch {
    return false;
  }
}

function hasCredentials(url: string): boolean {
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}
