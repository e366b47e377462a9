import { z } from 'zod';

/** RFC 9457 `application/problem+json`, as every error answer of both apps. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** Code of the catalogue in `libs/errors`. */
  code: z.string(),
  requestId: z.string().optional(),
  remedy: z.string().optional(),
  /** The fields that are wrong, for 400 and 422. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export type Problem = z.infer<typeof problem>;
