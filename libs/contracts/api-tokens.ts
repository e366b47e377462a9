import { z } from 'zod';
import { instant } from './queries.js';

/** What a program may do with a token. */
export const apiTokenScope = z.enum(['measurements:read', 'measurements:write', 'imports:read']);

/** One of `GET /api/api-tokens`, which answers `{ tokens: [...] }`, newest first. */
export const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(apiTokenScope),
  /** First characters, enough to recognise it and useless without the others. */
  prefix: z.string(),
  status: z.enum(['valid', 'expired', 'revoked']),
  createdAt: instant,
  /** E-mail of who made it; it stays when the account is removed. */
  createdBy: z.string(),
  /** To the minute. */
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

/** Body of `POST /api/api-tokens`. */
export const addApiTokenBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(apiTokenScope)
    .min(1)
    .max(apiTokenScope.options.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice'),
  /** Days until it ends; null for a token that is valid until it is revoked. */
  expiresInDays: z.number().int().min(1).max(3_650).nullable().default(null),
});

/** Answer of `POST /api/api-tokens`. */
export const addedApiToken = z.object({
  token: apiToken,
  /** The token itself, shown this once. */
  secret: z.string(),
});

export type ApiTokenScope = z.infer<typeof apiTokenScope>;
export type ApiToken = z.infer<typeof apiToken>;
export type AddApiTokenBody = z.infer<typeof addApiTokenBody>;
export type AddedApiToken = z.infer<typeof addedApiToken>;
