import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  importRunsQuery,
  type ImportDatabaseTotals,
  type ImportRunsQuery,
  type ImportRunSummary,
} from '#libs/contracts';
import { type Actor, CurrentActor, parse, Roles } from '#libs/nest-kit';
import { ImportsService } from './imports.service.js';

@Controller('api/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Roles('admin', 'editor')
  @Post('runs')
  @HttpCode(202)
  start(@CurrentActor() actor: Actor): Promise<{ runId: string }> {
    return this.imports.start(actor);
  }

  @Get('runs')
  runs(
    @Query(parse(importRunsQuery)) query: ImportRunsQuery,
  ): Promise<{ runs: ImportRunSummary[]; total: number }> {
    return this.imports.runs(query);
  }

  @Get('totals')
  totals(): Promise<ImportDatabaseTotals> {
    return this.imports.totals();
  }
}
