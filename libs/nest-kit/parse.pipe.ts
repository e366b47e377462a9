import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { CodedError } from '#libs/errors';

/** Keeps its schema, so that the API reference can say what a route takes. */
export class ParsePipe<T> implements PipeTransform<unknown, T> {
  constructor(readonly schema: z.ZodType<T>) {}

  transform(value: unknown): T {
    const result = this.schema.safeParse(value);
    if (result.success) return result.data;
    const problems = result.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.') || 'body',
      message: issue.message,
    }));
    throw new CodedError('BODY_INVALID', { problems });
  }
}

/**
 * Validates a body or a query at the edge: `@Body(parse(registerCustomerBody)) body: RegisterCustomerBody`.
 * @throws CodedError BODY_INVALID naming every wrong field
 */
export function parse<T>(schema: z.ZodType<T>): PipeTransform<unknown, T> {
  return new ParsePipe(schema);
}
