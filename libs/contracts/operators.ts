import { z } from 'zod';
import { instant } from './queries.js';

/** Of an account of Admin: an operator reads, an admin changes. */
export const operatorRole = z.enum(['operator', 'admin']);

const password = z.string().min(12, 'must have at least 12 characters').max(1_000);

/** One of `GET /api/operators`, which answers `{ operators: [...] }` ordered by e-mail. */
export const operatorAccount = z.object({
  id: z.uuid(),
  email: z.string(),
  role: operatorRole,
  createdAt: instant,
  lastSignedInAt: instant.nullable(),
});

/** Body of `POST /api/operators`. */
export const addOperatorBody = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)),
  role: operatorRole,
  password,
});

/** Body of `PATCH /api/operators/:id`; the last admin cannot be made an operator or removed. */
export const editOperatorBody = z.strictObject({ role: operatorRole });

/** Body of `PUT /api/operators/:id/password`, which ends the sessions of the account. */
export const resetPasswordBody = z.strictObject({ password });

/** Body of `PUT /api/session/password`, of either app: one's own, which ends one's other sessions. */
export const changePasswordBody = z.strictObject({ current: z.string().min(1).max(1_000), password });

export type OperatorRole = z.infer<typeof operatorRole>;
export type OperatorAccount = z.infer<typeof operatorAccount>;
export type AddOperatorBody = z.infer<typeof addOperatorBody>;
export type EditOperatorBody = z.infer<typeof editOperatorBody>;
export type ResetPasswordBody = z.infer<typeof resetPasswordBody>;
export type ChangePasswordBody = z.infer<typeof changePasswordBody>;
