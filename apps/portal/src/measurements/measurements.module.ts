import { Module } from '@nestjs/common';
import { FleetPushModule } from '../fleet-push/fleet-push.module.js';
import { ExportService } from './export.service.js';
import { MeasurementsApiController } from './measurements-api.controller.js';
import { MeasurementsController } from './measurements.controller.js';
import { MeasurementsService } from './measurements.service.js';
import { ReceiveService } from './receive.service.js';
import { SiteChartsController } from './site-charts.controller.js';
import { SiteEnergyService } from './site-energy.service.js';
import { SiteSeriesService } from './site-series.service.js';

@Module({
  imports: [FleetPushModule],
  controllers: [MeasurementsApiController, MeasurementsController, SiteChartsController],
  providers: [MeasurementsService, ReceiveService, ExportService, SiteEnergyService, SiteSeriesService],
})
export class MeasurementsModule {}
