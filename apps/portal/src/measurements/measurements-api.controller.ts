import { Body, Controller, Get, Headers, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import {
  measurementChannel,
  measurementRows,
  measurementsQuery,
  sentMeasurement,
  sentMeasurements,
  sentMeasurementsResult,
  type MeasurementChannel,
  type MeasurementsQuery,
  type SentMeasurements,
  type SentMeasurementsResult,
} from '#libs/contracts';
import { Describe, parse, Roles, Scopes } from '#libs/nest-kit';
import { csvStream, jsonStream } from './export-format.js';
import { ExportService } from './export.service.js';
import { ReceiveService } from './receive.service.js';

/** Measurements for other programs, and by the hand of people who are signed in. */
@Controller('api/measurements')
export class MeasurementsApiController {
  constructor(
    private readonly receiver: ReceiveService,
    private readonly exporter: ExportService,
  ) {}

  @Describe({
    summary: 'Send measurements',
    details:
      'Each row names its channel by the external id that it was given in the portal, or by its id. Rows are ' +
      'taken one by one: a bad row is named in `errors` and the others are stored. A value replaces the one ' +
      'that is stored for the same channel and time; the same request sent twice changes nothing. At most ' +
      '10,000 rows and 4 MiB; `Content-Encoding: gzip` is understood.',
    body: z.strictObject({ rows: z.array(sentMeasurement).max(10_000) }),
    answer: sentMeasurementsResult,
    example: { rows: [{ externalId: 'main-meter', time: '2026-01-31T12:00:00Z', value: 1234.5 }] },
  })
  @Roles('admin', 'editor')
  @Scopes('measurements:write')
  @Post()
  @HttpCode(200)
  send(@Body(parse(sentMeasurements)) { rows }: SentMeasurements): Promise<SentMeasurementsResult> {
    return this.receiver.receive(rows);
  }

  @Describe({
    summary: 'Read measurements',
    details:
      'Samples as they are stored (`bucket=raw`), or by quarter of an hour, hour, day or month of a time zone. ' +
      'The answer is written as it is read: one that ends early is cut off. Late samples are in `raw` at once, in ' +
      'buckets within the hour.',
    answer: measurementRows,
    alsoAnswers: ['text/csv'],
  })
  @Scopes('measurements:read')
  @Get()
  async read(
    @Query(parse(measurementsQuery)) query: MeasurementsQuery,
    @Headers('accept') accept: string | undefined,
  ): Promise<StreamableFile> {
    const found = await this.exporter.open(query);
    if ((query.format ?? preferred(accept)) === 'json') {
      return new StreamableFile(jsonStream(found), { type: 'application/json; charset=utf-8' });
    }
    return new StreamableFile(csvStream(found), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="measurements.csv"',
    });
  }

  @Describe({
    summary: 'List the channels that measurements are sent to and read from',
    answer: z.object({ channels: z.array(measurementChannel) }),
  })
  @Scopes('measurements:read', 'measurements:write')
  @Get('channels')
  async channels(): Promise<{ channels: MeasurementChannel[] }> {
    return { channels: await this.exporter.channels() };
  }
}

/** CSV for who names it and not JSON; JSON for everybody else. */
function preferred(accept = ''): 'json' | 'csv' {
  return accept.includes('text/csv') && !accept.includes('application/json') ? 'csv' : 'json';
}
