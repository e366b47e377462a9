import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { CodedError } from '#libs/errors';

/**
 * Validates a body or a query at the edge: `@Body(parse(registerCustomerBody)) body: RegisterCustomerBody`.
 * @throws CodedError BODY_INVALID naming every wrong field
 */
export function parse<T>(schema: z.ZodType<T>): PipeTransform<unknown, T> {
  return {
    transform(value) {
      const result = schema.safeParse(value);
      if (result.success) return result.data;
      const problems = result.error.issues.map((issue) => ({
        path: issue.path.map(String).join('.') || 'body',
        message: issue.message,
      }));
      throw new CodedError('BODY_INVALID', { problems });
    },
  };
}
