import { Inject, Injectable } from '@nestjs/common';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { PushResult } from '#libs/contracts';
import { METRICS_REGISTRY } from '#libs/nest-kit';
import type { Way } from './batch-writer.js';

/** What Prometheus is told of the ingest. */
@Injectable()
export class IngestMetrics {
  private readonly batches: Counter<'outcome' | 'code'>;
  private readonly rows: Counter<'outcome'>;
  private readonly written: Counter<'way'>;
  private readonly bytes: Counter;
  private readonly duration: Histogram<'outcome'>;

  constructor(@Inject(METRICS_REGISTRY) registry: Registry) {
    const registers = [registry];
    this.batches = new Counter({
      name: 'wattfleet_ingest_batches_total',
      help: 'Batches by outcome (accepted, replayed, refused) and error code, empty when there was none.',
      labelNames: ['outcome', 'code'],
      registers,
    });
    this.rows = new Counter({
      name: 'wattfleet_ingest_rows_total',
      help: 'Rows of accepted batches by outcome (accepted, duplicate, rejected).',
      labelNames: ['outcome'],
      registers,
    });
    this.written = new Counter({
      name: 'wattfleet_ingest_writes_total',
      help: 'Accepted batches by the way in which their rows were written (copy, upsert).',
      labelNames: ['way'],
      registers,
    });
    this.bytes = new Counter({
      name: 'wattfleet_ingest_body_bytes_total',
      help: 'Bytes of the bodies of batches, as they came in.',
      registers,
    });
    this.duration = new Histogram({
      name: 'wattfleet_ingest_batch_duration_seconds',
      help: 'Time from the arrival of a batch to its answer, by outcome.',
      labelNames: ['outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
  }

  /** @param code of the refusal, else empty */
  batchEnded(outcome: 'accepted' | 'replayed' | 'refused', code: string, seconds: number): void {
    this.batches.inc({ outcome, code });
    this.duration.observe({ outcome }, seconds);
  }

  bodyRead(bytes: number): void {
    this.bytes.inc(bytes);
  }

  rowsStored({ accepted, duplicates, rejected }: PushResult, way: Way): void {
    this.rows.inc({ outcome: 'accepted' }, accepted);
    this.rows.inc({ outcome: 'duplicate' }, duplicates);
    this.rows.inc({ outcome: 'rejected' }, rejected);
    this.written.inc({ way });
  }
}
