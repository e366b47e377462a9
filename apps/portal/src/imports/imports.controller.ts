import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  importDatabaseTotals,
  importRunSummary,
  importRunsQuery,
  type ImportDatabaseTotals,
  type ImportRunsQuery,
  type ImportRunSummary,
} from '#libs/contracts';
import { Describe, parse } from '#libs/nest-kit';
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

  @Describe({ summary: 'What all imports come to', answer: importDatabaseTotals })
  @Get('totals')
  totals(): Promise<ImportDatabaseTotals> {
    return this.imports.totals();
  }
}
