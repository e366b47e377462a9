import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import {
  importChoices,
  importFileDetail,
  importFileSummary,
  importFilesQuery,
  importStarted,
  retryFileBody,
  type ImportChoices,
  type ImportFileDetail,
  type ImportFilesQuery,
  type ImportFileSummary,
  type RetryFileBody,
} from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { attachment } from './attachment.js';
import { ImportFilesService } from './import-files.service.js';

const fileId = parse(z.uuid());

/** What was imported or refused, file by file. */
@Controller('api/imports')
export class ImportFilesController {
  constructor(private readonly files: ImportFilesService) {}

  @Describe({
    summary: 'List imported and refused files, newest first',
    answer: z.object({ files: z.array(importFileSummary), total: z.number().int() }),
  })
  @Get('files')
  list(
    @Query(parse(importFilesQuery)) query: ImportFilesQuery,
  ): Promise<{ files: ImportFileSummary[]; total: number }> {
    return this.files.list(query);
  }

  @Describe({ summary: 'Sites and devices that imported files name', answer: importChoices })
  @Get('choices')
  choices(): Promise<ImportChoices> {
    return this.files.choices();
  }

  @Describe({ summary: 'A file with its report', answer: importFileDetail })
  @Get('files/:id')
  find(@Param('id', fileId) id: string): Promise<ImportFileDetail> {
    return this.files.find(id);
  }

  /** The bytes as they came; a browser stores them and never opens them here. */
  @Describe({ summary: 'Download a file as it came', alsoAnswers: ['application/octet-stream'] })
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

  @Describe({ summary: 'Download the rejected rows of a file', alsoAnswers: ['text/csv'] })
  @Get('files/:id/rejects.csv')
  @Header('cache-control', 'no-store')
  async rejects(@Param('id', fileId) id: string): Promise<StreamableFile> {
    const { stream, name } = await this.files.rejects(id);
    return new StreamableFile(stream, { type: 'text/csv; charset=utf-8', disposition: attachment(name) });
  }

  @Describe({ summary: 'Import a refused file again', answer: importStarted })
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
