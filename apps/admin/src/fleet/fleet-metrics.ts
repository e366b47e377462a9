import { Inject, Injectable, Logger } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { pushHealth } from '#libs/contracts';
import { METRICS_REGISTRY } from '#libs/nest-kit';
import {
  HEALTH_THRESHOLDS,
  lagSecondsSql,
  pushHealthSql,
  type HealthThresholds,
} from '../customers/push-health.js';
import { selectHealthAndLag } from './fleet.queries.js';

/** Health and lag of the customers, asked of the database once per scrape. */
@Injectable()
export class FleetMetrics {
  private readonly logger = new Logger('FleetMetrics');
  private readonly lag: Gauge;
  private readonly customers: Gauge;
  private refreshing: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(HEALTH_THRESHOLDS) private readonly thresholds: HealthThresholds,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    // Both are collected at the same time and share the one answer.
    const collect = () => this.refresh();
    const registers = [registry];
    this.lag = new Gauge({
      name: 'wattfleet_customer_lag_seconds',
      help: 'How far the newest measurement of the customer is behind now, seconds.',
      labelNames: ['customer'],
      registers,
      collect,
    });
    this.customers = new Gauge({
      name: 'wattfleet_customers',
      help: 'Customers by push health.',
      labelNames: ['health'],
      registers,
      collect,
    });
  }

  private refresh(): Promise<void> {
    this.refreshing ??= this.read().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  /** Without the database the scrape still answers: what it says of the process is wanted most just then. */
  private async read(): Promise<void> {
    this.lag.reset();
    this.customers.reset();
    try {
      const rows = await selectHealthAndLag(this.dataSource, pushHealthSql(this.thresholds), lagSecondsSql);
      for (const health of pushHealth.options) {
        this.customers.set({ health }, rows.filter((row) => row.health === health).length);
      }
      for (const { code, lagSeconds } of rows) {
        if (lagSeconds !== null) this.lag.set({ customer: code }, lagSeconds);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'Health and lag of the customers cannot be read');
    }
  }
}
