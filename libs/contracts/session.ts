import { z } from 'zod';
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

export type SignInBody = z.infer<typeof signInBody>;
export type CurrentSession = z.infer<typeof currentSession>;
export type ApplicationInfo = z.infer<typeof applicationInfo>;
