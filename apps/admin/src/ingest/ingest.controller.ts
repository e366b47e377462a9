import type { Readable } from 'node:stream';
import { Body, Controller, Headers, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pushHeaders, type PushResult } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { Public } from '#libs/nest-kit';
import { readBatch } from './batch-body.js';
import type { SenderState } from './ingest.queries.js';
import { IngestService } from './ingest.service.js';
import { TokenGuard } from './token.guard.js';

type RequestHeaders = Record<string, string | undefined>;

/** Open to programs with a token, not to sessions. */
@Public()
@UseGuards(TokenGuard)
@Controller('api/ingest/batches')
export class IngestController {
  constructor(private readonly ingest: IngestService) {}

  @Post()
  @HttpCode(200)
  async take(
    @Req() request: FastifyRequest,
    @Headers() headers: RequestHeaders,
    @Body() body: Readable,
  ): Promise<PushResult> {
    const startedAt = performance.now();
    const { customerId } = request;
    if (customerId === undefined) throw new CodedError('INGEST_TOKEN_INVALID');
    const sender = senderState(headers);
    try {
      const idempotencyKey = readKey(headers);
      const batch = await readBatch(body, headers['content-encoding']);
      return await this.ingest.take({ customerId, idempotencyKey, body: batch, sender, startedAt });
    } catch (error) {
      if (error instanceof CodedError) await this.ingest.refuse({ customerId, sender, startedAt }, error);
      throw error;
    }
  }
}

function readKey(headers: RequestHeaders): string {
  const key = z.uuid().safeParse(headers[pushHeaders.idempotencyKey]);
  if (!key.success) throw new CodedError('INGEST_KEY_MISSING');
  return key.data;
}

/** What a sender says of itself is shown, not believed: a wrong value is left out. */
function senderState(headers: RequestHeaders): SenderState {
  const version = headers[pushHeaders.senderVersion]?.slice(0, 50) ?? null;
  const backlog = z.coerce
    .number()
    .int()
    .min(0)
    .max(2_000_000_000)
    .safeParse(headers[pushHeaders.backlogBatches]);
  const oldest = z.iso.datetime().safeParse(headers[pushHeaders.oldestUnsentAt]);
  return {
    version,
    backlogBatches: backlog.success ? backlog.data : null,
    oldestUnsentAt: oldest.success ? new Date(oldest.data) : null,
  };
}
