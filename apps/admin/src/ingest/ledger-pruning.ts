import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { INGEST_SETTINGS, type IngestSettings } from './ingest.config.js';
import { pruneEvents, pruneLedger } from './ledger-pruning.queries.js';

/** Forgets batches that nobody sends again, every hour. */
@Injectable()
export class LedgerPruning {
  private readonly logger = new Logger('Ingest');

  constructor(
    private readonly dataSource: DataSource,
    @Inject(INGEST_SETTINGS) private readonly settings: IngestSettings,
  ) {}

  @Cron(CronExpression.EVERY_HOUR)
  async run(): Promise<void> {
    try {
      await this.prune();
    } catch (error) {
      this.logger.error({ err: error }, 'Old batches could not be forgotten; the next hour tries again');
    }
  }

  /** @returns how many batches were forgotten */
  async prune(): Promise<number> {
    await pruneEvents(this.dataSource, this.settings.retention.events);
    return pruneLedger(this.dataSource);
  }
}
