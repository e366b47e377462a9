import { z } from 'zod';
import { isRequiredOr } from './spec-message.js';
import { parseSubnet } from './subnet.js';
import { hostName, image, wholeNumber } from './tenant-spec.js';

const absolutePath = z
  .string('must be an absolute path')
  // Printable: no file that names it could hold anything else.
  .regex(/^\/[ -9;-~\u00a0-\uffff]*$/, 'must be an absolute path, without a colon');

const onOff = (byDefault: boolean) => z.boolean('must be true or false').default(byDefault);

const email = z.email(isRequiredOr('must be an e-mail address'));

const tls = z
  .strictObject({
    /** How the host gets its certificates: Let's Encrypt over HTTP or DNS, or the host's own from a folder. */
    challenge: z.enum(['http', 'dns', 'own'], 'must be http, dns or own').default('http'),
    email: email.optional(),
    /** Another certificate authority that speaks ACME, such as Let's Encrypt's staging. */
    caServer: z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional(),
    dns: z
      .strictObject({
        provider: z
          .string(isRequiredOr("must be the code of one of Traefik's DNS providers, such as cloudflare"))
          .regex(
            /^[a-z0-9-]{2,40}$/,
            "must be the code of one of Traefik's DNS providers, such as cloudflare",
          ),
        /** `NAME=value` lines: the provider's credentials. */
        envFile: absolutePath,
      })
      .optional(),
    /** Pairs `NAME.crt` and `NAME.key`. */
    folder: absolutePath.optional(),
  })
  .superRefine((value, context) => {
    const need = (key: 'email' | 'dns' | 'folder') => {
      if (value[key] !== undefined) return;
      const message = `is required when tls.challenge is ${value.challenge}`;
      context.addIssue({ code: 'custom', path: [key], message });
    };
    if (value.challenge === 'own') need('folder');
    else need('email');
    if (value.challenge === 'dns') need('dns');
  });

const dashboard = z
  .strictObject({
    enabled: onOff(false),
    host: hostName.optional(),
    /** Lines of htpasswd: who may see it. */
    usersFile: absolutePath.optional(),
  })
  .superRefine((value, context) => {
    for (const key of ['host', 'usersFile'] as const) {
      if (!value.enabled || value[key] !== undefined) continue;
      const message = 'is required when dashboard.enabled is true: the dashboard is never open';
      context.addIssue({ code: 'custom', path: [key], message });
    }
  })
  .prefault({});

const addressMessage = 'must be an address or a range such as 203.0.113.7 or 203.0.113.0/24';

const networks = z
  .strictObject({
    /** The range that all networks of this host come from. Nothing else on the host may use it. */
    pool: z
      .string('must be a range such as 10.200.0.0/14')
      .refine(
        isPool,
        'must be a private range such as 10.200.0.0/14, /8 to /20, beginning at its first address',
      )
      .default('10.200.0.0/14'),
    /** Length of the prefix of a tenant's networks: 28 has room for 13 containers. */
    tenantPrefix: wholeNumber(24, 28).default(28),
    /** Put before the names of the host's own stacks and networks, for a second root on one host. */
    namePrefix: z
      .string('must be text such as staging-')
      .regex(
        /^([a-z][a-z0-9-]{0,20}-)?$/,
        'must be lower-case letters and digits, ending in a hyphen, such as staging-',
      )
      .default(''),
  })
  .prefault({});

const port = wholeNumber(1, 65_535);

const listen = z
  .strictObject({
    address: z.ipv4('must be an IPv4 address of the host, or 0.0.0.0 for all').default('0.0.0.0'),
    http: port.default(80),
    https: port.default(443),
    sftp: port.default(2022),
  })
  .prefault({});

/** The schema of `host.yaml`. Strict: a key it does not know is an error, not a setting without effect. */
export const hostSpecSchema = z
  .strictObject({
    tls,
    dashboard,
    /** Proxies in front of the edge, whose `X-Forwarded-For` is believed. */
    trustedIps: z
      .array(z.union([z.ipv4(), z.cidrv4(), z.ipv6(), z.cidrv6()], addressMessage), 'must be a list')
      .default([]),
    listen,
    networks,
    profiles: z
      .strictObject({ admin: onOff(false), monitoring: onOff(false), sftp: onOff(false) })
      .prefault({}),
    admin: z.strictObject({ host: hostName, email }).optional(),
    sftp: z
      .strictObject({
        /** Of tenants' files, a folder each. It belongs to user 1000, as whom SFTPGo runs. */
        folder: absolutePath.default('/srv/sftp/data'),
      })
      .prefault({}),
    images: z
      .strictObject({
        traefik: image.optional(),
        socketProxy: image.optional(),
        admin: image.optional(),
        timescaledb: image.optional(),
        prometheus: image.optional(),
        sftp: image.optional(),
      })
      .prefault({}),
    backup: z
      .strictObject({
        /** When the timer runs, in systemd's notation. */
        schedule: z
          .string("must be a time in systemd's notation, such as *-*-* 02:30:00")
          .regex(
            /^[A-Za-z0-9*:,./~ -]{2,80}$/,
            "must be a time in systemd's notation, such as *-*-* 02:30:00",
          )
          .default('*-*-* 02:30:00'),
      })
      .prefault({}),
    engine: z.strictObject({ socket: absolutePath.default('/var/run/docker.sock') }).prefault({}),
  })
  .refine((value) => !value.profiles.admin || value.admin !== undefined, {
    path: ['admin'],
    message: 'is required when profiles.admin is true: host and email',
  });

/** The host as ops describe it, with every default filled in. */
export type HostSpec = z.output<typeof hostSpecSchema>;

/** From 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16, with room for hundreds of networks. */
function isPool(text: string): boolean {
  try {
    const { first, prefix } = parseSubnet(text);
    const [a, b] = [Math.floor(first / 2 ** 24), Math.floor(first / 2 ** 16) % 256];
    const isPrivate = a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
    const widest = a === 10 ? 8 : a === 172 ? 12 : 16;
    return isPrivate && prefix >= widest && prefix <= 20;
  } catch {
    return false;
  }
}
