import { Module } from '@nestjs/common';
import { MeasurementsController } from './measurements.controller.js';
import { MeasurementsService } from './measurements.service.js';
import { SiteChartsController } from './site-charts.controller.js';
import { SiteEnergyService } from './site-energy.service.js';
import { SiteSeriesService } from './site-series.service.js';

@Module({
  controllers: [MeasurementsController, SiteChartsController],
  providers: [MeasurementsService, SiteEnergyService, SiteSeriesService],
})
export class MeasurementsModule {}
