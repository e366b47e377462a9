import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { METRICS_REGISTRY } from '#libs/nest-kit';
import type { SendOutcome } from './outcome.js';
import { selectOutboxSize, type OutboxSize } from './status.queries.js';

/** How much waits, how old it is, and how the sends go. */
@Injectable()
export class PushMetrics {
  private readonly batches: Counter<'outcome'>;
  private readonly seconds: Histogram;
  /** One query for the gauges of one scrape. */
  private size: Promise<OutboxSize> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    const registers = [registry];
    this.batches = new Counter({
      name: 'wattfleet_push_batches_total',
      help: 'Sends of a batch to Admin, by what became of them',
      labelNames: ['outcome'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'wattfleet_push_seconds',
      help: 'Time from the send of a batch to the answer',
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    });
    this.gauge(registry, 'wattfleet_outbox_batches', 'Unsent outbox entries', (size) => size.batches);
    this.gauge(registry, 'wattfleet_outbox_rows', 'Unsent measurements', (size) => size.rows);
    this.gauge(
      registry,
      'wattfleet_outbox_oldest_age_seconds',
      'Age of the oldest unsent entry; 0 when there is none',
      (size) => size.oldestAgeSeconds,
    );
    this.gauge(
      registry,
      'wattfleet_outbox_quarantined_rows',
      'Measurements in quarantine',
      (size) => size.quarantinedRows,
    );
  }

  /** @param durationMs from the send to the answer */
  count(outcome: SendOutcome['kind'], durationMs: number): void {
    this.batches.inc({ outcome });
    this.seconds.observe(durationMs / 1_000);
  }

  private gauge(registry: Registry, name: string, help: string, read: (size: OutboxSize) => number): void {
    const measure = () => this.measure();
    const gauge = new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(read(await measure()));
      },
    });
    gauge.set(0);
  }

  private measure(): Promise<OutboxSize> {
    this.size ??= selectOutboxSize(this.dataSource).finally(() => {
      this.size = undefined;
    });
    return this.size;
  }
}
