import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { recordRefusal, type Refusal } from './refusals.queries.js';

const windowMs = 10_000;

interface Window {
  timer: NodeJS.Timeout;
  /** What came after the first; undefined when nothing did. */
  pending: Refusal | undefined;
}

/**
 * Keeps a record of refused requests for the operator. The first is written at once; what follows it within ten
 * seconds, from the same customer and for the same reason, becomes one event, so that a portal that hammers costs
 * Admin next to nothing.
 */
@Injectable()
export class Refusals implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Ingest');
  private readonly windows = new Map<string, Window>();
  private isClosing = false;

  constructor(private readonly dataSource: DataSource) {}

  /** Never fails: what is told to the sender does not depend on whether it could be written down. */
  async record(refusal: Omit<Refusal, 'requests'>): Promise<void> {
    const key = `${refusal.customerId} ${refusal.error.code}`;
    const window = this.windows.get(key);
    if (window === undefined) {
      if (!this.isClosing) this.open(key);
      await this.write({ ...refusal, requests: 1 });
      return;
    }
    const { pending } = window;
    window.pending = {
      ...refusal,
      requests: (pending?.requests ?? 0) + 1,
      bytes: (pending?.bytes ?? 0) + refusal.bytes,
      durationMs: Math.max(pending?.durationMs ?? 0, refusal.durationMs),
    };
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    const windows = [...this.windows.values()];
    this.windows.clear();
    for (const { timer, pending } of windows) {
      clearTimeout(timer);
      if (pending !== undefined) await this.write(pending);
    }
  }

  private open(key: string): void {
    const timer = setTimeout(() => void this.close(key), windowMs);
    timer.unref();
    this.windows.set(key, { timer, pending: undefined });
  }

  private async close(key: string): Promise<void> {
    const pending = this.windows.get(key)?.pending;
    this.windows.delete(key);
    if (pending === undefined) return;
    // As long as it goes on, there is one event in ten seconds.
    this.open(key);
    await this.write(pending);
  }

  private async write(refusal: Refusal): Promise<void> {
    try {
      await recordRefusal(this.dataSource, refusal);
    } catch (error) {
      this.logger.error({ err: error, code: refusal.error.code }, 'A refusal could not be written down');
    }
  }
}
