import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { faviconSizes } from '#libs/contracts';
import { Describe, parse, Public } from '#libs/nest-kit';
import { BrandPicturesService, type ServedPicture } from './brand-pictures.service.js';

/** `v` is the version that the asker wants to keep; the newest is sent in any case. */
const version = z.string().max(100).optional();
const logoQuery = z.object({ v: version });
const faviconQuery = z.object({
  v: version,
  size: z.coerce.number().pipe(z.literal(faviconSizes)).default(32),
});

/** Logo and favicon, which the sign-in page shows to anyone. */
@Public()
@Controller('api/branding')
export class BrandPicturesController {
  constructor(private readonly pictures: BrandPicturesService) {}

  @Describe({ summary: 'The logo', alsoAnswers: ['image/png'] })
  @Get('logo')
  async logo(
    @Query(parse(logoQuery)) { v }: z.infer<typeof logoQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(await this.pictures.logo(), v, request, reply);
  }

  @Describe({ summary: 'The favicon', alsoAnswers: ['image/png'] })
  @Get('favicon')
  async favicon(
    @Query(parse(faviconQuery)) { v, size }: z.infer<typeof faviconQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(await this.pictures.favicon(size), v, request, reply);
  }
}

async function send(
  { type, bytes, version }: ServedPicture,
  asked: string | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const tag = `"${version}"`;
  void reply
    .header('etag', tag)
    .header('cache-control', asked === version ? 'public, max-age=31536000, immutable' : 'no-cache')
    // Opened on its own, a picture is nothing but a picture.
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff');
  const isKnown = (request.headers['if-none-match'] ?? '').split(/,\s*/).includes(tag);
  if (isKnown) await reply.status(304).send();
  else await reply.type(type).send(bytes);
}
