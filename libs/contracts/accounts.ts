import { z } from 'zod';
import { instant } from './queries.js';

/** Of an account of a portal: a viewer looks, an editor changes sites, imports and tariffs, an admin everything. */
export const userRole = z.enum(['viewer', 'editor', 'admin']);

/** One of `GET /api/users`, which answers `{ users: [...] }` ordered by e-mail. */
export const userAccount = z.object({
  id: z.uuid(),
  email: z.string(),
  role: userRole,
  createdAt: instant,
  lastSignedInAt: instant.nullable(),
  /** Since when the account may not sign in. */
  disabledAt: instant.nullable(),
  /** It has a temporary password, which is changed at the next sign-in. */
  mustChangePassword: z.boolean(),
});

/** Body of `POST /api/users`. */
export const addUserBody = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
  role: userRole,
});

/** Body of `PATCH /api/users/:id`; the last enabled admin keeps the role. */
export const editUserBody = z.strictObject({ role: userRole });

/** Answer of `POST /api/users` and `POST /api/users/:id/temporary-password`. The password is shown this once. */
export const userWithPassword = z.object({ user: userAccount, temporaryPassword: z.string() });

export type UserRole = z.infer<typeof userRole>;
export type UserAccount = z.infer<typeof userAccount>;
export type AddUserBody = z.infer<typeof addUserBody>;
export type EditUserBody = z.infer<typeof editUserBody>;
export type UserWithPassword = z.infer<typeof userWithPassword>;
