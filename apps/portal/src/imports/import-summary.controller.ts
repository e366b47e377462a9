import { Controller, Get, Query } from '@nestjs/common';
import {
  importSummary,
  importSummaryQuery,
  maxSummaryDays,
  type ImportSummary,
  type ImportSummaryQuery,
} from '#libs/contracts';
import { Describe, parse, Scopes } from '#libs/nest-kit';
import { ImportSummaryService } from './import-summary.service.js';

@Controller('api/imports/summary')
export class ImportSummaryController {
  constructor(private readonly summaries: ImportSummaryService) {}

  @Describe({
    summary: 'Sum up imports by day and by device',
    details:
      `Of files that were imported or refused in the range: the last 30 days unless it is given, at most ${maxSummaryDays}. ` +
      'Devices come with their newest file, how often they usually deliver and since when they are overdue; those that ' +
      'are watched are named without files, too.',
    answer: importSummary,
  })
  @Scopes('imports:read')
  @Get()
  summarise(@Query(parse(importSummaryQuery)) query: ImportSummaryQuery): Promise<ImportSummary> {
    return this.summaries.summarise(query, new Date());
  }
}
