import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import {
  importFilesQuery,
  retryFileBody,
  type ImportChoices,
  type ImportFileDetail,
  type ImportFilesQuery,
  type ImportFileSummary,
  type RetryFileBody,
} from '#libs/contracts';
import { type Actor, CurrentActor, parse, Roles } from '#libs/nest-kit';
import { attachment } from './attachment.js';
import { ImportFilesService } from './import-files.service.js';

const fileId = parse(z.uuid());

/** What was imported or refused, file by file. */
@Controller('api/imports')
export class ImportFilesController {
  constructor(private readonly files: ImportFilesService) {}

  @Get('files')
  list(
    @Query(parse(importFilesQuery)) query: ImportFilesQuery,
  ): Promise<{ files: ImportFileSummary[]; total: number }> {
    return this.files.list(query);
  }

  @Get('choices')
  choices(): Promise<ImportChoices> {
    return this.files.choices();
  }

  @Get('files/:id')
  find(@Param('id', fileId) id: string): Promise<ImportFileDetail> {
    return this.files.find(id);
  }

  /** The bytes as they came; a browser stores them and never opens them here. */
  @Get('files/:id/original')
  @Header('cache-control', 'no-store')
  async original(@Param('id', fileId) id: string): Promise<StreamableFile> {
    const { stream, name, bytes } = await this.files.original(id);
    return new StreamableFile(stream, {
      type: 'application/octet-stream',
      disposition: attachment(name),
      length: bytes,
    });
  }

  @Get('files/:id/rejects.csv')
  @Header('cache-control', 'no-store')
  async rejects(@Param('id', fileId) id: string): Promise<StreamableFile> {
    const { stream, name } = await this.files.rejects(id);
    return new StreamableFile(stream, { type: 'text/csv; charset=utf-8', disposition: attachment(name) });
  }

  @Roles('admin', 'editor')
  @Post('files/:id/retry')
  @HttpCode(202)
  retry(
    @Param('id', fileId) id: string,
    @Body(parse(retryFileBody)) body: RetryFileBody,
    @CurrentActor() actor: Actor,
  ): Promise<{ runId: string }> {
    return this.files.retry(id, body, actor);
  }
}
