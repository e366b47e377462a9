import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { computeEnergy, recordSweep, selectChangedCustomers, selectDueWindow } from './energy.queries.js';

/** Customers whose energy is computed in one statement. */
const customersPerStep = 50;

/**
 * Keeps `fleet.daily_energy` up to date. Which days a late batch touches is not recorded, as that would slow down
 * every push: so the last days are computed often, those of the fleet page hourly, all days daily; and only for
 * customers that have pushed since.
 */
const sweeps = [
  { windowDays: 3, everyMinutes: 5 },
  { windowDays: 40, everyMinutes: 60 },
  { windowDays: 0, everyMinutes: 1_440 },
] as const;

@Injectable()
export class EnergyService {
  private readonly logger = new Logger('Energy');
  private running = false;

  constructor(private readonly dataSource: DataSource) {}

  @Cron(CronExpression.EVERY_MINUTE)
  async runOnSchedule(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.runDue();
    } catch (error) {
      this.logger.error({ err: error }, 'The energy of the fleet cannot be computed');
    } finally {
      this.running = false;
    }
  }

  /**
   * Does the widest sweep that is due; it does the work of the narrower ones.
   * @returns of how many customers the energy was computed
   */
  async runDue(): Promise<number> {
    const due = await selectDueWindow(this.dataSource, sweeps);
    if (due === undefined) return 0;
    const customers = await selectChangedCustomers(this.dataSource, due.ranAt);
    for (let start = 0; start < customers.length; start += customersPerStep) {
      const step = customers.slice(start, start + customersPerStep);
      await computeEnergy(this.dataSource, step, due.windowDays);
    }
    const done = sweeps.slice(0, sweeps.findIndex(({ windowDays }) => windowDays === due.windowDays) + 1);
    await recordSweep(
      this.dataSource,
      done.map(({ windowDays }) => windowDays),
      due.startedAt,
    );
    return customers.length;
  }
}
