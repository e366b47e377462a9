import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sqlState } from '#libs/database';
import { CodedError, type ErrorCode } from '#libs/errors';
import type { Problem } from '#libs/contracts';

/** Turns every exception into RFC 9457 `application/problem+json` with a code and the request id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = toCodedError(exception);
    if (error.entry.status >= 500) {
      this.logger.error({ err: exception, requestId: request.id, code: error.code }, error.message);
    }
    // A stream that has begun cannot become a problem; closing it tells the client that it is cut off.
    if (reply.sent || reply.raw.headersSent) return;
    if (error.retryAfterSeconds !== undefined) void reply.header('retry-after', error.retryAfterSeconds);
    void reply
      .status(error.entry.status)
      .header('cache-control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(toProblem(error, request.id)));
  }
}

function toProblem(error: CodedError, requestId: string): Problem {
  return {
    type: `urn:wattfleet:error:${error.code}`,
    title: error.entry.title,
    status: error.entry.status,
    code: error.code,
    requestId,
    remedy: error.entry.remedy,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.problems.length === 0 ? {} : { errors: [...error.problems] }),
  };
}

const codeByStatus: Record<number, ErrorCode> = {
  400: 'BODY_INVALID',
  401: 'SIGN_IN_REQUIRED',
  403: 'ORIGIN_REFUSED',
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  // Only the check of readiness says so.
  503: 'DATABASE_UNAVAILABLE',
};

/** Nest and Fastify throw errors of their own for bad JSON, unknown routes and large bodies; their texts are safe. */
function toCodedError(exception: unknown): CodedError {
  if (exception instanceof CodedError) return exception;
  if (holdsNoText(exception)) {
    return new CodedError('BODY_INVALID', { detail: 'a text holds a NUL character', cause: exception });
  }
  const status = statusOf(exception);
  if (status === undefined || (status >= 500 && status !== 503))
    return new CodedError('INTERNAL', { cause: exception });
  const code = codeByStatus[status] ?? 'METHOD_REFUSED';
  if (status >= 500) return new CodedError(code, { cause: exception });
  return new CodedError(code, {
    detail: exception instanceof Error ? exception.message : '',
    cause: exception,
  });
}

/** PostgreSQL's text has no NUL, which JSON and addresses can carry. */
function holdsNoText(exception: unknown): boolean {
  return sqlState(exception) === '22021';
}

function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  if (exception instanceof Error && 'statusCode' in exception) return Number(exception.statusCode);
  return undefined;
}
