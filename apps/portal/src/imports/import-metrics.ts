import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ImportFileReport, ImportFileStatus, ImportTrigger } from '#libs/contracts';
import { METRICS_REGISTRY } from '#libs/nest-kit';
import { DeliveriesService, type DeliveryState } from '../deliveries/deliveries.service.js';

/** Devices with a series of their own; of more, the ones that have been silent longest. */
const mostDevices = 1_000;
/** Scrapes that come more often are told the same. */
const keptMs = 30_000;

/** What Prometheus is told of imports by this process, and of the devices that deliver. */
@Injectable()
export class ImportMetrics {
  private readonly runs: Counter<'trigger' | 'outcome'>;
  private readonly seconds: Histogram;
  private readonly files: Counter<'outcome'>;
  private readonly rows: Counter;
  private readonly rejectedRows: Counter;
  private readonly rejectedValues: Counter;
  private states: { at: number; found: Promise<DeliveryState[]> } | undefined;

  constructor(
    private readonly deliveries: DeliveriesService,
    @Inject(METRICS_REGISTRY) registry: Registry,
  ) {
    const registers = [registry];
    const counter = (name: string, help: string) =>
      new Counter({ name: `wattfleet_import_${name}_total`, help, registers });
    this.runs = new Counter({
      name: 'wattfleet_import_runs_total',
      help: 'Import runs by what began them and how they ended: finished, or failed as a whole',
      labelNames: ['trigger', 'outcome'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'wattfleet_import_run_seconds',
      help: 'Time that an import run took',
      buckets: [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600],
      registers,
    });
    this.files = new Counter({
      name: 'wattfleet_import_files_total',
      help: 'Meter files by outcome: imported, rejected, unchanged',
      labelNames: ['outcome'],
      registers,
    });
    this.rows = counter('rows', 'Rows of meter files that were read');
    this.rejectedRows = counter('rejected_rows', 'Rows of meter files that were rejected');
    this.rejectedValues = counter('rejected_values', 'Single values of meter files that were rejected');
    this.measureDevices(registry);
  }

  countFile({ status, rows, rejectedRows, rejectedValues }: ImportFileReport): void {
    this.files.inc({ outcome: status satisfies ImportFileStatus });
    this.rows.inc(rows);
    this.rejectedRows.inc(rejectedRows.truncated + rejectedRows.timestamp);
    this.rejectedValues.inc(rejectedValues);
  }

  countRun(trigger: ImportTrigger, outcome: 'finished' | 'failed', durationMs: number): void {
    this.runs.inc({ trigger, outcome });
    this.seconds.observe(durationMs / 1_000);
  }

  private measureDevices(registry: Registry): void {
    const registers = [registry];
    const devices = new Gauge({
      name: 'wattfleet_import_devices',
      help: 'Devices that deliver files, by state: on-time, overdue, or learning their habit',
      labelNames: ['state'],
      registers,
      collect: async () => {
        const counts = { 'on-time': 0, overdue: 0, learning: 0 };
        for (const state of await this.list()) counts[describeState(state)] += 1;
        for (const [state, count] of Object.entries(counts)) devices.set({ state }, count);
      },
    });
    const ages = new Gauge({
      name: 'wattfleet_import_newest_file_age_seconds',
      help: `Age of the newest file of a device; of more than ${mostDevices} devices, the oldest`,
      labelNames: ['site', 'device'],
      registers,
      collect: async () => {
        const silentFirst = (await this.list()).toSorted((a, b) => a.lastAt.getTime() - b.lastAt.getTime());
        // Devices that are gone are not told of any more.
        ages.reset();
        for (const { siteSlug: site, serial: device, lastAt } of silentFirst.slice(0, mostDevices)) {
          ages.set({ site, device }, (Date.now() - lastAt.getTime()) / 1_000);
        }
      },
    });
  }

  /** One query for the gauges of a scrape. */
  private list(): Promise<DeliveryState[]> {
    const now = Date.now();
    if (this.states === undefined || now - this.states.at > keptMs) {
      const found = this.deliveries.list(new Date(now));
      this.states = { at: now, found };
      found.catch(() => {
        this.states = undefined;
      });
    }
    return this.states.found;
  }
}

function describeState({ everySeconds, overdueSince }: DeliveryState): 'on-time' | 'overdue' | 'learning' {
  if (overdueSince !== null) return 'overdue';
  return everySeconds === null ? 'learning' : 'on-time';
}
