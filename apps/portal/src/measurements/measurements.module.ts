import { Module } from '@nestjs/common';
import { FleetPushModule } from '../fleet-push/fleet-push.module.js';
import { ExportService } from './export.service.js';
import { MeasurementsApiController } from './measurements-api.controller.js';
import { MeasurementsController } from './measurements.controller.js';
import { MeasurementsService } from './measurements.service.js';
import { ReceiveService } from './receive.service.js';

@Module({
  imports: [FleetPushModule],
  controllers: [MeasurementsApiController, MeasurementsController],
  providers: [MeasurementsService, ReceiveService, ExportService],
})
export class MeasurementsModule {}
