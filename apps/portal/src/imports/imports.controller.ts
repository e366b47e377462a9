import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { ImportDatabaseTotals, ImportFileDetail, ImportRunSummary } from '#libs/contracts';
import { parse, Roles } from '#libs/nest-kit';
import { ImportsService } from './imports.service.js';

const pageQuery = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(500).default(50),
});

@Controller('api/imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Roles('admin', 'editor')
  @Post('runs')
  @HttpCode(202)
  start(): Promise<{ runId: string }> {
    return this.imports.start('manual');
  }

  @Get('runs')
  async runs(): Promise<{ runs: ImportRunSummary[] }> {
    return { runs: await this.imports.runs() };
  }

  @Get('files')
  files(@Query(parse(pageQuery)) query: z.infer<typeof pageQuery>) {
    return this.imports.files(query.page, query.pageSize);
  }

  @Get('files/:id')
  file(@Param('id', parse(z.uuid())) id: string): Promise<ImportFileDetail> {
    return this.imports.file(id);
  }

  @Get('totals')
  totals(): Promise<ImportDatabaseTotals> {
    return this.imports.totals();
  }
}
