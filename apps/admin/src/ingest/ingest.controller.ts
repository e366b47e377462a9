import { Body, Controller, Get, Headers, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  digestQuery,
  pushHeaders,
  type DigestQuery,
  type IngestCatalogue,
  type IngestDigests,
  type PushResult,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { parse, Public } from '#libs/nest-kit';
import { ComparisonService } from './comparison.service.js';
import { IngestService, type Answer } from './ingest.service.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { senderState, streamClaim, type RequestHeaders } from './sender-state.js';
import { StreamBehindError } from './stream-behind.error.js';
import { TokenGuard } from './token.guard.js';

/** Open to programs with a token, not to sessions. */
@Public()
@UseGuards(TokenGuard)
@Controller('api/ingest')
export class IngestController {
  constructor(
    private readonly ingest: IngestService,
    private readonly comparison: ComparisonService,
  ) {}

  @Post('batches')
  @UseGuards(RateLimitGuard)
  @HttpCode(200)
  async take(
    @Req() request: FastifyRequest,
    @Headers() headers: RequestHeaders,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PushResult> {
    const startedAt = performance.now();
    const key = z.uuid().safeParse(headers[pushHeaders.idempotencyKey]);
    try {
      const answer = await this.ingest.take({
        customerId: customerOf(request),
        idempotencyKey: key.data,
        body,
        contentEncoding: headers['content-encoding'],
        sender: senderState(headers),
        stream: streamClaim(headers),
        startedAt,
      });
      describeAnswer(reply, answer);
      return answer.result;
    } catch (error) {
      if (error instanceof StreamBehindError) describeAnswer(reply, error);
      throw error;
    }
  }

  /** Sent by a portal that has nothing to push, so that no data is not taken for no contact. */
  @Post('contact')
  @HttpCode(204)
  async contact(
    @Req() request: FastifyRequest,
    @Headers() headers: RequestHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const position = await this.ingest.noteContact(
      customerOf(request),
      senderState(headers),
      streamClaim(headers),
    );
    describeAnswer(reply, { position });
  }

  /** What Admin holds of the customer's sites, devices and channels. */
  @Get('catalogue')
  catalogue(@Req() request: FastifyRequest): Promise<IngestCatalogue> {
    return this.comparison.catalogue(customerOf(request));
  }

  /** What Admin holds of the customer's measurements, by channel and day. */
  @Get('digests')
  digests(
    @Req() request: FastifyRequest,
    @Query(parse(digestQuery)) query: DigestQuery,
  ): Promise<IngestDigests> {
    return this.comparison.digests(customerOf(request), query);
  }
}

function customerOf({ customerId }: FastifyRequest): number {
  if (customerId === undefined) throw new CodedError('INGEST_TOKEN_INVALID');
  return customerId;
}

function describeAnswer(reply: FastifyReply, { position, isReplay = false }: Partial<Answer>): void {
  if (position !== undefined) void reply.header(pushHeaders.streamPosition, position);
  if (isReplay) void reply.header(pushHeaders.replayed, 'true');
}
