import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import {
  importDatabaseTotals,
  importRunDetail,
  importRunReport,
  importRunSummary,
  importRunsQuery,
  type ImportDatabaseTotals,
  type ImportRunDetail,
  type ImportRunsQuery,
  type ImportRunSummary,
} from '#libs/contracts';
import { Describe, parse, Roles } from '#libs/nest-kit';
import { attachment } from './attachment.js';
import { ImportsService } from './imports.service.js';

@Controller('api/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Describe({
    summary: 'List import runs, newest first',
    answer: z.object({ runs: z.array(importRunSummary), total: z.number().int() }),
  })
  @Get('runs')
  runs(
    @Query(parse(importRunsQuery)) query: ImportRunsQuery,
  ): Promise<{ runs: ImportRunSummary[]; total: number }> {
    return this.imports.runs(query);
  }

  @Describe({ summary: 'A run with what it did not record', answer: importRunDetail })
  @Get('runs/:id')
  find(@Param('id', parse(z.uuid())) id: string): Promise<ImportRunDetail> {
    return this.imports.find(id);
  }

  @Describe({ summary: 'Download the report of a run with all its files', answer: importRunReport })
  @Get('runs/:id/report.json')
  @Header('cache-control', 'no-store')
  async report(@Param('id', parse(z.uuid())) id: string): Promise<StreamableFile> {
    return new StreamableFile(await this.imports.report(id), {
      type: 'application/json; charset=utf-8',
      disposition: attachment(`import-${id}.json`),
    });
  }

  /** Counts every measurement that there is: for a check now and then, so nobody else can have it asked by the minute. */
  @Describe({
    summary: 'What all imports come to, every measurement counted',
    details: 'It takes as long as there is data; a dashboard asks for the summary instead.',
    answer: importDatabaseTotals,
  })
  @Roles('admin')
  @Get('totals')
  totals(): Promise<ImportDatabaseTotals> {
    return this.imports.totals();
  }
}
