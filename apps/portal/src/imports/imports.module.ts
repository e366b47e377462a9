import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { uploadContentType } from '#libs/contracts';
import { AuditModule } from '../audit/audit.module.js';
import { FileSources } from '../collection/file-sources.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { FleetPushModule } from '../fleet-push/fleet-push.module.js';
import { ImportFilesController } from './import-files.controller.js';
import { ImportFilesService } from './import-files.service.js';
import { ImportMetrics } from './import-metrics.js';
import { ImportSummaryController } from './import-summary.controller.js';
import { ImportSummaryService } from './import-summary.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { MappingsController } from './mappings.controller.js';
import { MappingsService } from './mappings.service.js';
import { OriginalRetention } from './original-retention.js';
import { SourceHealth } from './source-health.js';
import { UploadExpiry } from './upload-expiry.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsService } from './uploads.service.js';

@Module({
  imports: [AuditModule, DeliveriesModule, FleetPushModule],
  controllers: [
    ImportsController,
    ImportFilesController,
    UploadsController,
    MappingsController,
    ImportSummaryController,
  ],
  providers: [
    FileSources,
    ImportsService,
    ImportFilesService,
    UploadsService,
    MappingsService,
    UploadExpiry,
    OriginalRetention,
    SourceHealth,
    ImportSummaryService,
    ImportMetrics,
  ],
  exports: [FileSources, ImportsService, MappingsService, SourceHealth],
})
export class ImportsModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  /** Hands the body of an upload to its controller unread, whatever its size. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance();
    if (fastify.hasContentTypeParser(uploadContentType)) return;
    fastify.addContentTypeParser(uploadContentType, (_request, payload, done) => done(null, payload));
  }
}
