import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CustomerActivity, CustomerSite, IngestEventPage, IngestEventsQuery } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { selectActivity, selectEvents, selectSites } from './activity.queries.js';
import { findCustomerId } from './customers.queries.js';

const maxBuckets = 300;
const bucketChoices = [300, 3_600] as const;
const daySeconds = 86_400;

/** What a customer pushes: its ingest events, their sums over time, and the sites they come from. */
@Injectable()
export class ActivityService {
  constructor(private readonly dataSource: DataSource) {}

  async events(code: string, query: IngestEventsQuery): Promise<IngestEventPage> {
    const events = await selectEvents(this.dataSource, await this.customerId(code), query);
    const last = events.at(-1);
    const nextBefore = events.length === query.limit && last !== undefined ? last.receivedAt : null;
    return { events, nextBefore };
  }

  async overTime(code: string, hours: number): Promise<CustomerActivity> {
    const bucketSeconds = bucketFor(hours * 3_600);
    const rows = await selectActivity(this.dataSource, await this.customerId(code), hours, bucketSeconds);
    return {
      bucketSeconds,
      times: rows.map((row) => row.time),
      rowsAccepted: rows.map((row) => row.rowsAccepted),
      rowsRejected: rows.map((row) => row.rowsRejected),
      batches: rows.map((row) => row.batches),
      refusals: rows.map((row) => row.refusals),
      lagSeconds: rows.map((row) => row.lagSeconds),
    };
  }

  async sites(code: string): Promise<CustomerSite[]> {
    return selectSites(this.dataSource, await this.customerId(code));
  }

  private async customerId(code: string): Promise<number> {
    const id = await findCustomerId(this.dataSource, code);
    if (id === undefined) throw new CodedError('NOT_FOUND', { detail: `no customer ${code}` });
    return id;
  }
}

/** The finest bucket that gives at most 300 of them: 5 minutes, an hour or a day. */
export function bucketFor(rangeSeconds: number): number {
  return bucketChoices.find((seconds) => rangeSeconds / seconds <= maxBuckets) ?? daySeconds;
}
