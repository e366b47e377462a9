import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FleetOverview, FleetTotals } from '#libs/contracts';
import { CustomersService } from '../customers/customers.service.js';
import { selectBiggestChanges, selectComputedAt, selectEnergyDays } from './energy.queries.js';
import { fleetBucketSeconds, selectFleetIngest, selectRowsPerSecond, selectTotals } from './fleet.queries.js';

/** What the fleet page shows. */
@Injectable()
export class FleetService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: CustomersService,
  ) {}

  /** Counted, not remembered: this is what the demo and the fault tests compare with the portal. */
  totals(): Promise<FleetTotals> {
    return selectTotals(this.dataSource);
  }

  async overview(): Promise<FleetOverview> {
    const { dataSource } = this;
    const [byHealth, rowsPerSecond, ingest, computedAt, days, biggestChanges] = await Promise.all([
      this.customers.countByHealth(),
      selectRowsPerSecond(dataSource),
      selectFleetIngest(dataSource),
      selectComputedAt(dataSource),
      selectEnergyDays(dataSource),
      selectBiggestChanges(dataSource),
    ]);
    return {
      customers: Object.values(byHealth).reduce((sum, count) => sum + count, 0),
      byHealth,
      rowsPerSecond,
      ingest: {
        bucketSeconds: fleetBucketSeconds,
        times: ingest.map(({ time }) => time),
        rowsPerSecond: ingest.map(({ rows }) => rows / fleetBucketSeconds),
        rejectedPerSecond: ingest.map(({ rejected }) => rejected / fleetBucketSeconds),
      },
      energy: { computedAt, days, biggestChanges },
    };
  }
}
