import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  deleteSourceFailure,
  selectSourceFailures,
  upsertSourceFailure,
  type SourceFailure,
} from './source-health.queries.js';

export type { SourceFailure } from './source-health.queries.js';

const longestMessage = 300;

/** Which sources of files fail as a whole. Alerts tell people of it, once, and once when it is over. */
@Injectable()
export class SourceHealth {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Call it after each look into a source.
   * @param source what people call it; the same each time
   * @param failure why it cannot be reached or read, for people and without a secret; null when it could
   */
  async note(source: string, failure: string | null): Promise<void> {
    if (failure === null) return deleteSourceFailure(this.dataSource, source);
    const message = failure.replaceAll(/\s+/g, ' ').trim().slice(0, longestMessage);
    return upsertSourceFailure(this.dataSource, source, message);
  }

  /** Those that have failed since `failingAt` or longer. */
  failing(manager: EntityManager, failingAt: Date): Promise<SourceFailure[]> {
    return selectSourceFailures(manager, failingAt);
  }
}
