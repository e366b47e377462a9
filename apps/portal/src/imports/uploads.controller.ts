import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  importStarted,
  importUpload,
  importUploadList,
  importUploadsBody,
  uploadChange,
  uploadContentType,
  uploadQuery,
  uploadSample,
  uploadSampleBody,
  type ImportUpload,
  type ImportUploadList,
  type ImportUploadsBody,
  type UploadChange,
  type UploadQuery,
  type UploadSample,
  type UploadSampleBody,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { UploadsService } from './uploads.service.js';

const uploadId = parse(z.uuid());

/** Files that were uploaded and not imported yet. */
@Controller('api/imports/uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @Describe({ summary: 'List uploads that wait to be imported', answer: importUploadList })
  @Get()
  list(): Promise<ImportUploadList> {
    return this.uploads.list();
  }

  /** The body is the file itself, streamed to disk. */
  @Describe({
    summary: 'Upload a file and see what would be imported',
    details:
      'The body is the file itself, as `application/octet-stream`. Nothing is imported before `POST /api/imports/uploads/import`.',
    answer: importUpload,
  })
  @Roles('admin', 'editor')
  @Post()
  async store(
    @Query(parse(uploadQuery)) query: UploadQuery,
    @Body() body: unknown,
    @Headers('content-length') length: string | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportUpload> {
    if (!(body instanceof Readable)) {
      throw new CodedError('BODY_INVALID', { detail: `the content type must be ${uploadContentType}` });
    }
    try {
      return await this.uploads.store(query, body, Number(length ?? 0), actor);
    } catch (error) {
      // The rest of what the sender still has to say is not listened to.
      if (!body.readableEnded) void reply.header('connection', 'close');
      throw error;
    }
  }

  @Describe({ summary: 'Import uploads that are ready', answer: importStarted })
  @Roles('admin', 'editor')
  @Post('import')
  @HttpCode(202)
  import(
    @Body(parse(importUploadsBody)) { ids }: ImportUploadsBody,
    @CurrentActor() actor: Actor,
  ): Promise<{ runId: string }> {
    return this.uploads.import(ids, actor);
  }

  @Describe({ summary: 'An upload with its preview', answer: importUpload })
  @Get(':id')
  find(@Param('id', uploadId) id: string): Promise<ImportUpload> {
    return this.uploads.find(id);
  }

  @Describe({ summary: 'Set site and column mapping of an upload', answer: importUpload })
  @Roles('admin', 'editor')
  @Patch(':id')
  change(
    @Param('id', uploadId) id: string,
    @Body(parse(uploadChange)) change: UploadChange,
  ): Promise<ImportUpload> {
    return this.uploads.change(id, change);
  }

  @Describe({ summary: 'Discard an upload' })
  @Roles('admin', 'editor')
  @Delete(':id')
  @HttpCode(204)
  cancel(@Param('id', uploadId) id: string): Promise<void> {
    return this.uploads.cancel(id);
  }

  @Describe({
    summary: 'First lines and columns of an upload, as a mapping would read them',
    answer: uploadSample,
  })
  @Roles('admin', 'editor')
  @Post(':id/sample')
  @HttpCode(200)
  sample(
    @Param('id', uploadId) id: string,
    @Body(parse(uploadSampleBody)) body: UploadSampleBody,
  ): Promise<UploadSample> {
    return this.uploads.sample(id, body);
  }
}
