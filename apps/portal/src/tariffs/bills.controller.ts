import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import {
  billComparisonQuery,
  billQuery,
  type Bill,
  type BillComparisonQuery,
  type BillQuery,
} from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { billPdf } from './bill-pdf.js';
import { billXlsx } from './bill-xlsx.js';
import { BillsService } from './bills.service.js';

const uid = parse(z.uuid());
const query = parse(billQuery);

@Controller('api/sites/:id')
export class BillsController {
  constructor(private readonly bills: BillsService) {}

  @Get('bill')
  bill(@Param('id', uid) id: string, @Query(query) question: BillQuery): Promise<Bill> {
    return this.bills.bill(id, question);
  }

  @Get('bill.pdf')
  async pdf(@Param('id', uid) id: string, @Query(query) question: BillQuery): Promise<StreamableFile> {
    const bill = await this.bills.bill(id, question);
    return download(bill, 'pdf', 'application/pdf', await billPdf(bill, question.language));
  }

  @Get('bill.xlsx')
  async xlsx(@Param('id', uid) id: string, @Query(query) question: BillQuery): Promise<StreamableFile> {
    const bill = await this.bills.bill(id, question);
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return download(bill, 'xlsx', type, await billXlsx(bill, question.language));
  }

  @Get('bill/compare')
  async compare(
    @Param('id', uid) id: string,
    @Query(parse(billComparisonQuery)) question: BillComparisonQuery,
  ): Promise<{ bills: Bill[] }> {
    return { bills: await this.bills.compare(id, question) };
  }
}

/** Of the name only what no header or file system reads otherwise. */
function download({ site, from }: Bill, ending: string, type: string, content: Uint8Array): StreamableFile {
  const name = `bill-${site.slug.replaceAll(/[^\w-]+/gu, '_')}-${from}.${ending}`;
  return new StreamableFile(content, { type, disposition: `attachment; filename="${name}"` });
}
