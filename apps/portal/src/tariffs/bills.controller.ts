import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import {
  bill,
  billComparisonQuery,
  billQuery,
  type Bill,
  type BillComparisonQuery,
  type BillQuery,
} from '#libs/contracts';
import { Describe, parse } from '#libs/nest-kit';
import { billPdf } from './bill-pdf.js';
import { billXlsx } from './bill-xlsx.js';
import { BillsService } from './bills.service.js';

const uid = parse(z.uuid());
const query = parse(billQuery);
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@Controller('api/sites/:id')
export class BillsController {
  constructor(private readonly bills: BillsService) {}

  @Describe({ summary: 'Bill of a site for a period, line by line', answer: bill })
  @Get('bill')
  bill(@Param('id', uid) id: string, @Query(query) question: BillQuery): Promise<Bill> {
    return this.bills.bill(id, question);
  }

  @Describe({ summary: 'Bill of a site as PDF', alsoAnswers: ['application/pdf'] })
  @Get('bill.pdf')
  async pdf(@Param('id', uid) id: string, @Query(query) question: BillQuery): Promise<StreamableFile> {
    const bill = await this.bills.bill(id, question);
    return download(bill, 'pdf', 'application/pdf', await billPdf(bill, question.language));
  }

  @Describe({ summary: 'Bill of a site as a workbook', alsoAnswers: [xlsxType] })
  @Get('bill.xlsx')
  async xlsx(@Param('id', uid) id: string, @Query(query) question: BillQuery): Promise<StreamableFile> {
    const bill = await this.bills.bill(id, question);
    return download(bill, 'xlsx', xlsxType, await billXlsx(bill, question.language));
  }

  @Describe({
    summary: 'Bills of a site for the same period by several tariffs',
    answer: z.object({ bills: z.array(bill) }),
  })
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
