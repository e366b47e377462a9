import { z } from 'zod';
import { instant } from './queries.js';
import { branding } from './branding.js';

/** Body of `POST /api/session`. */
export const signInBody = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
  password: z.string().min(1).max(1_000),
});

/** Answer of `POST /api/session` and `GET /api/session`. */
export const currentSession = z.object({
  account: z.object({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(['admin', 'editor', 'viewer', 'operator']),
    /** The password is a temporary one: until it is changed, everything else answers PASSWORD_CHANGE_REQUIRED. */
    mustChangePassword: z.boolean(),
  }),
  /** What the sign-in page and the header show; the portal is white-label. */
  applicationName: z.string(),
});

/** Answer of `GET /api/application`: what a browser may know before sign-in. */
export const applicationInfo = z.object({
  applicationName: z.string(),
  version: z.string(),
  /** Of a portal only: Admin is not white-label. */
  branding: branding.optional(),
});

/** One of `GET /api/sessions`, which answers `{ sessions: [...] }`, the most recently used first. */
export const ownSession = z.object({
  id: z.uuid(),
  /** It is the one that asks. */
  current: z.boolean(),
  /** From where it was begun; null for one that is older than the record of it. */
  address: z.string().nullable(),
  /** As the browser names itself. */
  userAgent: z.string().nullable(),
  startedAt: instant,
  /** To the minute. */
  lastSeenAt: instant,
  /** At the latest; without use it ends earlier. */
  endsAt: instant,
});

export type SignInBody = z.infer<typeof signInBody>;
export type CurrentSession = z.infer<typeof currentSession>;
export type ApplicationInfo = z.infer<typeof applicationInfo>;
export type OwnSession = z.infer<typeof ownSession>;
