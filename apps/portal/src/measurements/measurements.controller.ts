import { Controller, Get, Query } from '@nestjs/common';
import type { MeasurementSeries } from '#libs/contracts';
import { parse } from '#libs/nest-kit';
import { seriesQuery } from './measurements.schema.js';
import { MeasurementsService, type SeriesQuestion } from './measurements.service.js';

@Controller('api/measurements')
export class MeasurementsController {
  constructor(private readonly measurements: MeasurementsService) {}

  /** For charts: as many points as a screen shows. */
  @Get('series')
  series(@Query(parse(seriesQuery)) question: SeriesQuestion): Promise<MeasurementSeries> {
    return this.measurements.series(question);
  }
}
