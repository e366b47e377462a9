import { Controller, Get } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FleetTotals } from '#libs/contracts';

@Controller('api/fleet')
export class FleetController {
  constructor(private readonly dataSource: DataSource) {}

  /** Counted, not remembered: this is what the demo and the fault tests compare with the portal. */
  @Get('totals')
  async totals(): Promise<FleetTotals> {
    const [totals]: FleetTotals[] = await this.dataSource.query(
      `SELECT (SELECT count(*)::int FROM fleet.customer) AS customers,
         (SELECT count(*)::float8 FROM fleet.measurement) AS measurements,
         (SELECT count(*)::float8 FROM fleet.ingest_batch) AS batches`,
    );
    if (totals === undefined) throw new Error('a select without a table has one row');
    return totals;
  }
}
