import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  importDatabaseTotals,
  importRunSummary,
  importRunsQuery,
  importStarted,
  type ImportDatabaseTotals,
  type ImportRunsQuery,
  type ImportRunSummary,
} from '#libs/contracts';
import { type Actor, CurrentActor, Describe, parse, Roles } from '#libs/nest-kit';
import { ImportsService } from './imports.service.js';

@Controller('api/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Describe({ summary: 'Import what is new in the folder now', answer: importStarted })
  @Roles('admin', 'editor')
  @Post('runs')
  @HttpCode(202)
  start(@CurrentActor() actor: Actor): Promise<{ runId: string }> {
    return this.imports.start(actor);
  }

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

  @Describe({ summary: 'What all imports come to', answer: importDatabaseTotals })
  @Get('totals')
  totals(): Promise<ImportDatabaseTotals> {
    return this.imports.totals();
  }
}
