import { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { brandingImageTypes, maxBrandingImageBytes } from '#libs/contracts';
import { CodedError } from '#libs/errors';

/** Hands bodies that are pictures to the controller unread: the guards come first, and strangers fill no memory. */
@Injectable()
export class PictureUploads implements OnModuleInit {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.adapterHost.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser([...brandingImageTypes], (_request, payload, done) => done(null, payload));
  }
}

/**
 * Reads an uploaded picture, up to the limit.
 * @throws CodedError BODY_TOO_LARGE; BRANDING_IMAGE_INVALID for a body that was not sent as a picture
 */
export async function readPicture(body: unknown): Promise<Buffer> {
  if (!(body instanceof Readable)) {
    const detail = `send it as the body, with the content type ${brandingImageTypes.join(', ')}`;
    throw new CodedError('BRANDING_IMAGE_INVALID', { detail });
  }
  const chunks: Buffer[] = [];
  let length = 0;
  // Destroyed, the request could not be answered.
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBrandingImageBytes) {
      throw new CodedError('BODY_TOO_LARGE', {
        detail: `a picture may have ${String(maxBrandingImageBytes / 1_000_000)} MB`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
