import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify';
import { maxSentBytes } from '#libs/contracts';
import { CodedError, hasCode } from '#libs/errors';
import { collectBody, type ApiTokens } from '#libs/nest-kit';

const inflate = promisify(gunzip);

/**
 * Lets the body of `POST /api/measurements` be larger than that of other requests, and gzipped. Who sends it is known
 * before a byte of it is read. Call it before the routes are made.
 */
export function acceptSentMeasurements(fastify: FastifyInstance, tokens: ApiTokens): void {
  fastify.addHook('onRoute', (route) => {
    if (route.url !== '/api/measurements' || ![route.method].flat().includes('POST')) return;
    route.bodyLimit = maxSentBytes;
    route.preParsing = async (request, _reply, payload) => {
      const token = await tokens.recognise(request);
      if (token === undefined && request.session.accountId === undefined) {
        throw new CodedError('SIGN_IN_REQUIRED');
      }
      return readableBody(request, payload);
    };
  });
}

async function readableBody(request: FastifyRequest, payload: RequestPayload): Promise<RequestPayload> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return payload;
  if (encoding !== 'gzip') {
    const detail = `the content encoding ${encoding} is not known: send gzip or none`;
    throw new CodedError('MEDIA_TYPE_UNSUPPORTED', { detail });
  }
  try {
    const raw = await collectBody(payload, maxSentBytes);
    if (raw === undefined) throw new CodedError('BODY_TOO_LARGE');
    // Memory is bounded, whatever a gzip bomb would inflate to.
    const text = await inflate(raw, { maxOutputLength: maxSentBytes });
    // Fastify compares the length with the Content-Length.
    return Object.assign(Readable.from([text]), { receivedEncodedLength: raw.length });
  } catch (cause) {
    if (cause instanceof CodedError) throw cause;
    if (hasCode(cause, 'ERR_BUFFER_TOO_LARGE')) {
      throw new CodedError('BODY_TOO_LARGE', { detail: `more than ${maxSentBytes} bytes when inflated` });
    }
    throw new CodedError('BODY_INVALID', { detail: 'the body is cut off or not gzip', cause });
  }
}
