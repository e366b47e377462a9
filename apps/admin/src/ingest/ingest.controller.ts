import { Body, Controller, Headers, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pushHeaders, type PushResult } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { Public } from '#libs/nest-kit';
import { readBatch } from './batch-body.js';
import { IngestService } from './ingest.service.js';
import { senderState, type RequestHeaders } from './sender-state.js';
import { TokenGuard } from './token.guard.js';

/** Open to programs with a token, not to sessions. */
@Public()
@UseGuards(TokenGuard)
@Controller('api/ingest')
export class IngestController {
  constructor(private readonly ingest: IngestService) {}

  /** Sent by a portal that has nothing to push, so that no data is not taken for no contact. */
  @Post('contact')
  @HttpCode(204)
  async contact(@Req() { customerId }: FastifyRequest, @Headers() headers: RequestHeaders): Promise<void> {
    if (customerId === undefined) throw new CodedError('INGEST_TOKEN_INVALID');
    await this.ingest.noteContact(customerId, senderState(headers));
  }

  @Post('batches')
  @HttpCode(200)
  async take(
    @Req() request: FastifyRequest,
    @Headers() headers: RequestHeaders,
    @Body() body: unknown,
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
