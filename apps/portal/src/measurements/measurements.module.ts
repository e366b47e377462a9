import { Inject, Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { API_TOKENS, type ApiTokens } from '#libs/nest-kit';
import { FleetPushModule } from '../fleet-push/fleet-push.module.js';
import { ExportService } from './export.service.js';
import { MeasurementsApiController } from './measurements-api.controller.js';
import { ReceiveService } from './receive.service.js';
import { SiteChartsController } from './site-charts.controller.js';
import { SiteEnergyService } from './site-energy.service.js';
import { SiteSeriesService } from './site-series.service.js';
import { acceptSentMeasurements } from './sent-body.js';

@Module({
  imports: [FleetPushModule],
  controllers: [MeasurementsApiController, SiteChartsController],
  providers: [ReceiveService, ExportService, SiteEnergyService, SiteSeriesService],
  exports: [SiteEnergyService],
})
export class MeasurementsModule implements NestModule {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(API_TOKENS) private readonly tokens: ApiTokens,
  ) {}

  /** Nest calls it before it makes the routes. */
  configure(): void {
    acceptSentMeasurements(this.host.httpAdapter.getInstance(), this.tokens);
  }
}
