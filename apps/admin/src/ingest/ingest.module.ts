import { Module, type DynamicModule } from '@nestjs/common';
import { BatchWriter } from './batch-writer.js';
import { ComparisonService } from './comparison.service.js';
import { INGEST_SETTINGS, type IngestSettings } from './ingest.config.js';
import { IngestController } from './ingest.controller.js';
import { IngestMetrics } from './ingest-metrics.js';
import { IngestService } from './ingest.service.js';
import { LedgerPruning } from './ledger-pruning.js';
import { Refusals } from './refusals.js';

@Module({})
export class IngestModule {
  static register(settings: IngestSettings): DynamicModule {
    return {
      module: IngestModule,
      controllers: [IngestController],
      providers: [
        { provide: INGEST_SETTINGS, useValue: settings },
        BatchWriter,
        ComparisonService,
        IngestMetrics,
        IngestService,
        LedgerPruning,
        Refusals,
      ],
    };
  }
}
